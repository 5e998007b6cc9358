"""What was answered of the notes of a lote, kept together."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

from converter.journal.rows import (
    Answers,
    Claim,
    claim,
    dump_answer,
    pack_answers,
    unpack_answers,
)
from converter.journal.store import Store, listed
from converter.model.outcome import NotaAnswer


class Contents(Store):
    """Answers by lote: alike as they are, together they take a tenth of what each would alone."""

    def _answers(self, lotes: Collection[int]) -> Mapping[int, Answers]:
        """The answers of these lotes, by their id; none for a lote nobody answered."""
        rows = self._all(
            "SELECT lote, data FROM answer WHERE lote IN (SELECT value FROM json_each(?))",
            listed(lotes),
        )
        return {row["lote"]: unpack_answers(row["data"]) for row in rows}

    def _claims(self, rows: Sequence[sqlite3.Row]) -> list[Claim]:
        """Rows of the view `claimed` as claims, each with its answer."""
        answers = self._answers({row["lote"] for row in rows})
        return [claim(row, answers.get(row["lote"], {}).get(row["ordem"])) for row in rows]

    def _keep_answers(self, lote: int, answers: Iterable[NotaAnswer]) -> None:
        """These answers, beside those of the lote's other notes."""
        row = self._one("SELECT data FROM answer WHERE lote = ?", lote)
        known = dict(unpack_answers(row["data"])) if row else {}
        known.update((answer.ordem, answer) for answer in answers)
        packed = pack_answers(dump_answer(known[ordem]) for ordem in sorted(known))
        self._connection.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", (lote, packed))
