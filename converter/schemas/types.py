"""From raw cells to typed columns: each distinct value is parsed once, joint columns are split."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial

import numpy as np
import pandas as pd

from converter.brazil import dates, fuso, municipio, servico
from converter.model.cells import MappedField, RawValue, is_blank
from converter.model.parsed import Parsed
from converter.model.problems import Severity
from converter.schemas import abroad
from converter.schemas.catalogue import BY_PATH, Emit, Field, Requirement
from converter.schemas.columns import (
    Column,
    Mask,
    Objects,
    Rows,
    apart,
    column,
    distinct,
    pairs,
    per_row,
)
from converter.schemas.derived_columns import JOINT_DOCUMENTS, NAMED_MUNICIPIOS, OTHER_DOCUMENT
from converter.schemas.field import Kind
from converter.schemas.findings import Finding
from converter.schemas.parsers import (
    Parser,
    as_typed,
    choice,
    identifier,
    kind_of,
    parser,
    plainly,
    without_value,
)
from converter.schemas.rules import Rules
from converter.schemas.sheet import CITY, Sheet

ParsedCell = Parsed[Hashable]
Beside = Callable[[RawValue, str | None], ParsedCell]
"""Reads a cell together with what another column of its row says."""
ParsedCells = Mapping[int, ParsedCell]

BLANK: ParsedCell = Parsed(None)
"""The answer for a cell that shows nothing; no parser gives this very one."""

STATE_BESIDE = {
    "tomador.endereco.codigo_municipio": "tomador.endereco.uf",
    "tomador.endereco.nome_municipio": "tomador.endereco.uf",
}
"""The column that tells apart cities of one name."""

FIRST = (CITY, "tomador.endereco.uf")
"""Columns that say how others are read."""


def type_columns(sheet: Sheet) -> None:
    """Type every mapped column of the sheet and resolve the virtual ones."""
    fields = sheet.source.fields
    for path in (*FIRST, *(path for path in fields if path not in FIRST)):
        if path in fields:
            _type_column(sheet, path, fields[path])
    _resolve(sheet)
    for field in BY_PATH.values():
        if field.required is Requirement.SEMPRE and field.default is not None:
            _fill_default(sheet, field)


def _resolve(sheet: Sheet) -> None:
    """Fill the fields that other columns than their own say."""
    fields = sheet.source.fields
    for joint, (cpf_path, cnpj_path) in JOINT_DOCUMENTS.items():
        if joint in fields:
            _split_documents(sheet, joint, cpf_path, cnpj_path)
    for path, other in OTHER_DOCUMENT.items():
        if path in fields:
            _move_documents(sheet, path, other)
    for name, code in NAMED_MUNICIPIOS.items():
        if name in fields:
            _fill_from_name(sheet, name, code)
    for path, origin, derived, shown in abroad.moved(sheet):
        _merge(sheet, path, origin, derived, shown)


def _type_column(sheet: Sheet, path: str, source: MappedField) -> None:
    kind = kind_of(BY_PATH.get(path), source)
    values, codes = distinct(source.values)
    nothing = without_value(kind, source, values)
    beside, read = _reader(sheet, kind, source, values)
    typed, contexts = plainly(path, kind, values), [None] * len(values)
    if beside in sheet.columns:
        known, places = apart(sheet.columns[beside])
        left, right, codes = pairs(codes, places + 1)
        values = [values[place] for place in left]
        others = [None, *known]
        contexts = [others[place] for place in right]
        typed = [None] * len(values)
    answers = {
        place: BLANK
        if is_blank(value)
        else nothing[value]
        if value in nothing
        else read(value, context)
        for place, (value, context) in enumerate(zip(values, contexts, strict=True))
        if typed[place] is None or value in nothing
    }
    _keep(sheet, kind, source, (values, codes), answers, typed)


def _reader(
    sheet: Sheet, kind: Kind, source: MappedField, values: Sequence[RawValue]
) -> tuple[str | None, Beside]:
    """Give what reads the cells of a column, and the path beside which they mean something."""
    path = source.path
    if kind is Kind.MUNICIPIO:
        return STATE_BESIDE.get(path), partial(_city, path)
    if kind is Kind.DATETIME and source.format != "data":
        order = source.format or dates.convention(source.values)
        return CITY, lambda value, city: dates.parse(value, order, fuso.of(city or ""))
    if kind is Kind.ITEM_SERVICO:
        rules = sheet.rules.municipio
        return CITY, lambda value, city: servico.parse(value, rules(city).formato_item_servico)
    read = _parser(sheet, kind, source, values)
    if path in abroad.READ_BY_STATE:
        return abroad.STATE, abroad.reader(path, read)
    return None, lambda value, _: read(value)


def _parser(sheet: Sheet, kind: Kind, source: MappedField, values: Sequence[RawValue]) -> Parser:
    known = BY_PATH.get(source.path)
    if kind in (Kind.CPF, Kind.CNPJ, Kind.CPF_CNPJ):
        own = identifier(kind, sheet.rules)
        return _either(kind, own, sheet.rules) if source.path in OTHER_DOCUMENT else own
    if kind is Kind.CHOICE and known:
        return choice(*sheet.tables(known), numeric=known.emit is Emit.NUMERO)
    return parser(source.path, Kind.DATE if kind is Kind.DATETIME else kind, source, values)


def _keep(
    sheet: Sheet,
    kind: Kind,
    source: MappedField,
    cells: tuple[Sequence[RawValue], Rows],
    answers: ParsedCells,
    typed: list[Hashable],
) -> None:
    """Turn what the distinct values say into a column and its findings.

    `typed` are those that were plain, `answers` of the others, by their place.
    A refusal the policy makes less than an error keeps the text as typed; where no text can
    stand for the value (an amount, a date) it stays an error.
    """
    path, (values, codes) = source.path, cells
    shown = np.ones(len(values), dtype=np.bool_)
    told = np.zeros(len(values), dtype=np.bool_)
    places: dict[tuple[str, Severity], list[int]] = {}
    for place, answer in answers.items():
        value, typed[place] = values[place], answer.value
        code = answer.problem or answer.warning
        shown[place] = answer.value is not None or answer.problem not in (None, "celula-vazia")
        if code and code != "celula-vazia":
            severity = _severity(sheet, path, code)
            if answer.problem and severity is not Severity.ERRO:
                typed[place] = as_typed(kind, value)
                severity = Severity.ERRO if typed[place] is None else severity
            told[place] = answer.problem is not None
            if severity is not None:
                places.setdefault((code, severity), []).append(place)
    sheet.put(path, column(typed, codes), shown[codes], told[codes], (source,))
    for (code, severity), chosen in places.items():
        rows = np.flatnonzero(np.isin(codes, chosen))
        finding = Finding(code, path, rows, lambda row: dict(answers[codes[row]].details))
        sheet.findings.add(finding, (source,), severity)


def _severity(sheet: Sheet, path: str, code: str) -> Severity | None:
    """Outside production an invented CNPJ of the prestador travels: Focus' example has one."""
    lenient = path == "prestador.cnpj" and code == "cnpj-digito"
    if lenient and sheet.rules.ambiente != "producao" and code not in sheet.rules.severities:
        return Severity.AVISO
    return sheet.findings.severity(code)


