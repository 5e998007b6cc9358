"""What the journal keeps: byte for byte what came, small, once, and brought over from before."""

import sqlite3
import zlib
from pathlib import Path

import pytest

from converter.journal import checksums, packing
from converter.journal.journal import Journal
from converter.model.outcome import LoteState, Message, NotaAnswer, Situacao
from converter.model.packed import pack
from converter.model.wire import Answer, Fault
from tests.faults.samples import clock, lote
from tests.frozen.regenerate import unpack

S = "simulado"
FILE = b"\xff\x00arquivo de importa\xe7\xe3o\r\n" * 200
CLASH = Message("x", "tomada por outro lote")


def generated(journal: Journal, number: int = 1, body: bytes = FILE) -> str:
    """A lote whose import file has come; its ref."""
    one = lote(number)
    journal.prepare(S, [one])
    exchange = journal.begin(S, one.ref)
    journal.record(S, one.ref, Answer(201, {}, body, framed=True), exchange=exchange)
    journal.generate(S, one.ref, exchange)
    return one.ref


def answers(*situacoes: Situacao) -> list[NotaAnswer]:
    return [NotaAnswer(ordem, situacao) for ordem, situacao in enumerate(situacoes, 1)]


@pytest.mark.parametrize("body", [b"", b"x", FILE, bytes(range(256)) * 99])
def test_bytes_come_back_as_they_were(journal: Journal, body: bytes) -> None:
    ref = generated(journal, body=body)
    assert journal.outcome(S, ref).content == body
    assert journal.outcome(S, ref).lote.payload == lote(1).payload
    assert dict(journal.import_files(S, [LoteState.GERADO])) == {ref: body}
    _, heard = journal.last_create(S, ref)
    assert isinstance(heard, Answer)
    assert heard.body == body


@pytest.mark.parametrize("body", [b"<x/>", b"\xef\xbb\xbf <x/>", FILE, b" " * 63 + b"<"])
def test_what_a_file_is_called_is_known_without_reading_it_whole(
    journal: Journal, body: bytes
) -> None:
    generated(journal, body=body)
    (whole,), (brief,) = journal.lotes(S), journal.lotes(S, whole=False)
    assert brief.file_name == whole.file_name
    assert (brief.content, brief.lote.payload) == (None, b"")


def test_the_first_bytes_of_anything_are_in_the_head() -> None:
    """A block of deflate begins with its codes, some three hundred bytes at most."""
    content = bytes((number * 167 + number // 7) % 251 for number in range(100_000))
    packed = pack(content)
    assert packing.unpack_head(packed[: packing.HEAD]) == content[:64]


def test_the_same_bytes_are_kept_once(journal: Journal) -> None:
    ref = generated(journal)
    before = journal._connection.execute("SELECT COUNT(*) FROM content").fetchone()[0]
    for _ in range(3):
        journal.consulted(S, ref, Answer(200, {}, FILE, framed=True))
    after = journal._connection.execute("SELECT COUNT(*) FROM content").fetchone()[0]
    assert after == before


def test_what_was_never_sent_leaves_nothing_behind(journal: Journal) -> None:
    journal.prepare(S, [lote(1)])
    journal.discard_unsent(S)
    for table in ("lote", "nota", "claim", "content"):
        rows = journal._connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - ours
        assert not rows, table


def test_every_step_leaves_checksums_that_agree(journal: Journal) -> None:
    def whole() -> None:
        assert checksums.agree(journal._connection)

    ref = generated(journal)
    whole()
    journal.consulted(S, ref, Fault("timeout", maybe_arrived=True))
    whole()
    pending = journal.begin_return(S, ref, "r.txt", b"retorno")
    whole()
    journal.answered(
        S,
        ref,
        pending.exchange,
        answers(Situacao.AUTORIZADA, Situacao.RECUSADA),
        clash=CLASH,
        cancelled=CLASH,
    )
    whole()
    (refused,) = journal.refused(S, "a.xlsx")
    assert refused.answer is not None
    assert (refused.ordem, refused.answer.situacao) == (2, Situacao.RECUSADA)
    other = journal.begin_return(S, ref, "r.txt", b"outro retorno")
    journal.refuse_return(other.exchange, [CLASH])
    whole()
    journal.adopt(S, ref, "b.xlsx", {})
    whole()
    journal.release(S, ref)
    whole()
    journal._connection.execute("UPDATE nota SET valor = '1' WHERE ordem = 1")
    assert not checksums.agree(journal._connection)


def test_a_journal_of_version_2_keeps_every_byte_and_shrinks(tmp_path: Path) -> None:
    path = unpack(tmp_path, "2") / "diario" / "diario.sqlite3"
    old = sqlite3.connect(path)
    payloads = dict(old.execute("SELECT ref, payload FROM lote"))
    bodies = dict(old.execute("SELECT ref, body FROM lote JOIN exchange ON exchange.id = content"))
    told = {
        (ref, ordem): answer
        for ref, ordem, answer in old.execute(
            "SELECT ref, ordem, answer FROM nota JOIN lote ON lote.id = lote WHERE answer NOT NULL"
        )
    }
    claims = set(old.execute("SELECT ambiente, identity, lote, ordem FROM claim"))
    returns = dict(old.execute("SELECT id, content FROM retorno"))
    summaries = dict(old.execute("SELECT arquivo, summary FROM arquivo"))
    old.close()
    size = path.stat().st_size
    with Journal(path, clock) as journal:
        lotes = journal.lotes(S)
        assert {one.lote.ref: one.lote.payload for one in lotes} == payloads
        assert {one.lote.ref: one.content for one in lotes} == bodies
        found = {(one.lote.ref, each.ordem) for one in lotes for each in one.answers}
        assert found == set(told)
        assert {name: seen.summary for name, seen in journal.files(S).items()} == summaries
        rows = journal._connection.execute("SELECT ambiente, identity, lote, ordem FROM claim")
        assert {tuple(row) for row in rows} == claims
        rows = journal._connection.execute(
            "SELECT retorno.id, data FROM retorno JOIN content ON content.id = retorno.content"
        )
        assert {key: zlib.decompress(data) for key, data in rows} == returns
        assert checksums.agree(journal._connection)
    assert min(map(len, (payloads, told, claims, returns, summaries))) > 1
    # Of so small a journal a good part are pages of tables that are empty.
    assert path.stat().st_size < 0.65 * size
