"""Lotes that cancel notes of another: made here, taken to the site by hand, answered like any."""

from collections.abc import Mapping

from converter.journal.claims import RowClaims
from converter.journal.packing import keep
from converter.model.notas import Lote, Prestador
from converter.model.outcome import LoteState, Situacao
from converter.model.packed import pack


class Cancellations(RowClaims):
    """A lote that cancels claims no row: its notes stay with the lote that issued them."""

    def begin_cancelling(self, ambiente: str, lote: Lote, cancelled: str, content: bytes) -> None:
        """Write a lote that cancels notes of the lote `cancelled`, with its file, all at once."""
        with self._transaction() as connection:
            other = self._lote(ambiente, cancelled)
            number = self._write_lote(ambiente, lote, None)
            now = self._now()
            cursor = connection.execute(
                "INSERT INTO exchange (lote, kind, doubt, started_at, ended_at, body)"
                " VALUES (?, 'cancel', 0, ?, ?, ?)",
                (number, now, now, keep(connection, pack(content))),
            )
            connection.execute(
                "UPDATE lote SET state = ?, content = ? WHERE id = ?",
                (LoteState.GERADO, cursor.lastrowid, number),
            )
            connection.execute("INSERT INTO cancelamento VALUES (?, ?)", (number, other["id"]))
            self._spoke = True

    def being_cancelled(self, ambiente: str, ref: str) -> Mapping[str, str]:
        """The lote that waits to cancel each note of this one, by the identity of its row."""
        rows = self._all(
            "SELECT nota.lote, nota.ordem, nota.identity, lote.ref FROM cancelamento"
            " JOIN lote AS other ON other.id = cancelamento.cancelled"
            " JOIN lote ON lote.id = cancelamento.lote JOIN nota ON nota.lote = lote.id"
            " WHERE other.ambiente = ? AND other.ref = ?",
            ambiente,
            ref,
        )
        answers = self._answers({row["lote"] for row in rows})
        return {
            row["identity"]: row["ref"]
            for row in rows
            for answer in (answers.get(row["lote"], {}).get(row["ordem"]),)
            if answer is None or answer.situacao is Situacao.ENVIADA
        }

    def cancellations_today(self, ambiente: str, prestador: Prestador) -> int:
        """How many lotes that cancel were made today for a prestador."""
        row = self._one(
            "SELECT COUNT(*) AS made FROM cancelamento JOIN lote ON lote.id = cancelamento.lote"
            " WHERE ambiente = ? AND cnpj = ? AND inscricao_municipal = ?"
            " AND substr(created_at, 1, 10) = substr(?, 1, 10)",
            ambiente,
            prestador.cnpj,
            prestador.inscricao_municipal,
            self._now(),
        )
        return 0 if row is None else int(row["made"])