def _city(path: str, value: RawValue, uf: str | None) -> Parsed[str]:
    """Read a city; one that exists in another state only is told by the rule that sees the CEP."""
    if (foreign := abroad.city(path, value, uf)) is not None:
        return foreign
    parsed = municipio.parse(value, uf)
    if parsed.problem != "municipio-uf":
        return parsed
    alone = municipio.parse(value)
    return parsed if alone.value is None else alone


def _split_documents(sheet: Sheet, joint: str, cpf_path: str, cnpj_path: str) -> None:
    documents, codes = apart(sheet.columns[joint])
    is_cpf = sheet.test(joint, lambda value: value[0] == "cpf")
    for path, kind, shown in (
        (cpf_path, Kind.CPF, is_cpf),
        (cnpj_path, Kind.CNPJ, sheet.shown[joint] & ~is_cpf),
    ):
        typed = [value[1] if value[0] == kind.value else None for value in documents]
        _merge(sheet, path, joint, column(typed, codes), shown)


def _either(kind: Kind, own: Parser, rules: Rules) -> Parser:
    """Read a document of one kind; a valid one of the other kind is told, and moved later."""
    either = identifier(Kind.CPF_CNPJ, rules)

    def read(value: RawValue) -> ParsedCell:
        parsed = own(value)
        if parsed.value is not None or parsed.problem == "celula-vazia":
            return parsed
        found = either(value).value
        if found is None or found[0] == kind.value:
            return parsed
        return Parsed(None, None, "documento-outro-tipo", (("tipo", found[0].upper()),))

    return read


