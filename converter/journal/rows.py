"""Between the rows of the journal and the values of `model`."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from converter.model.notas import Lote, Nota, Prestador
from converter.model.outcome import LoteOutcome, LoteState, Message, NotaAnswer, Situacao

_OF_NOTE = ("identity", "planilha", "row", "ordem", "documento", "tomador")
_OF_CLAIM = ("identity", "ref", "arquivo", "planilha", "row", "ordem", "documento")


@dataclass(frozen=True, slots=True)
class Claim:
    """A row already taken by a lote: where it stood, in which lote, and what became of it."""

    identity: str
    ref: str
    arquivo: str
    planilha: str
    row: int
    ordem: int
    documento: str
    valor: Decimal
    state: LoteState
    answer: NotaAnswer | None = None


def dump_messages(messages: Iterable[Message]) -> str:
    """Messages as the journal keeps them."""
    return json.dumps([asdict(message) for message in messages], ensure_ascii=False)


def load_messages(text: str) -> tuple[Message, ...]:
    """The messages kept by `dump_messages`."""
    return tuple(Message(**entry) for entry in json.loads(text))


def dump_answer(answer: NotaAnswer) -> str:
    """The answer of one note as the journal keeps it."""
    return json.dumps(asdict(answer), ensure_ascii=False)


def load_answers(text: str | bytes) -> list[NotaAnswer]:
    """A JSON list of answers, each as `dump_answer` writes it."""
    found = []
    for entry in json.loads(text):
        situacao = Situacao(entry["situacao"])
        messages = tuple(Message(**message) for message in entry["messages"])
        found.append(NotaAnswer(**entry | {"situacao": situacao, "messages": messages}))
    return found


@dataclass(frozen=True, slots=True)
class Bytes:
    """What was sent of a lote, and its import file, or (not `whole`) only the file's start."""

    packed: bytes
    body: bytes | None
    whole: bool


def outcome(
    row: sqlite3.Row, held: Bytes, notas: Sequence[sqlite3.Row], answers: Mapping[int, NotaAnswer]
) -> LoteOutcome:
    """A lote from its row and all that belongs to it; answers are by the order of the notes."""
    lote = Lote(
        ref=row["ref"],
        arquivo=row["arquivo"],
        prestador=Prestador(row["cnpj"], row["inscricao_municipal"], row["codigo_municipio"]),
        packed=held.packed,
        notas=tuple(map(_nota, notas)),
    )
    return LoteOutcome(
        lote=lote,
        state=LoteState(row["state"]),
        content=held.body if held.whole else None,
        file_name=None if held.body is None else file_name(lote.ref, held.body, row["cancels"]),
        updated_at=datetime.fromisoformat(row["updated_at"]),
        messages=load_messages(row["messages"]),
        answers=tuple(answers[nota["ordem"]] for nota in notas if nota["ordem"] in answers),
        cancels=row["cancels"],
    )


def _nota(row: sqlite3.Row) -> Nota:
    return Nota(**{name: row[name] for name in _OF_NOTE}, valor=Decimal(row["valor"]))


def file_name(ref: str, content: bytes, cancels: str | None = None) -> str:
    """The name of an import file under `saida/lotes/`: prefeituras take text or XML.

    One that cancels does not look like a lote the API could be asked about.
    """
    markup = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    stem = f"cancelamento_{ref.removeprefix('pl')}" if cancels else ref
    return f"{stem}.{'xml' if markup else 'txt'}"


def claim(row: sqlite3.Row, answer: NotaAnswer | None) -> Claim:
    """One row of the view `claimed`, and what was answered of it."""
    return Claim(
        **{name: row[name] for name in _OF_CLAIM},
        valor=Decimal(row["valor"]),
        state=LoteState(row["state"]),
        answer=answer,
    )
