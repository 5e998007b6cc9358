"""Return files of the prefeitura and what they said of each note."""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

from converter.crash import point
from converter.journal.lotes import Lotes
from converter.journal.rows import dump_answer, dump_messages
from converter.model.outcome import LoteState, Message, NotaAnswer, Situacao


class Returns(Lotes):
    """Return files, kept byte for byte, and the answers read from them."""

    def begin_return(self, ambiente: str, ref: str, name: str, content: bytes) -> int | None:
        """Keep a return file and the intent to post it; None when these bytes were read before."""
        digest = hashlib.sha256(content).hexdigest()
        point("retorno-antes")
        with self._transaction() as connection:
            lote = self._lote(connection, ambiente, ref)
            old = connection.execute(
                "SELECT id, read FROM retorno WHERE lote = ? AND sha256 = ?", (lote["id"], digest)
            ).fetchone()
            if old is not None and old["read"]:
                return None
            exchange = connection.execute(
                "INSERT INTO exchange (lote, kind, doubt, started_at) VALUES (?, 'answer', 0, ?)",
                (lote["id"], self._now()),
            ).lastrowid
            if old is None:
                connection.execute(
                    "INSERT INTO retorno (lote, exchange, name, sha256, content)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (lote["id"], exchange, name, digest, content),
                )
            else:
                connection.execute(
                    "UPDATE retorno SET exchange = ?, name = ? WHERE id = ?",
                    (exchange, name, old["id"]),
                )
        point("retorno-depois")
        return int(exchange or 0)

    def answered(
        self,
        ambiente: str,
        ref: str,
        exchange: int,
        answers: Sequence[NotaAnswer],
        messages: Iterable[Message] = (),
    ) -> tuple[str, ...]:
        """The prefeitura has spoken: one answer per note. Refused notes give their rows back.

        A note that is no longer refused (a second return file) takes its row back.

        Returns:
            Identities that another lote has meanwhile claimed: possibly two notes for one row.
        """
        clashes: list[str] = []
        point("estado-antes")
        with self._transaction() as connection:
            lote = self._lote(connection, ambiente, ref)
            for answer in answers:
                connection.execute(
                    "UPDATE nota SET answer = ? WHERE lote = ? AND ordem = ?",
                    (dump_answer(answer), lote["id"], answer.ordem),
                )
                if answer.situacao is Situacao.RECUSADA:
                    connection.execute(
                        "DELETE FROM claim WHERE lote = ? AND ordem = ?",
                        (lote["id"], answer.ordem),
                    )
                else:
                    clashes += self._reclaim(connection, ambiente, lote["id"], answer.ordem)
            waiting = all(answer.situacao is Situacao.ENVIADA for answer in answers)
            self._move(
                connection, lote, LoteState(lote["state"]) if waiting else LoteState.RESPONDIDO
            )
            connection.execute(
                "UPDATE lote SET messages = ? WHERE id = ?", (dump_messages(messages), lote["id"])
            )
            connection.execute("UPDATE retorno SET read = 1 WHERE exchange = ?", (exchange,))
            point("estado-meio")
        point("estado-depois")
        return tuple(clashes)

    @staticmethod
    def _reclaim(
        connection: sqlite3.Connection, ambiente: str, lote: int, ordem: int
    ) -> Sequence[str]:
        identity = connection.execute(
            "SELECT identity FROM nota WHERE lote = ? AND ordem = ?", (lote, ordem)
        ).fetchone()["identity"]
        connection.execute(
            "INSERT OR IGNORE INTO claim (ambiente, identity, lote, ordem) VALUES (?, ?, ?, ?)",
            (ambiente, identity, lote, ordem),
        )
        mine = connection.execute(
            "SELECT 1 FROM claim WHERE ambiente = ? AND identity = ? AND lote = ?",
            (ambiente, identity, lote),
        ).fetchone()
        return () if mine else (identity,)
