"""All sheets of one result, with names that are free in the book they go into."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from converter.model.address import sheet_of_table
from converter.model.cells import RawBook
from converter.model.report import FileReport
from converter.sheets.colunas import colunas
from converter.sheets.erros import erros
from converter.sheets.frame import Nomes
from converter.sheets.lida import as_read
from converter.sheets.lote import OWN_SHEETS, Describer, lote, shared, wanted_names
from converter.sheets.perguntas import perguntas
from converter.sheets.resposta import resposta
from converter.sheets.resultado import resultado
from converter.sheets.resumo import resumo
from converter.texts import folhas
from converter.texts.sentences import sentence
from converter.workbook.naming import sheet_names
from converter.workbook.new_sheet import MAX_ROWS, NewColumn, NewSheet, place
from converter.workbook.styles import SIMULATED

FIXED = ("Resumo", "Resultado", "Erros", "Resposta", "Colunas", "Perguntas")


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What the sheets say that the report does not know.

    `describe` gives the fields of an import file, `avisos` are sentences about the book, `corrigir`
    is the name of the file to mend.
    """

    describe: Describer
    avisos: tuple[str, ...] = ()
    corrigir: str | None = None


CellAddress = Callable[[str, str], str | None]
"""Where a cell (sheet, address) of the user's stands in the result; None where it does not."""


def beside(taken: Sequence[str]) -> CellAddress:
    """The cells of the user's own sheets, whose names are `taken`."""
    own = {name.casefold(): name for name in taken}

    def cell(planilha: str, address: str) -> str | None:
        name = own.get(planilha.casefold()) or own.get(sheet_of_table(planilha).casefold())
        return place(name, address) if name else None

    return cell


def rows_as_read(book: RawBook | None) -> tuple[list[NewSheet], list[str], CellAddress]:
    """The rows as read, at their own addresses; the names of their sheets, and their cells."""
    starts = [
        (sheet, start)
        for sheet in (book.sheets if book else ())
        for start in range(0, max(len(sheet.rows), 1), MAX_ROWS)
    ]
    names = sheet_names([sheet.name for sheet, _ in starts], FIXED)
    read = [as_read(sheet, name, start) for (sheet, start), name in zip(starts, names, strict=True)]
    by_place = {
        (sheet.name, start // MAX_ROWS): name
        for (sheet, start), name in zip(starts, names, strict=True)
    }

    def cell(planilha: str, address: str) -> str | None:
        letters = address.rstrip("0123456789")
        past, row = divmod(int(address[len(letters) :]) - 1, MAX_ROWS)
        name = by_place.get((planilha, past))
        return place(name, f"{letters}{row + 1}") if name else None

    return read, names, cell


def new_sheets(
    report: FileReport, taken: Sequence[str], facts: BookFacts, cell: CellAddress
) -> list[NewSheet]:
    """The sheets that go behind those whose names are `taken`."""
    wanted = wanted_names(len(report.outcomes))
    distinct = list(dict.fromkeys(wanted))
    names = sheet_names([*FIXED, *distinct], taken)
    given = dict(zip([*FIXED, *distinct], names, strict=True))
    nomes = Nomes(
        resumo=given["Resumo"],
        resultado=given["Resultado"],
        erros=given["Erros"],
        resposta=given["Resposta"],
        lotes=[given[name] for name in wanted],
        celula=cell,
    )
    made = [
        resumo(report, nomes, facts.avisos, facts.corrigir),
        resultado(report, nomes),
        erros(report, nomes),
        *_lotes(report, nomes, facts.describe),
        resposta(report, nomes),
        *_asked(report, given["Colunas"], given["Perguntas"], facts, cell),
    ]
    if report.ambiente in folhas.BANNERS:
        # Told apart among the tabs too, before any of them is opened.
        made = [replace(one, tab_color=SIMULATED) for one in made]
    return list(_within_rows(made, [*taken, *names]))


def _asked(
    report: FileReport, colunas_name: str, perguntas_name: str, facts: BookFacts, cell: CellAddress
) -> Iterator[NewSheet]:
    """What was understood of each column, and what is asked of rows."""
    key = "folhas.colunas-onde" if facts.corrigir else "folhas.colunas-sem-onde"
    where = sentence(key, arquivo=facts.corrigir)
    asked = perguntas(
        report,
        perguntas_name,
        lambda planilha, row: (cell(planilha, f"A{row}"), row),
        sentence("folhas.perguntas-onde", arquivo=facts.corrigir),
    )
    yield from filter(None, (colunas(report, colunas_name, where), asked))


def _lotes(report: FileReport, nomes: Nomes, describe: Describer) -> Iterator[NewSheet]:
    outcomes = report.outcomes
    own = min(len(outcomes), OWN_SHEETS)
    for number, outcome in enumerate(outcomes[:own], 1):
        yield lote(outcome, number, report, nomes, describe)
    if outcomes[own:]:
        yield shared(outcomes[own:], own + 1, report.ambiente, nomes.lotes[own])


def _within_rows(folhas: Sequence[NewSheet], taken: list[str]) -> Iterator[NewSheet]:
    """Sheets no longer than Excel's; what does not fit goes on in `<nome> (2)`."""
    for folha in folhas:
        room = MAX_ROWS - folha.linha_do_titulo
        yield replace(folha, colunas=_slice(folha.colunas, 0, room))
        for start in range(room, folha.linhas, room):
            (name,) = sheet_names([folha.nome], taken)
            taken.append(name)
            yield replace(folha, nome=name, colunas=_slice(folha.colunas, start, start + room))


def _slice(columns: Sequence[NewColumn], start: int, stop: int) -> tuple[NewColumn, ...]:
    if not columns or (start == 0 and stop >= len(columns[0].valores)):
        return tuple(columns)
    return tuple(
        replace(
            column,
            valores=column.valores[start:stop],
            links=column.links[start:stop] if column.links is not None else None,
            estilos=column.estilos[start:stop] if column.estilos is not None else None,
        )
        for column in columns
    )
