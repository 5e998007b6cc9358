"""What is told in `Resumo` of a mapped sheet: rows left out, defaults, answers, merged cells."""

from collections.abc import Iterator, Mapping, Sequence

from converter.brazil import cnpj, dates
from converter.mapping.date_questions import DAYS
from converter.mapping.match import Fit
from converter.mapping.notes import Notes
from converter.mapping.questions import listed
from converter.mapping.resolve import CATALOGUE, CNPJ, Resolved
from converter.mapping.row_questions import RowDecisions
from converter.mapping.rows import Rows
from converter.mapping.spec import Constant
from converter.mapping.survey import SheetSurvey
from converter.mapping.values import text_of
from converter.model.cells import Assumption, MappedField, MappedSheet
from converter.model.problems import Problem, Severity
from converter.schemas.catalogue import BY_PATH, label_of


def assumptions(
    one: SheetSurvey,
    notes: Notes,
    words: RowDecisions,
    fields: Mapping[str, MappedField],
    resolved: Resolved,
) -> Iterator[Assumption]:
    """What was decided of one sheet without asking: its mapping, rows left out, defaults."""
    sheet = one.sheet.name
    if one.remembered:
        details = {"planilha": sheet, "mapeamento": one.fit.mapping.name}
        yield Assumption("mapeamento-lembrado", details)
    yield from _rows_left_out(sheet, one.fit.header.row + 1, notes.rows)
    yield from _defaults(sheet, fields, resolved)
    yield from _zones(sheet, one.fit, fields)
    yield from _joined(sheet, one.fit, fields)
    free = [path for path in fields if path not in BY_PATH]
    if free:
        yield Assumption("campos-livres", {"planilha": sheet, "campos": ", ".join(free)})
    yield from row_assumptions(sheet, words, notes.merged)


def _rows_left_out(sheet: str, first: int, rows: Rows) -> Iterator[Assumption]:
    """The rows that are no notes, by why; `first` is the Excel row of the first of all."""
    for code, positions in (
        ("linhas-de-total", rows.totals),
        ("linhas-de-cabecalho", rows.headers),
        ("linhas-de-rodape", rows.foot),
        ("linhas-de-titulo", rows.titles),
        ("linhas-de-instrucao", rows.instructions),
        ("linhas-fora-das-colunas", rows.beside),
    ):
        if positions:
            numbers = listed([first + i for i in positions])
            yield Assumption(code, {"planilha": sheet, "linhas": numbers})


def _defaults(
    sheet: str, fields: Mapping[str, MappedField], resolved: Resolved
) -> Iterator[Assumption]:
    """The values that no column brings, and where each comes from."""
    for path, value in resolved.values.items():
        origin = resolved.origins[path]
        if origin != CATALOGUE and path in fields and _is_in_use(fields[path], value):
            label = BY_PATH[path].label if path in BY_PATH else path
            shown = text_of(value) if isinstance(value, Constant) else "por prestador"
            details = {"planilha": sheet, "rotulo": label, "padrao": shown, "origem": origin}
            yield Assumption("valor-padrao", details)


def _is_in_use(field: MappedField, value: Constant | Sequence[Constant | None]) -> bool:
    """Whether a default stands in a field: no column has it, and the notes do not say otherwise."""
    known = not isinstance(value, Constant) or not field.values or value in field.values
    return field.column is None and known


def _zones(sheet: str, fit: Fit, fields: Mapping[str, MappedField]) -> Iterator[Assumption]:
    """The columns of days whose times name a zone, once each."""
    letters = dict.fromkeys(
        source.column.letter
        for path, source in fit.sources.items()
        if path in fields and path in BY_PATH and BY_PATH[path].kind in DAYS
        if dates.any_mark(fields[path].values)
    )
    for letter in letters:
        yield Assumption("hora-com-fuso", {"planilha": sheet, "coluna": letter})


def _joined(sheet: str, fit: Fit, fields: Mapping[str, MappedField]) -> Iterator[Assumption]:
    """The fields that were found to be said by several columns together."""
    for path, source in fit.sources.items():
        if source.spec.join and path in fields and path not in fit.mapping.own:
            columns = " e ".join(f"{c.column.letter} “{c.column.header}”" for c in source.cells)
            details = {"planilha": sheet, "rotulo": label_of(path), "colunas": columns}
            yield Assumption("colunas-juntas", details)


def row_assumptions(
    planilha: str, decisions: RowDecisions, merged: Sequence[str]
) -> Iterator[Assumption]:
    """Those about merged cells, and about rows of which the person said what becomes of them."""
    if merged:
        yield Assumption("celulas-mescladas", {"planilha": planilha, "celulas": listed(merged)})
    for code, rows in (
        ("linhas-que-nao-vao", decisions.dropped),
        ("cliente-da-linha-de-cima", decisions.as_above - decisions.dropped),
    ):
        if rows:
            yield Assumption(code, {"planilha": planilha, "linhas": listed(sorted(rows))})


def other_prestador(sheet: MappedSheet, resolved: Resolved) -> tuple[Problem, ...]:
    """A note of one prestador in the folder of another: the column holds, but it is said."""
    field = sheet.fields.get(CNPJ)
    if resolved.folder_cnpj is None or field is None or field.column is None:
        return ()
    parsed = {value: cnpj.parse(value).value for value in set(field.values)}
    others = {
        value for value, own in parsed.items() if own is not None and own != resolved.folder_cnpj
    }
    if not others:
        return ()
    row, value = next(
        (row, value) for row, value in zip(sheet.rows, field.values, strict=True) if value in others
    )
    pasta = cnpj.masked(resolved.folder_cnpj)
    at = (row, CNPJ, text_of(value))
    return (sheet.problem("prestador-fora-da-pasta", Severity.AVISO, *at, pasta=pasta),)
