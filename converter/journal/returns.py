"""Return files of the prefeitura and what they said of each note."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from converter.crash import point
from converter.journal.lotes import EXCHANGES, Lotes, heard_in
from converter.journal.packing import keep
from converter.journal.rows import dump_messages, load_messages
from converter.model.outcome import LoteState, Message, NotaAnswer, Situacao
from converter.model.packed import pack
from converter.model.wire import Answer

_OF_NOTE = (
    "ambiente = ?1 AND lote = ?2 AND ordem = ?3"
    " AND identity = (SELECT identity FROM nota WHERE lote = ?2 AND ordem = ?3)"
)


class ReturnResult(StrEnum):
    """What became of a return file for one lote."""

    ESPERANDO = "esperando"
    LIDO = "lido"
    RECUSADO = "recusado"


@dataclass(frozen=True, slots=True)
class PendingReturn:
    """A return file the journal keeps. `heard` is an answer stored and not yet understood."""

    exchange: int
    result: ReturnResult
    heard: Answer | None = None
    messages: tuple[Message, ...] = ()


class Returns(Lotes):
    """Return files, kept byte for byte, and the answers read from them."""

    def begin_return(
        self,
        ambiente: str,
        ref: str,
        name: str,
        content: bytes,
        *,
        again: bool = False,
        understood: Callable[[Answer], bool] = lambda _: True,
    ) -> PendingReturn:
        """Keep a return file and the intent to post it.

        Bytes already read or refused for this lote come back with that result and are not to be
        posted; `again` asks for a refused one to be posted once more. An answer stored for them
        counts where it is `understood`.
        """
        digest = hashlib.sha256(content).hexdigest()
        point("retorno-antes")
        with self._transaction() as connection:
            lote = self._lote(ambiente, ref)
            old = self._one(
                "SELECT * FROM retorno WHERE lote = ? AND sha256 = ?", lote["id"], digest
            )
            found = None if old is None else self._known(old, understood, again=again)
            if found is not None:
                return found
            exchange = self._open(lote["id"], "answer")
            connection.execute(
                "INSERT INTO retorno (lote, exchange, name, sha256, content)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT (lote, sha256) DO UPDATE"
                " SET exchange = excluded.exchange, name = excluded.name, result = 'esperando'",
                (lote["id"], exchange, name, digest, keep(connection, pack(content))),
            )
            self._spoke = True
        point("retorno-depois")
        return PendingReturn(exchange, ReturnResult.ESPERANDO)

    def return_refs(self, ambiente: str, content: bytes) -> tuple[str, ...]:
        """The lotes these very bytes were kept for before."""
        rows = self._all(
            "SELECT ref FROM retorno CROSS JOIN lote ON lote.id = retorno.lote"
            " WHERE retorno.sha256 = ? AND ambiente = ? ORDER BY lote.id",
            hashlib.sha256(content).hexdigest(),
            ambiente,
        )
        return tuple(row["ref"] for row in rows)

    def returns_read(self, ambiente: str) -> frozenset[str]:
        """SHA-256 of the return files already read for every lote they were kept for."""
        rows = self._all(
            "SELECT sha256 FROM retorno JOIN lote ON lote.id = retorno.lote WHERE ambiente = ?"
            " GROUP BY sha256 HAVING min(result = 'lido')",
            ambiente,
        )
        return frozenset(row["sha256"] for row in rows)

    def return_ambientes(self, content: bytes) -> frozenset[str]:
        """The ambientes in which these very bytes were read for a lote."""
        rows = self._all(
            "SELECT DISTINCT ambiente FROM retorno CROSS JOIN lote ON lote.id = retorno.lote"
            " WHERE retorno.sha256 = ? AND result = 'lido'",
            hashlib.sha256(content).hexdigest(),
        )
        return frozenset(row["ambiente"] for row in rows)

    def _known(
        self, old: sqlite3.Row, understood: Callable[[Answer], bool], *, again: bool
    ) -> PendingReturn | None:
        result = ReturnResult(old["result"])
        if result is ReturnResult.ESPERANDO:
            (row,) = self._all(f"{EXCHANGES} WHERE exchange.id = ?", old["exchange"])
            heard = heard_in(row)
            whole = isinstance(heard, Answer) and heard.framed and heard.status in {200, 201}
            if isinstance(heard, Answer) and whole and understood(heard):
                return PendingReturn(old["exchange"], result, heard)
            return None
        if result is ReturnResult.RECUSADO and again:
            return None
        return PendingReturn(old["exchange"], result, None, load_messages(old["messages"]))

    def refuse_return(self, exchange: int, messages: Iterable[Message]) -> None:
        """This file says nothing usable about its lote; nothing else changes."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE retorno SET result = 'recusado', messages = ? WHERE exchange = ?",
                (dump_messages(messages), exchange),
            )

    def answered(
        self,
        ambiente: str,
        ref: str,
        exchange: int,
        answers: Sequence[NotaAnswer],
        *,
        clash: Message,
        cancelled: Message,
    ) -> None:
        """The prefeitura has spoken: one answer per note. Refused notes give their rows back.

        A note that is no longer refused (a second return file) takes its row back; where another
        lote has claimed that row meanwhile, `clash` is added to its messages. Where the lote
        cancels notes of another, they are cancelled there too, and `cancelled` says how.
        """
        with self._step("estado") as connection:
            lote = self._lote(ambiente, ref)
            cancels = self._one("SELECT cancelled FROM cancelamento WHERE lote = ?", lote["id"])
            kept = []
            for answer in answers:
                refused = answer.situacao is Situacao.RECUSADA
                move = self._give_back if refused else self._reclaim
                mine = cancels or move(ambiente, lote["id"], answer.ordem)
                kept.append(answer if mine else replace(answer, messages=(*answer.messages, clash)))
            self._keep_answers(lote["id"], kept)
            if cancels:
                self._cancel(lote["id"], cancels["cancelled"], kept, cancelled)
            waiting = all(answer.situacao is Situacao.ENVIADA for answer in answers)
            self._move(lote, LoteState(lote["state"]) if waiting else LoteState.RESPONDIDO)
            connection.execute("UPDATE lote SET messages = '[]' WHERE id = ?", (lote["id"],))
            connection.execute("UPDATE retorno SET result = 'lido' WHERE exchange = ?", (exchange,))

    def _cancel(
        self, lote: int, other: int, answers: Sequence[NotaAnswer], cancelled: Message
    ) -> None:
        """What the lote `lote` has cancelled is cancelled in the lote it was issued in."""
        gone = {answer.ordem for answer in answers if answer.situacao is Situacao.CANCELADA}
        rows = self._all(
            "SELECT nota.ordem AS here, issued.ordem AS there FROM nota"
            " JOIN nota AS issued ON issued.identity = nota.identity"
            " WHERE nota.lote = ? AND issued.lote = ?",
            lote,
            other,
        )
        known = self._answers([other]).get(other, {})
        places = [row["there"] for row in rows if row["here"] in gone and row["there"] in known]
        if places:
            kept = (
                replace(known[ordem], situacao=Situacao.CANCELADA, messages=(cancelled,))
                for ordem in places
            )
            self._keep_answers(other, kept)
            self._touch(other)

    def _give_back(self, ambiente: str, lote: int, ordem: int) -> bool:
        self._connection.execute(
            f"DELETE FROM claim WHERE {_OF_NOTE}",  # noqa: S608 - the constant above
            (ambiente, lote, ordem),
        )
        return True

    def _reclaim(self, ambiente: str, lote: int, ordem: int) -> bool:
        self._connection.execute(
            "INSERT OR IGNORE INTO claim (ambiente, identity, lote, ordem)"
            " SELECT ?, identity, lote, ordem FROM nota WHERE lote = ? AND ordem = ?",
            (ambiente, lote, ordem),
        )
        return bool(
            self._connection.execute(
                f"SELECT 1 FROM claim WHERE {_OF_NOTE}",  # noqa: S608 - the constant above
                (ambiente, lote, ordem),
            ).fetchone()
        )
