"""From raw cells to typed columns: each distinct value is parsed once, joint columns are split."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from converter.brazil import dates, fuso, municipio, servico
from converter.model.cells import MappedField, RawValue, is_blank
from converter.model.parsed import Parsed
from converter.schemas.catalogue import BY_PATH, Emit, Field, Requirement
from converter.schemas.columns import BLANK, Column, Distinct, distinct, pairs
from converter.schemas.field import Kind
from converter.schemas.findings import Finding
from converter.schemas.joint import JOINT_DOCUMENTS, NAMED_MUNICIPIOS
from converter.schemas.parsers import Parser, choice, identifier, kind_of, parser, without_value
from converter.schemas.sheet import Sheet

PRESTADOR_MUNICIPIO = "prestador.codigo_municipio"

STATE_BESIDE = {
    "tomador.endereco.codigo_municipio": "tomador.endereco.uf",
    "tomador.endereco.nome_municipio": "tomador.endereco.uf",
}
"""The column that tells apart cities of one name."""

FIRST = (PRESTADOR_MUNICIPIO, "tomador.endereco.uf")
"""Columns that say how others are read."""


def type_columns(sheet: Sheet) -> None:
    """Type every mapped column of the sheet and resolve the virtual ones."""
    fields = sheet.source.fields
    for path in (*FIRST, *(path for path in fields if path not in FIRST)):
        if path in fields:
            _type_column(sheet, path, fields[path])
    for joint, (cpf_path, cnpj_path) in JOINT_DOCUMENTS.items():
        if joint in fields:
            _split_documents(sheet, joint, cpf_path, cnpj_path)
    for name, code in NAMED_MUNICIPIOS.items():
        if name in fields:
            _fill_from_name(sheet, name, code)
    for field in BY_PATH.values():
        if field.required is Requirement.SEMPRE and field.default is not None:
            _fill_default(sheet, field)


def _type_column(sheet: Sheet, path: str, source: MappedField) -> None:
    known = BY_PATH.get(path)
    kind = kind_of(known, source)
    if kind is Kind.MUNICIPIO:
        _beside(sheet, kind, source, STATE_BESIDE.get(path), _city)
    elif kind is Kind.DATETIME and source.format != "data":
        _beside(sheet, kind, source, PRESTADOR_MUNICIPIO, _moment(sheet, source))
    elif kind is Kind.ITEM_SERVICO:
        _beside(sheet, kind, source, PRESTADOR_MUNICIPIO, _item(sheet))
    else:
        found = distinct(source.values)
        read = _parser(sheet, kind, source, found)
        answers = _answers(kind, found.values, read)
        sheet.keep(kind, source, found, answers)


def _answers(kind: Kind, values: Sequence[RawValue], read: Parser) -> list[Parsed[Any]]:
    nothing = without_value(kind, values)
    return [
        BLANK if is_blank(value) else nothing[value] if value in nothing else read(value)
        for value in values
    ]


def _parser(sheet: Sheet, kind: Kind, source: MappedField, found: Distinct) -> Parser:
    known = BY_PATH.get(source.path)
    if kind in (Kind.CNPJ, Kind.CPF_CNPJ):
        return identifier(kind, sheet.rules)
    if kind is Kind.CHOICE and known:
        return choice(*sheet.tables(known), numeric=known.emit is Emit.NUMERO)
    return parser(source.path, Kind.DATE if kind is Kind.DATETIME else kind, source, found.values)


def _beside(
    sheet: Sheet,
    kind: Kind,
    source: MappedField,
    beside: str | None,
    read: Callable[[RawValue, Any], Parsed[Any]],
) -> None:
    """Type a column whose cells mean something only together with another column's."""
    found = distinct(source.values)
    other = sheet.columns.get(beside or "")
    if other is None:
        contexts: list[Any] = [None]
        second = np.zeros(sheet.size, dtype=np.intp)
    else:
        known = list(dict.fromkeys(other.typed))
        contexts = known
        places = {value: place for place, value in enumerate(known)}
        second = np.array([places[value] for value in other.typed], dtype=np.intp)[other.codes]
    left, right, codes = pairs(found.codes, second)
    values = [found.values[place] for place in left]
    nothing = without_value(kind, found.values)
    answers = [
        BLANK
        if is_blank(value)
        else nothing[value]
        if value in nothing
        else read(value, contexts[place])
        for value, place in zip(values, right, strict=True)
    ]
    sheet.keep(kind, source, Distinct(values, codes), answers)


