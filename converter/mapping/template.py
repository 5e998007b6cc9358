"""Which fill-in workbooks there are, and which columns of the catalogue each has."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from converter.brazil import tables, uf
from converter.schemas.catalogue import FIELDS, GROUPS, Field, Kind, Requirement

VERSION = 2
"""Raised whenever a column enters or leaves a template; older ones are still read."""

_SIMPLE = (
    "data_emissao",
    "tomador.cpf_cnpj",
    "tomador.razao_social",
    "tomador.email",
    "tomador.endereco.logradouro",
    "tomador.endereco.numero",
    "tomador.endereco.complemento",
    "tomador.endereco.bairro",
    "tomador.endereco.nome_municipio",
    "tomador.endereco.uf",
    "tomador.endereco.cep",
    "servico.discriminacao",
    "servico.item_lista_servico",
    "servico.valor_servicos",
    "servico.aliquota",
    "servico.iss_retido",
)
_REFORM = GROUPS[-1]
_ONE_COLUMN_DOES = frozenset(
    {"tomador.cnpj", "tomador.cpf", "intermediario.cnpj", "intermediario.cpf"}
)
"""Left to `cpf_cnpj`: a template asks for a document in one column."""

_NOT_IN_THE_EXAMPLE = frozenset(
    {
        "prestador.cnpj", "prestador.inscricao_municipal", "prestador.codigo_municipio",
        "regime_especial_tributacao", "codigo_obra", "art", "numero_rps_substituido",
        "serie_rps_substituido", "tipo_rps_substituido", "tributacao_rps", "data_competencia",
        "consumidor_final", "tomador.nif", "tomador.motivo_ausencia_nif",
        "servico.codigo_tributario_municipio", "servico.valor_nao_incluso_base_calculo",
        "numero_processo", "codigo_municipio_incidencia", "regime_tributario_simples_nacional",
        "numero_nfse_substituida", "data_emissao_nfse_substituida", "descricao_substituicao",
        "justificativa_substituicao", "tomador.endereco.codigo_pais",
        "tomador.endereco.cidade_exterior", "tomador.endereco.estado_exterior",
        "tomador.endereco.codigo_postal_exterior", "servico.exportacao", "servico.codigo_pais_ext",
        "servico.codigo_postal_ext", "servico.estado_ext", "servico.vinculo_partes",
        "servico.responsavel_retencao", "servico.tipo_retencao_pis_cofins",
    }
)  # fmt: skip
_GROUPS_NOT_IN_THE_EXAMPLE = ("intermediario.", "evento.", "servico.endereco.")
"""What only some prestadores, cities or notes have: an example that filled them would mislead."""


_WORDING = 70
"""Characters of a service's wording in the drop-down list."""


@dataclass(frozen=True, slots=True)
class Template:
    """One workbook: its file name without `.xlsx`, what it is for, and its columns in order."""

    name: str
    purpose: str
    fields: tuple[Field, ...]


def _ordered(paths: frozenset[str]) -> tuple[Field, ...]:
    return tuple(field for field in FIELDS if field.path in paths)


def _needed(field: Field) -> bool:
    return field.group != _REFORM and field.path not in _ONE_COLUMN_DOES


TEMPLATES: tuple[Template, ...] = (
    Template(
        "modelo-simples",
        "O bastante para a maioria das notas. O prestador e o que é igual para todas as notas "
        "ficam no planilote.toml.",
        _ordered(frozenset(_SIMPLE)),
    ),
    Template(
        "modelo-completo",
        "Todas as colunas, com vários prestadores no mesmo arquivo, retenções, descontos, "
        "substituição de RPS e intermediário.",
        tuple(field for field in FIELDS if _needed(field)),
    ),
    Template(
        "modelo-ibs-cbs",
        "As colunas do modelo simples e as de IBS e CBS da reforma tributária.",
        _ordered(frozenset((*_SIMPLE, *(f.path for f in FIELDS if f.group == _REFORM)))),
    ),
)


def template(name: str) -> Template | None:
    """The template of that name, `modelo-` and `.xlsx` optional; None where there is none."""
    wanted = name.removesuffix(".xlsx").removeprefix("modelo-")
    return next((one for one in TEMPLATES if one.name == f"modelo-{wanted}"), None)


def choices(field: Field) -> tuple[str, ...]:
    """The drop-down list of a field, each entry one that the validators read; () without one."""
    if field.kind is Kind.BOOLEAN:
        return ("Sim", "Não")
    if field.kind is Kind.UF:
        return tuple(uf.NOMES)
    if field.kind is Kind.ITEM_SERVICO:
        return tuple(map(_service, tables.rows("servicos")))
    return tuple(f"{code} - {meaning}" for code, meaning in field.values.items())


def _service(record: tuple[str, ...]) -> str:
    """`01.07 - Suporte técnico`: up to the first number of the wording, which could be a code."""
    code, wording = record[:2]
    words = re.split(r"[0-9]", wording, maxsplit=1)[0]
    short = words if len(words) <= _WORDING else words[:_WORDING].rpartition(" ")[0]
    return f"{code[:2]}.{code[2:]} - {short.strip(' ,;.(-')}"


def example(field: Field) -> str | datetime | Decimal | None:
    """What the example row shows for a field, as the type its cell should have."""
    if field.path in _NOT_IN_THE_EXAMPLE or field.path.startswith(_GROUPS_NOT_IN_THE_EXAMPLE):
        return None
    text = field.example
    if field.kind is Kind.DATETIME:
        return datetime.strptime(text, "%d/%m/%Y %H:%M")
    if field.kind in (Kind.MONEY, Kind.RATE, Kind.DECIMAL):
        return Decimal(text.replace(".", "").replace(",", "."))
    if field.values:
        return next((one for one in choices(field) if one.startswith(f"{text} - ")), text)
    return text


def obligation(field: Field) -> str:
    """In words, when the column must be filled."""
    if field.required is Requirement.SEMPRE:
        return "obrigatória" if field.default is None else f"em branco vale {field.default}"
    return field.when if field.required is Requirement.CONDICIONAL else "opcional"