def _move_documents(sheet: Sheet, path: str, other: str) -> None:
    """Put the documents of the other kind that stand in a column into the field they are of."""
    source, kind = sheet.source.fields[path], BY_PATH[path].kind
    values, codes = distinct(source.values)
    filled = [value for value in values if value is not None and value != ""]
    if len(apart(sheet.columns[path])[0]) >= len(filled):
        return
    read, either = _parser(sheet, kind, source, values), identifier(Kind.CPF_CNPJ, sheet.rules)
    typed = [
        either(value).value if read(value).warning == "documento-outro-tipo" else None
        for value in values
    ]
    if any(typed):
        moved = column([found and found[1] for found in typed], codes)
        _merge(sheet, other, path, moved, apart(moved)[1] >= 0)


def _fill_from_name(sheet: Sheet, name: str, code: str) -> None:
    if code in sheet.columns:
        stated = sheet.values(code)
        sheet.report(
            Finding(
                "municipio-nome-difere-do-codigo",
                name,
                _differing(sheet.values(name), stated),
                lambda row: {
                    "codigo": str(stated[row]),
                    "municipio": municipio.nome(str(stated[row])) or "",
                },
            )
        )
    _merge(sheet, code, name, sheet.columns[name], sheet.shown[name])


def _merge(sheet: Sheet, path: str, origin: str, derived: Column, shown: Mask) -> None:
    """Put a derived column beside the one of the same path: what the user stated comes first."""
    told, sources = sheet.told[origin] & shown, sheet.sources(origin)
    if path in sheet.columns:
        first, values, second = sheet.shown[path], sheet.values(path), per_row(derived)
        if BY_PATH[path].kind in (Kind.CPF, Kind.CNPJ):
            who = path.partition(".")[0]
            both = _differing(values, second)
            sheet.report(Finding("dois-documentos", path, both, {"quem": who}))
        derived = column(np.where(first, values, second).tolist(), np.arange(sheet.size))
        told = np.where(first, sheet.told[path], told)
        shown, sources = first | shown, sheet.sources(path) + sources
    sheet.put(path, derived, shown, told, sources)


def _differing(one: Objects, other: Objects) -> Rows:
    """Give the rows where both say something, and not the same."""
    return np.flatnonzero(pd.notna(one) & pd.notna(other) & (one != other))


def _fill_default(sheet: Sheet, field: Field) -> None:
    """Write the API's own default where the sheet says nothing."""
    numeric = field.emit is Emit.NUMERO
    default = choice(field.values, numeric=numeric)(field.default).value
    path, shown = field.path, sheet.shown.get(field.path, np.zeros(sheet.size, dtype=np.bool_))
    distinct, codes = apart(sheet.columns[path]) if path in sheet.columns else ([], shown * 0)
    filled = column([*distinct, default], np.where(shown, codes, len(distinct)))
    sheet.put(path, filled, shown, sheet.told.get(path), sheet.sources(path))
