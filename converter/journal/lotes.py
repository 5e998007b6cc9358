"""What happens to a lote, one durable step after another.

The order is the product's promise: rows and payload first, then the intent, then the socket,
then the bytes of the answer, then what they mean. Each arrow is a durable commit. An exchange
is in doubt from its intent until something proves that the API did not take the lote.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from converter.journal.packing import HEAD, keep
from converter.journal.rows import (
    Answers,
    Claim,
    claim,
    dump_answer,
    dump_messages,
    outcome,
    pack_answers,
    unpack_answers,
)
from converter.journal.store import Store, listed
from converter.model.outcome import LoteOutcome, LoteState, Message, NotaAnswer
from converter.model.packed import pack, unpack
from converter.model.wire import Answer, Fault, Heard

_S = LoteState
_MOVES: Mapping[LoteState, frozenset[LoteState]] = {
    _S.PREPARADO: frozenset({_S.ENVIANDO, _S.PREPARADO}),
    _S.ENVIANDO: frozenset({_S.PREPARADO, _S.GERADO, _S.RECUSADO, _S.DESCONHECIDO}),
    _S.DESCONHECIDO: frozenset(
        {_S.ENVIANDO, _S.GERADO, _S.RECUSADO, _S.DESCONHECIDO, _S.PREPARADO}
    ),
    _S.GERADO: frozenset({_S.GERADO, _S.RESPONDIDO}),
    _S.RECUSADO: frozenset({_S.PREPARADO, _S.RECUSADO}),
    _S.RESPONDIDO: frozenset({_S.RESPONDIDO}),
}


class Lotes(Store):
    """Lotes, their states, every request made for them, and what was answered of their notes."""

    def begin(self, ambiente: str, ref: str) -> int:
        """The intent to send, durable when this returns; the id of the exchange it opens."""
        if self.rehearsing:
            raise RuntimeError("an intent that will be forgotten is none")
        with self._step("enviando"):
            lote = self._lote(ambiente, ref)
            self._move(lote, _S.ENVIANDO)
            exchange = self._open(lote["id"], "create")
            self._spoke = True
        return exchange

    def record(
        self, ambiente: str, ref: str, heard: Heard, *, exchange: int, generated: bool = False
    ) -> None:
        """Store the bytes of an answer before anyone reads them.

        `generated` says in the same commit that they are the import file.
        """
        with self._step("guardar"):
            self._end(exchange, heard)
            if generated:
                self._generate(self._lote(ambiente, ref), exchange)

    def consulted(self, ambiente: str, ref: str, heard: Heard, *, generated: bool = False) -> int:
        """Store the answer of a consultation, which needs no intent; the id of its exchange."""
        with self._step("guardar"):
            lote = self._lote(ambiente, ref)
            exchange = self._open(lote["id"], "fetch")
            self._end(exchange, heard)
            if generated:
                self._generate(lote, exchange)
        return exchange

    def generate(self, ambiente: str, ref: str, exchange: int) -> None:
        """The body of a stored exchange is the import file."""
        with self._step("estado"):
            self._generate(self._lote(ambiente, ref), exchange)

    def settle(
        self,
        ambiente: str,
        ref: str,
        state: LoteState,
        messages: Iterable[Message] = (),
        *,
        proven: bool = False,
        circumstance: bool = False,
    ) -> None:
        """Move a lote to what its answer means.

        `proven` says that the API surely does not hold it: the doubt of its exchanges ends. A
        refused lote gives its rows back.

        Raises:
            RuntimeError: The move is not one the state machine has.
        """
        with self._step("estado") as connection:
            lote = self._lote(ambiente, ref)
            if proven:
                connection.execute("UPDATE exchange SET doubt = 0 WHERE lote = ?", (lote["id"],))
            self._move(lote, state)
            connection.execute(
                "UPDATE lote SET messages = ?, circumstance = ? WHERE id = ?",
                (dump_messages(messages), circumstance, lote["id"]),
            )
            if state is _S.RECUSADO:
                self._unclaim(ambiente, lote["id"])

    def explain(self, ambiente: str, ref: str, message: Message) -> None:
        """Say why a lote was not worked on; its state stays."""
        with self._transaction() as connection:
            lote = self._lote(ambiente, ref)
            connection.execute(
                "UPDATE lote SET messages = ? WHERE id = ?", (dump_messages((message,)), lote["id"])
            )
            self._touch(lote["id"])

    def doubtful(self, ambiente: str, ref: str, *, beside: int = 0) -> bool:
        """True when some request, other than the exchange `beside`, may have created the lote."""
        return bool(
            self._one(
                "SELECT 1 FROM exchange JOIN lote ON lote.id = exchange.lote"
                " WHERE ambiente = ? AND ref = ? AND doubt = 1 AND exchange.id <> ?",
                ambiente,
                ref,
                beside,
            )
        )

    def last_create(self, ambiente: str, ref: str) -> tuple[int, Heard | None]:
        """The exchange of the newest attempt to create the lote, 0 for none, and what was heard."""
        row = self._one(
            f"{EXCHANGES} JOIN lote ON lote.id = exchange.lote"
            " WHERE ambiente = ? AND ref = ? AND kind = 'create' ORDER BY exchange.id DESC LIMIT 1",
            ambiente,
            ref,
        )
        return (0, None) if row is None else (row["id"], heard_in(row))

    def outcome(self, ambiente: str, ref: str) -> LoteOutcome:
        """The lote as it stands.

        Raises:
            KeyError: This ambiente has no such ref.
        """
        row = self._one("SELECT id FROM lote WHERE ambiente = ? AND ref = ?", ambiente, ref)
        if row is None:
            raise KeyError(ref)
        return self._load([row["id"]], whole=True)[0]

    def lotes(
        self,
        ambiente: str,
        *,
        states: Collection[LoteState] | None = None,
        refs: Collection[str] | None = None,
        whole: bool = True,
    ) -> tuple[LoteOutcome, ...]:
        """Lotes in the order they were first prepared, with file, messages and answers.

        Without `whole` the payload is empty and the content None: years of lotes fit in memory.
        """
        # Only the conditions that are there: one that may be NULL keeps SQLite from its indexes.
        asked = {
            " AND state IN (SELECT value FROM json_each(?))": states,
            " AND ref IN (SELECT value FROM json_each(?))": refs,
        }
        given = {condition: wanted for condition, wanted in asked.items() if wanted is not None}
        rows = self._all(
            f"SELECT id FROM lote WHERE ambiente = ?{''.join(given)}",  # noqa: S608 - the above
            ambiente,
            *map(listed, given.values()),
        )
        return self._load([row["id"] for row in rows], whole=whole)

    def has_lotes(self) -> bool:
        """Whether any lote of any ambiente is known."""
        return self._one("SELECT 1 FROM lote LIMIT 1") is not None

    def known_refs(self, refs: Collection[str]) -> frozenset[str]:
        """Those of these refs that any ambiente has."""
        rows = self._all(
            "SELECT DISTINCT ref FROM lote WHERE ref IN (SELECT value FROM json_each(?))",
            listed(refs),
        )
        return frozenset(row["ref"] for row in rows)

    def has_sent(self, ambientes: Collection[str]) -> bool:
        """Whether any lote of these ambientes left this machine, or may have."""
        return bool(
            self._one(
                "SELECT 1 FROM lote WHERE state <> ?"
                " AND ambiente IN (SELECT value FROM json_each(?)) LIMIT 1",
                _S.PREPARADO,
                listed(ambientes),
            )
        )

    def import_files(
        self, ambiente: str, states: Collection[LoteState]
    ) -> Iterator[tuple[str, bytes]]:
        """Ref and import file of each lote in one of these states, one at a time."""
        return self._bytes_of(
            "SELECT ref, body FROM lote JOIN exchange ON exchange.id = content WHERE ambiente = ?"
            " AND state IN (SELECT value FROM json_each(?)) ORDER BY lote.id",
            ambiente,
            listed(states),
        )

    def payloads(self, ambiente: str, without: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Ref and payload of each lote whose ref is not among `without`, one at a time."""
        return self._bytes_of(
            "SELECT ref, payload FROM lote WHERE ambiente = ?"
            " AND ref NOT IN (SELECT value FROM json_each(?)) ORDER BY id",
            ambiente,
            listed(without),
        )

    def _bytes_of(self, sql: str, *values: object) -> Iterator[tuple[str, bytes]]:
        """Ref and bytes of each row of ref and content, read one at a time."""
        for ref, content in self._all(sql, *values):
            found = self._one("SELECT data FROM content WHERE id = ?", content)
            if found is not None:
                yield ref, unpack(found["data"])

    def _load(self, ids: Sequence[int], *, whole: bool) -> tuple[LoteOutcome, ...]:
        wanted = listed(ids)
        with self._guard:
            lotes = self._all(
                "SELECT lote.id, ref, arquivo, cnpj, inscricao_municipal, codigo_municipio, state,"
                " lote.messages, updated_at, (SELECT other.ref FROM cancelamento JOIN lote AS other"
                " ON other.id = cancelled WHERE cancelamento.lote = lote.id) AS cancels,"
                " iif(?1, sent.data, NULL) AS sent,"
                " iif(?1, got.data, substr(got.data, 1, ?3)) AS got"
                " FROM lote LEFT JOIN exchange ON exchange.id = lote.content"
                " LEFT JOIN content AS got ON got.id = exchange.body"
                " LEFT JOIN content AS sent ON ?1 AND sent.id = lote.payload"
                " WHERE lote.id IN (SELECT value FROM json_each(?2)) ORDER BY lote.id",
                whole,
                wanted,
                HEAD,
            )
            notas = self._all(
                "SELECT * FROM nota WHERE lote IN (SELECT value FROM json_each(?))"
                " ORDER BY lote, ordem",
                wanted,
            )
        by_lote: dict[int, list[sqlite3.Row]] = {}
        for nota in notas:
            by_lote.setdefault(nota["lote"], []).append(nota)
        answers = self._answers(ids)
        return tuple(
            outcome(row, by_lote.get(row["id"], []), answers.get(row["id"], {}), whole=whole)
            for row in lotes
        )

    def _answers(self, lotes: Collection[int]) -> Mapping[int, Answers]:
        """The answers of these lotes, by their id; none for a lote nobody answered."""
        rows = self._all(
            "SELECT lote, data FROM answer WHERE lote IN (SELECT value FROM json_each(?))",
            listed(lotes),
        )
        return {row["lote"]: unpack_answers(row["data"]) for row in rows}

    def _keep_answers(self, lote: int, answers: Iterable[NotaAnswer]) -> None:
        """These answers, beside those of the lote's other notes: alike, they pack well together."""
        known = dict(self._answers([lote]).get(lote, {}))
        known.update((answer.ordem, answer) for answer in answers)
        packed = pack_answers(dump_answer(known[ordem]) for ordem in sorted(known))
        self._connection.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", (lote, packed))

    def _claims(self, rows: Sequence[sqlite3.Row]) -> list[Claim]:
        """Rows of the view `claimed` as claims, each with its answer."""
        answers = self._answers({row["lote"] for row in rows})
        return [claim(row, answers.get(row["lote"], {}).get(row["ordem"])) for row in rows]

    def _lote(self, ambiente: str, ref: str) -> sqlite3.Row:
        row = self._one(
            "SELECT id, ref, state FROM lote WHERE ambiente = ? AND ref = ?", ambiente, ref
        )
        if row is None:
            raise KeyError(ref)
        return row

    def _open(self, lote: int, kind: str) -> int:
        """A new exchange of a lote; only one that creates it leaves a doubt."""
        cursor = self._connection.execute(
            "INSERT INTO exchange (lote, kind, doubt, started_at) VALUES (?, ?, ?, ?)",
            (lote, kind, kind == "create", self._now()),
        )
        return int(cursor.lastrowid or 0)

    def _end(self, exchange: int, heard: Heard) -> None:
        if isinstance(heard, Answer):
            self._connection.execute(
                "UPDATE exchange SET ended_at = ?, status = ?, headers = ?, body = ?, framed = ?"
                " WHERE id = ?",
                (
                    self._now(),
                    heard.status,
                    json.dumps(dict(heard.headers)),
                    keep(self._connection, pack(heard.body)),
                    heard.framed,
                    exchange,
                ),
            )
        else:
            self._connection.execute(
                "UPDATE exchange SET ended_at = ?, fault = ?, doubt = doubt AND ? WHERE id = ?",
                (self._now(), heard.code, heard.maybe_arrived, exchange),
            )

    def _generate(self, lote: sqlite3.Row, exchange: int) -> None:
        self._move(lote, _S.GERADO)
        self._connection.execute(
            "UPDATE lote SET content = ?, messages = '[]' WHERE id = ?", (exchange, lote["id"])
        )

    def _move(self, lote: sqlite3.Row, state: LoteState) -> None:
        if state not in _MOVES[_S(lote["state"])]:
            raise RuntimeError(f"lote {lote['ref']}: {lote['state']} -> {state}")
        doubt = "SELECT 1 FROM exchange WHERE lote = ? AND doubt = 1"
        if state is _S.PREPARADO and self._one(doubt, lote["id"]):
            raise RuntimeError(f"lote {lote['ref']}: may be at the API, cannot be unsent")
        self._connection.execute("UPDATE lote SET state = ? WHERE id = ?", (state, lote["id"]))
        self._touch(lote["id"])

    def _unclaim(self, ambiente: str, lote: int) -> None:
        """Give all rows of a lote back."""
        self._connection.execute(
            "DELETE FROM claim WHERE ambiente = ?1 AND lote = ?2"
            " AND identity IN (SELECT identity FROM nota WHERE lote = ?2)",
            (ambiente, lote),
        )

    def _touch(self, lote: int) -> None:
        self._connection.execute(
            "UPDATE lote SET updated_at = ?, revision = ? WHERE id = ?",
            (self._now(), self._next_revision(), lote),
        )


EXCHANGES = (
    "SELECT exchange.id, doubt, status, headers, framed, fault, data AS body"
    " FROM exchange LEFT JOIN content ON content.id = body"
)
"""Rows as `heard_in` takes them."""


def heard_in(row: sqlite3.Row) -> Heard | None:
    """What a row of `EXCHANGES` holds; None where the process died before anything was heard."""
    if row["status"] is not None:
        headers, body = json.loads(row["headers"]), unpack(row["body"])
        return Answer(row["status"], headers, body, framed=bool(row["framed"]))
    fault = row["fault"]
    return None if fault is None else Fault(fault, maybe_arrived=bool(row["doubt"]))
