"""`Lote n`: an import file line by line, and its notes in a table where the layout is known."""

import hashlib
from array import array
from collections.abc import Callable, Sequence
from itertools import repeat

from converter.model.described import DescribedRecord
from converter.model.outcome import LoteOutcome
from converter.model.report import FileReport
from converter.sheets.conteudo import Texts, lines_of
from converter.sheets.frame import Nomes, document, top
from converter.sheets.lote_notas import outside_notes, table
from converter.texts import folhas
from converter.texts.sentences import sentence
from converter.workbook.new_sheet import NewColumn, NewSheet

Describer = Callable[[bytes], Sequence[DescribedRecord]]
"""The records of an import file with their fields; none where its layout is unknown."""
_TAB = "7B8794"

# More tabs than this and nobody finds anything: the rest share one sheet.
OWN_SHEETS = 40


def wanted_names(lotes: int) -> list[str]:
    """The name of the sheet of each lote; past `OWN_SHEETS` all share the last one."""
    if lotes <= OWN_SHEETS:
        return [f"Lote {number}" for number in range(1, lotes + 1)]
    own = [f"Lote {number}" for number in range(1, OWN_SHEETS + 1)]
    return own + [f"Lotes {OWN_SHEETS + 1} a {lotes}"] * (lotes - OWN_SHEETS)


def lote(
    outcome: LoteOutcome, number: int, report: FileReport, nomes: Nomes, describe: Describer
) -> NewSheet:
    """The sheet of one lote: its file (or its payload, before there is one) and its notes."""
    lines = lines_of(outcome)
    records = [record for record in describe(outcome.content or b"") if record.campos]
    told = (
        f"Lote {number} · {outcome.lote.ref}",
        f"{_whose(outcome)}  ·  {folhas.ESTADOS[outcome.state]}",
        _facts(outcome, report.saida),
        _explanation(outcome, records),
    )
    file_columns = (
        NewColumn("Linha", [line for line, _ in lines], "monosuave", 8),
        NewColumn("Conteúdo", [text for _, text in lines], "mono", 60 if records else 200),
    )
    name = nomes.lotes[number - 1]
    if not records:
        header = top(report.ambiente, *told, columns=len(file_columns))
        return NewSheet(name, header, file_columns, filtro=False, tab_color=_TAB)
    notes = table(records, outcome.lote.notas, nomes)
    outside = [*outside_notes(records)]
    header = top(report.ambiente, *told, *(said for said, _ in outside), columns=9)
    begin = len(file_columns) + 1
    first = len(header) - len(outside)
    return NewSheet(
        name,
        header,
        (*file_columns, NewColumn("", [], "mono", 3), *notes.columns),
        tab_color=_TAB,
        filtro_desde=begin,
        enderecos=False,
        notas={(first + row, 0): places for row, (_, places) in enumerate(outside)}
        | {(len(header), begin + at): note for at, note in enumerate(notes.notes) if note},
    )


def shared(outcomes: Sequence[LoteOutcome], first: int, ambiente: str, name: str) -> NewSheet:
    """One sheet for the lotes from number `first` on, one file after the other."""
    texts = Texts(outcomes)
    # Four bytes a number, where a list takes thirty-six.
    numbers, lines = array("i"), array("i", texts.numbers())
    refs: list[str] = []
    for number, (outcome, size) in enumerate(zip(outcomes, texts.sizes, strict=True), first):
        numbers.extend(repeat(number, size))
        refs += [outcome.lote.ref] * size
    header = top(
        ambiente,
        name,
        sentence("folhas.lotes-juntos", lotes=len(outcomes)),
        columns=4,
    )
    return NewSheet(
        name,
        header,
        (
            NewColumn("Lote", numbers, "inteiro", 8),
            NewColumn("Ref", refs, "codigo", 36),
            NewColumn("Linha", lines, "monosuave", 8),
            NewColumn("Conteúdo", texts, "mono", 160),
        ),
        tab_color=_TAB,
    )


def _whose(outcome: LoteOutcome) -> str:
    prestador, notas = outcome.lote.prestador, len(outcome.lote.notas)
    inscricao = prestador.inscricao_municipal
    cnpj = document(prestador.cnpj)
    return sentence("folhas.lote-de", cnpj=cnpj, inscricao=inscricao, notas=notas)


def _facts(outcome: LoteOutcome, saida: str) -> str:
    content = outcome.lote.payload if outcome.content is None else outcome.content
    key = "folhas.lote-pedido-bytes" if outcome.content is None else "folhas.lote-arquivo-bytes"
    digest = hashlib.sha256(content).hexdigest()
    return sentence(key, arquivo=outcome.import_file(saida), bytes=len(content), sha256=digest)


def _explanation(outcome: LoteOutcome, records: Sequence[DescribedRecord]) -> str:
    if outcome.content is None:
        return sentence("folhas.lote-pedido")
    return sentence("folhas.lote-ajuda") if records else sentence("folhas.lote-sem-leitura")
