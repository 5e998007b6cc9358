"""Files that the folder holds for the person, handed to the browser as they are."""

from pathlib import Path

from flask import Blueprint, Response, abort, request, send_file

from converter.model.run import Standing
from converter.page.desk import desk

blueprint = Blueprint("download", __name__)


@blueprint.get("/baixar/resultado")
def resultado() -> Response:
    """The result workbook of a file."""
    done = desk().state.files.get(request.args.get("nome", ""))
    return _handed(done.resultado if done else None)


@blueprint.get("/baixar/corrigir")
def corrigir() -> Response:
    """The workbook to mend of a file, for who would rather mend in Excel."""
    done = desk().state.files.get(request.args.get("nome", ""))
    return _handed(done.corrigir if done else None)


@blueprint.get("/baixar/lote/<ref>")
def lote(ref: str) -> Response:
    """The import file of a lote, byte for byte."""
    here = desk()
    standing = here.state.standing or Standing("", ())
    files = {one.lote.ref: one.import_file(standing.saida) for one in standing.outcomes}
    path = files.get(ref)
    return _handed(here.settings.folders.pasta / path if path else None)


def _handed(path: Path | None) -> Response:
    if path is None or not path.is_file():
        abort(404)
    return send_file(path.resolve(), "application/octet-stream", as_attachment=True)
