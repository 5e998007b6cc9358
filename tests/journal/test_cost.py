"""What a question to the journal costs: it must not grow with what other files ever sent."""

from collections.abc import Callable

import pytest

from converter.journal.journal import Journal
from tests.faults.samples import lote

PRODUCAO = "producao"
MINE = lote(0, arquivo="meu.xlsx")
QUESTIONS: dict[str, Callable[[Journal], object]] = {
    "claims": lambda journal: journal.claims_on(PRODUCAO, [nota.identity for nota in MINE.notas]),
    "claims_of_file": lambda journal: journal.claims_of_file(PRODUCAO, "meu.xlsx"),
    "refused": lambda journal: journal.refused(PRODUCAO, "meu.xlsx"),
    "lotes": lambda journal: journal.lotes(PRODUCAO, refs=[MINE.ref]),
    "outcome": lambda journal: journal.outcome(PRODUCAO, MINE.ref),
    "doubtful": lambda journal: journal.doubtful(PRODUCAO, MINE.ref),
    "last_create": lambda journal: journal.last_create(PRODUCAO, MINE.ref),
    "related_files": lambda journal: journal.related_files(PRODUCAO, ["meu.xlsx"]),
    "corrected_rows": lambda journal: journal.corrected_rows(PRODUCAO, ["meu.xlsx"]),
    "return_refs": lambda journal: journal.return_refs(PRODUCAO, b"nunca visto"),
}


def steps(journal: Journal, question: Callable[[Journal], object]) -> int:
    """Instructions of SQLite's machine."""
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += 1

    connection = journal._connection
    connection.set_progress_handler(count, 1)
    question(journal)
    connection.set_progress_handler(None, 0)
    return counted


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_a_file_asks_costs_the_same_in_a_journal_of_years(journal, name):
    question = QUESTIONS[name]
    journal.prepare(PRODUCAO, [MINE])
    alone = steps(journal, question)
    journal.prepare(PRODUCAO, [lote(number, arquivo=f"{number}.xlsx") for number in range(1, 300)])
    assert steps(journal, question) < 1.5 * alone