def _moment(sheet: Sheet, source: MappedField) -> Callable[[RawValue, Any], Parsed[Any]]:
    order = source.format or dates.convention(source.values)
    return lambda value, codigo: dates.parse(value, order, fuso.of(codigo or ""))


def _city(value: RawValue, uf: str | None) -> Parsed[str]:
    """Read a city; one that exists in another state only is told by the rule that sees the CEP."""
    parsed = municipio.parse(value, uf)
    if parsed.problem != "municipio-uf":
        return parsed
    alone = municipio.parse(value)
    return parsed if alone.value is None else alone


def _item(sheet: Sheet) -> Callable[[RawValue, Any], Parsed[Any]]:
    def read(value: RawValue, codigo: str | None) -> Parsed[Any]:
        formato: Any = sheet.rules.municipio(codigo).formato_item_servico
        return servico.parse(value, formato)

    return read


def _split_documents(sheet: Sheet, joint: str, cpf_path: str, cnpj_path: str) -> None:
    column = sheet.columns[joint]
    documents: Sequence[Any] = column.typed
    is_cpf = column.test(lambda value: value is not None and value[0] == "cpf")
    for path, kind, filled in (
        (cpf_path, Kind.CPF, is_cpf),
        (cnpj_path, Kind.CNPJ, column.filled & ~is_cpf),
    ):
        typed = [value[1] if value and value[0] == kind.value else None for value in documents]
        derived = Column(path, kind, column.sources, typed, column.codes, filled)
        _merge(sheet, derived, sheet.told[joint] & filled)


def _fill_from_name(sheet: Sheet, name: str, code: str) -> None:
    named = sheet.columns[name]
    stated = sheet.columns.get(code)
    if stated is not None:
        differ = named.present & stated.present & (named.values != stated.values)
        sheet.report(
            Finding(
                "municipio-nome-difere-do-codigo",
                name,
                np.flatnonzero(differ),
                lambda row: {
                    "codigo": str(stated.values[row]),
                    "municipio": municipio.nome(str(stated.values[row])) or "",
                },
            )
        )
    derived = Column(code, Kind.MUNICIPIO, named.sources, named.typed, named.codes, named.filled)
    _merge(sheet, derived, sheet.told[name])


def _merge(sheet: Sheet, derived: Column, told: Any) -> None:
    """Put a derived column beside the one of the same path: what the user stated comes first."""
    path = derived.path
    stated = sheet.columns.get(path)
    if stated is None:
        sheet.columns[path], sheet.told[path] = derived, told
        return
    if derived.kind in (Kind.CPF, Kind.CNPJ):
        differ = stated.present & derived.present & (stated.values != derived.values)
        who = path.partition(".")[0]
        sheet.report(Finding("dois-documentos", path, np.flatnonzero(differ), {"quem": who}))
    values = np.where(stated.filled, stated.values, derived.values)
    sheet.columns[path] = Column(
        path,
        derived.kind,
        stated.sources + derived.sources,
        values.tolist(),
        np.arange(sheet.size, dtype=np.intp),
        stated.filled | derived.filled,
    )
    sheet.told[path] = np.where(stated.filled, sheet.told[path], told)


def _fill_default(sheet: Sheet, field: Field) -> None:
    """Write the API's own default where the sheet says nothing."""
    numeric = field.emit is Emit.NUMERO
    default = choice(field.values, numeric=numeric)(field.default).value
    column = sheet.columns.get(field.path)
    if column is None:
        codes = np.zeros(sheet.size, dtype=np.intp)
        filled = np.zeros(sheet.size, dtype=np.bool_)
        sheet.columns[field.path] = Column(field.path, field.kind, (), [default], codes, filled)
        sheet.told[field.path] = filled
        return
    codes = np.where(column.filled, column.codes, len(column.typed))
    sheet.columns[field.path] = Column(
        field.path, field.kind, column.sources, [*column.typed, default], codes, column.filled
    )
