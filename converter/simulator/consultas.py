"""`/v2/ceps` and `/v2/cnpjs`: a small table of invented people, whoever asks."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from flask import Blueprint, Response

from converter.brazil import cep as ceps
from converter.brazil import cnpj as cnpjs
from converter.simulator import errors

blueprint = Blueprint("consultas", __name__)

_TABLE = Path(__file__).with_name("consultas.json")


@blueprint.get("/v2/ceps/<codigo>")
def cep(codigo: str) -> Response:
    """The street of a CEP."""
    return _answer("ceps", ceps.parse(codigo).value, "CEP não encontrado")


@blueprint.get("/v2/cnpjs/<numero>")
def cnpj(numero: str) -> Response:
    """What is publicly known of a company."""
    return _answer("cnpjs", cnpjs.parse(numero).value, "CNPJ não encontrado")


def _answer(kind: str, key: str | None, missing: str) -> Response:
    found = _table()[kind].get(key or "")
    if found is None:
        raise errors.not_found(missing)
    return errors.json_response(found)


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, object]]]:
    loaded: Mapping[str, Mapping[str, Mapping[str, object]]] = json.loads(
        _TABLE.read_text(encoding="utf-8")
    )
    return loaded
