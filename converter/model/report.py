"""All that is known of one source file at the end, ready to be written and told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from converter.model.cells import MappedSheet, RawBook
from converter.model.columns import ColumnUse
from converter.model.history import LINHA_ALTERADA
from converter.model.outcome import LoteOutcome, LoteState, Situacao
from converter.model.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class ResultRows:
    """One entry per source row that is not blank, as parallel columns, in source order.

    `prestador` is the CNPJ, `documento` the tomador's CPF or CNPJ; `valor` is in R$ and None
    where the cell could not be read; what is not known yet is None.
    """

    planilha: Sequence[str]
    row: Sequence[int]
    prestador: Sequence[str | None]
    tomador: Sequence[str | None]
    documento: Sequence[str | None]
    valor: Sequence[Decimal | None]
    situacao: Sequence[Situacao]
    ref: Sequence[str | None]
    ordem: Sequence[int | None]
    numero: Sequence[str | None]
    codigo_verificacao: Sequence[str | None]
    uri: Sequence[str | None]
    caminho_xml: Sequence[str | None]
    mensagens: Sequence[str]


@dataclass(frozen=True, slots=True)
class Balance:
    """Rows and R$ of one file. `lidas` counts every row below the header, blank ones too."""

    lidas: int
    em_branco: int
    enviadas: int
    retidas: int
    rejeitadas: int
    repetidas: int
    valor_lido: Decimal
    valor_enviado: Decimal
    valor_retido: Decimal
    valor_rejeitado: Decimal
    valor_repetido: Decimal

    def holds(self) -> bool:
        """True when every row and every R$ read has exactly one destination."""
        rows = self.enviadas + self.retidas + self.rejeitadas + self.repetidas + self.em_branco
        money = self.valor_enviado + self.valor_retido + self.valor_rejeitado + self.valor_repetido
        return rows == self.lidas and money == self.valor_lido


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file of `entrada/` at the end of a run.

    `saida` is the folder of its results as seen from the working folder, `book` is None where the
    file could not be read, `assumptions` are finished sentences, `to_fix` (sheet, Excel row) of
    rows that wait for the user to mend them or a neighbour. `problems_beyond` counts
    problems that were found and not kept; `updated_at` is the last moment the journal knows of, so
    that the same state always writes the same bytes.
    """

    arquivo: str
    ambiente: str
    saida: str
    versao: str
    sha256: str
    book: RawBook | None
    sheets: tuple[MappedSheet, ...]
    assumptions: tuple[str, ...]
    problems: tuple[Problem, ...]
    outcomes: tuple[LoteOutcome, ...]
    rows: ResultRows
    balance: Balance
    to_fix: frozenset[tuple[str, int]] = frozenset()
    problems_beyond: int = 0
    updated_at: datetime | None = None

    @property
    def asked(self) -> int:
        """How many questions wait for the person: one per column, one per question about rows."""
        return sum(len(each.asked_columns) + len(each.row_questions) for each in self.sheets)

    @property
    def waits(self) -> bool:
        """Whether a row, a lote or the whole file waits for the user."""
        unread = self.book is None or not self.sheets
        asked = self.asked > 0 or any(sheet.questions for sheet in self.sheets)
        waiting = {Situacao.REJEITADA, Situacao.RECUSADA}
        refused = not waiting.isdisjoint(self.rows.situacao)
        return unread or asked or refused or any(map(_of_the_whole, self.problems))

    @property
    def ready(self) -> int:
        """How many notes wait for nothing but sending."""
        unsent = (one for one in self.outcomes if one.state is LoteState.PREPARADO)
        return sum(len(outcome.lote.notas) for outcome in unsent)

    @property
    def ignored(self) -> int:
        """How many columns with data carry nothing of a note."""
        return sum(
            each.situacao is ColumnUse.IGNORADA for sheet in self.sheets for each in sheet.columns
        )


def _of_the_whole(problem: Problem) -> bool:
    """Whether an error speaks of no row, or of one that was sent as it was before."""
    whole = problem.row is None or problem.code == LINHA_ALTERADA
    return whole and problem.severity is Severity.ERRO


@dataclass(frozen=True, slots=True)
class Rendered:
    """All files of one source as bytes, by path relative to `saida/`.

    `fix` is the workbook to mend, None where nothing is; `fix_name` what it is called then or was
    called by an earlier run.
    """

    result_name: str
    result: bytes
    fix_name: str
    fix: bytes | None
    lotes: Mapping[str, bytes]
    notices: tuple[str, ...] = ()
