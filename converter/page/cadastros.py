"""*Cadastros*: who issues and the customers, as their workbooks say."""

import webbrowser
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from converter.brazil.headers import fold
from converter.disk import write_bytes
from converter.errors import MappingError, SettingsError
from converter.page.desk import desk
from converter.page.upload import keep
from converter.page.worker import Task
from converter.registers import books
from converter.registers.columns import NOME, OF_PRESTADOR, OF_TOMADOR, PRESTADORES, TOMADORES
from converter.runtime import register_files
from converter.runtime.register_files import Registers
from converter.schemas.catalogue import BY_PATH
from converter.texts import formato
from converter.texts.sentences import sentence

MOST = 200
"""Customers on the screen at once; the search finds the others."""
_EMPTY = {PRESTADORES: books.prestadores, TOMADORES: books.tomadores}

blueprint = Blueprint("cadastros", __name__)


class RegisterRows(NamedTuple):
    """Rows under their headings; `beyond` are those that the search left in but were not shown."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    beyond: int = 0


@blueprint.get("/cadastros")
def inicio() -> str:
    """Both registers; `q` keeps the customers whose cells hold what is searched."""
    folder = desk().settings.folders.cadastros
    wrong, found = "", Registers()
    try:
        found = register_files.load(folder)
    except MappingError as error:
        wrong = str(error)
    asked = request.args.get("q", "")
    return render_template(
        "cadastros.html",
        wrong=wrong,
        asked=asked,
        there={name: (folder / name).is_file() for name in _EMPTY},
        prestadores=_prestadores(found),
        tomadores=_tomadores(found, asked),
        names=(PRESTADORES, TOMADORES),
    )


@blueprint.get("/cadastros/<name>")
def baixar(name: str) -> Response:
    """A register as it is, or an empty one to fill in."""
    return send_file(_made(name).resolve(), "application/octet-stream", as_attachment=True)


@blueprint.post("/cadastros/<name>/abrir")
def abrir(name: str) -> Response:
    """Open a register in the spreadsheet program of this machine; an empty one is made first."""
    path = _made(name)
    if not webbrowser.open(path.resolve().as_uri()):
        raise SettingsError(sentence("pagina.sem-programa", caminho=path))
    return redirect(url_for("cadastros.inicio"), 303)


@blueprint.post("/cadastros/<name>")
def trocar(name: str) -> Response:
    """Take a register that was filled in; the one before it is kept in `diario/substituidos/`."""
    path, given = _path(name), request.files.get("cadastro")
    if given is None or not given.filename:
        raise SettingsError(sentence("pagina.sem-arquivo"))
    here = desk()
    keep(path.parent, PurePosixPath(name), given.stream, here.settings.folders.substituidos)
    here.worker.start(Task.CONFERIR)
    return redirect(url_for("cadastros.inicio"), 303)


def _path(name: str) -> Path:
    if name not in _EMPTY:
        abort(404)
    return desk().settings.folders.cadastros / name


def _made(name: str) -> Path:
    path = _path(name)
    return path if path.is_file() else write_bytes(path, _EMPTY[name]())


def _prestadores(found: Registers) -> RegisterRows:
    own = found.prestadores
    used = [path for path in OF_PRESTADOR[1:] if any(path in one.values for one in own)]
    rows = tuple(
        (
            one.folders[0] if one.folders else "",
            formato.cnpj(one.cnpj),
            *(_cell(one.values.get(path)) for path in used),
        )
        for one in own
    )
    return RegisterRows((NOME, "CNPJ", *map(_label, used)), rows)


def _tomadores(found: Registers, asked: str) -> RegisterRows:
    customers = found.tomadores.everyone
    used = [path for path in OF_TOMADOR if any(one.values.get(path) for one in customers)]
    rows = [tuple(_cell(one.values.get(path)) for path in used) for one in customers]
    words = fold(asked).split()
    kept = [row for row in rows if all(word in fold(" ".join(row)) for word in words)]
    return RegisterRows(tuple(map(_label, used)), tuple(kept[:MOST]), max(0, len(kept) - MOST))


def _label(path: str) -> str:
    return BY_PATH[path].label


def _cell(value: object) -> str:
    """A value as the register shows it."""
    if isinstance(value, bool):
        return "sim" if value else "não"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
