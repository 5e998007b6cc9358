"""`/v2/municipios`: which municípios there are and which service codes they take.

What no public table tells (a city's own codes, what it demands) is null or an empty list here,
as the real API answers where it does not know.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TypeVar

from flask import Blueprint, Response, request

from converter import layouts
from converter.brazil import data_files, headers
from converter.brazil import uf as ufs
from converter.simulator import errors

blueprint = Blueprint("municipios", __name__)

PAGE = 100
_UNKNOWN = (
    "requer_certificado_nfse",
    "endereco_obrigatorio_nfse",
    "cpf_cnpj_obrigatorio_nfse",
    "codigo_cnae_obrigatorio_nfse",
    "item_lista_servico_obrigatorio_nfse",
    "codigo_tributario_municipio_obrigatorio_nfse",
    "data_previsao_reimplementacao_nfse",
    "ultima_emissao_nfse",
)
_STATUS = "ativo"

Row = TypeVar("Row")


@blueprint.get("/v2/municipios")
def municipios() -> Response:
    """Municípios by state and name, 100 at a time."""
    wanted = request.args
    found: Iterable[tuple[str, str, str]] = _municipios().values()
    if sigla := wanted.get("sigla_uf"):
        found = [row for row in found if row[2] == sigla.upper()]
    if exact := wanted.get("nome_municipio"):
        found = [row for row in found if headers.fold(row[1]) == headers.fold(exact)]
    if part := wanted.get("nome"):
        found = [row for row in found if headers.fold(part) in headers.fold(row[1])]
    if wanted.get("status_nfse", _STATUS) != _STATUS:
        found = []
    return _page(list(found), _municipio)


@blueprint.get("/v2/municipios/<codigo>")
def municipio(codigo: str) -> Response:
    """One município by its IBGE code."""
    return errors.json_response(_municipio(_known(codigo)))


@blueprint.get("/v2/municipios/<codigo>/itens_lista_servico")
def itens(codigo: str) -> Response:
    """The list of LC 116/2003, the same in every município."""
    _known(codigo)
    return _page(_chosen(_itens()), _service)


@blueprint.get("/v2/municipios/<codigo>/itens_lista_servico/<item>")
def item(codigo: str, item: str) -> Response:
    """One item of the list, written `1.07`, `01.07` or `0107`."""
    _known(codigo)
    for row in _itens():
        if row[0] == _dotted(item):
            return errors.json_response(_service(row))
    raise errors.not_found("Item da lista de serviço não encontrado")


@blueprint.get("/v2/municipios/<codigo>/codigos_tributarios_municipio")
def codigos(codigo: str) -> Response:
    """The city's own codes: none is public, so the list is empty."""
    _known(codigo)
    return _page(_chosen(()), _service)


@blueprint.get("/v2/municipios/<codigo>/codigos_tributarios_municipio/<codigo_tributario>")
def codigo_tributario(codigo: str, codigo_tributario: str) -> Response:
    """One of the city's own codes: none is known."""
    _known(codigo)
    raise errors.not_found("Código tributário do município não encontrado")


@cache
def _municipios() -> Mapping[str, tuple[str, str, str]]:
    return {codigo: (codigo, nome, uf) for codigo, nome, uf in data_files.rows("municipios")}


@cache
def _itens() -> Sequence[tuple[str, str]]:
    return tuple((_dotted(codigo), descricao) for codigo, descricao in data_files.rows("servicos"))


def _dotted(codigo: str) -> str:
    """`0107` as `1.07`, the way this API writes items."""
    digits = codigo.replace(".", "").zfill(4)
    return f"{digits[:-2].lstrip('0')}.{digits[-2:]}" if re.fullmatch("[0-9]+", digits) else codigo


def _known(codigo: str) -> tuple[str, str, str]:
    row = _municipios().get(codigo)
    if row is None:
        raise errors.not_found("Município não encontrado")
    return row


def _chosen(rows: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    codigo = request.args.get("codigo", "")
    descricao = headers.fold(request.args.get("descricao", ""))
    return [row for row in rows if codigo in row[0] and descricao in headers.fold(row[1])]


def _page(rows: Sequence[Row], shown: Callable[[Row], Mapping[str, object]]) -> Response:
    text = request.args.get("offset", "0")
    if not re.fullmatch("[0-9]{1,9}", text):
        raise errors.refusal(400, "requisicao_invalida", 'Parâmetro "offset" inválido')
    offset = int(text)
    page = [shown(row) for row in islice(rows, offset, offset + PAGE)]
    return errors.json_response(page, headers={"X-Total-Count": str(len(rows))})


def _municipio(row: tuple[str, str, str]) -> Mapping[str, object]:
    codigo, nome, uf = row
    return {
        "codigo_municipio": codigo,
        "nome_municipio": nome,
        "sigla_uf": uf,
        "nome_uf": ufs.nomes()[uf],
        "nfse_habilitada": True,
        "possui_ambiente_homologacao_nfse": False,
        "possui_cancelamento_nfse": False,
        "provedor_nfse": layouts.for_municipio(codigo).nome,
        "status_nfse": _STATUS,
        **dict.fromkeys(_UNKNOWN),
    }


def _service(row: tuple[str, str]) -> Mapping[str, object]:
    return {"codigo": row[0], "descricao": row[1], "tax_rate": None}
