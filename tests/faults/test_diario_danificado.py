"""A damaged journal: nothing is sent twice because of it, and it is said what is wrong.

Damaged between two runs, when the sum beside it tells; and after a crash, when there is no sum and
it has to be looked through.
"""

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from converter.errors import Abort
from converter.journal import guard
from tests.faults import driver
from tests.faults.ledger import Ledger, Server, Temperament

QUICK, MANY = 60, 500
Damage = Callable[[bytearray, random.Random], bytes]


def flipped(data: bytearray, rng: random.Random) -> bytes:
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def cut(data: bytearray, rng: random.Random) -> bytes:
    return bytes(data[: rng.randrange(len(data))])


def blanked(data: bytearray, rng: random.Random) -> bytes:
    begin = rng.randrange(len(data))
    size = rng.choice((16, 512, 4096))
    data[begin : begin + size] = bytes(size)
    return bytes(data[: len(data)])


DAMAGES: tuple[Damage, ...] = (flipped, flipped, flipped, cut, blanked)


def stopped(folder: Path, url: str) -> str | None:
    """The code with which a run stopped; None where it went to its end."""
    try:
        driver.run(folder, url)
    except Abort as abort:
        return abort.code
    return None


def check(folder: Path, turns: int, *, sealed: bool) -> None:
    ledger = Ledger(temperament=Temperament.NEW)
    with Server(ledger) as server:
        driver.run(folder, server.url)
        path = folder / "diario" / "diario.sqlite3"
        whole, seal = path.read_bytes(), guard.seal_of(path).read_bytes()
        posts = ledger.posts()
        told = changed = 0
        for turn in range(turns):
            rng = random.Random(turn)  # noqa: S311 - damage, not a secret
            damaged = rng.choice(DAMAGES)(bytearray(whole), rng)
            path.write_bytes(damaged)
            changed += damaged != whole
            if sealed:
                guard.seal_of(path).write_bytes(seal)
            else:
                guard.seal_of(path).unlink(missing_ok=True)
            said = stopped(folder, server.url)
            assert said in {None, "diario-danificado", "diario-mais-novo"}, turn
            told += said is not None
            assert ledger.posts() == posts, turn
            assert set(ledger.rows().values()) == {1}, turn
        # Of a sum every change is one; else what lies in free pages may change unnoticed.
        assert told == changed if sealed else told > 0


@pytest.mark.parametrize("sealed", [True, False], ids=["com-soma", "sem-soma"])
def test_no_damage_sends_a_row_twice(folder: Path, sealed: bool) -> None:
    check(folder, QUICK, sealed=sealed)


@pytest.mark.longo
@pytest.mark.parametrize("sealed", [True, False], ids=["com-soma", "sem-soma"])
def test_no_damage_of_hundreds_sends_a_row_twice(folder: Path, sealed: bool) -> None:
    check(folder, MANY, sealed=sealed)


def test_a_copy_put_back_sends_nothing_again(folder: Path) -> None:
    ledger = Ledger(temperament=Temperament.NEW)
    with Server(ledger) as server:
        seen = driver.run(folder, server.url)
        path = folder / "diario" / "diario.sqlite3"
        path.write_bytes(b"")
        with pytest.raises(Abort) as caught:
            driver.run(folder, server.url)
        assert caught.value.details["motivo"] == "está vazio"
        (copy,) = guard.copies(path.parent)
        shutil.copyfile(copy, path)
        posts = ledger.posts()
        assert driver.run(folder, server.url) == seen
        assert ledger.posts() == posts


def test_the_last_three_runs_that_sent_are_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from tests.faults.samples import NOW

    with Server() as server:
        for turn in range(5):
            moment = NOW + timedelta(minutes=turn)
            monkeypatch.setattr(driver, "clock", lambda moment=moment: moment)
            monkeypatch.setattr(driver, "lotes", lambda turn=turn, **_: [driver.lote(turn + 1)])
            driver.run(folder, server.url)
        driver.run(folder, server.url)
    kept = [path.stem for path in guard.copies(folder / "diario")]
    assert kept == [f"diario-20261122-093{minute}00" for minute in (4, 3, 2)]


def test_a_killed_run_leaves_no_sum_and_is_looked_through(folder: Path) -> None:
    with Server() as server:
        driver.run(folder, server.url)
        path = folder / "diario" / "diario.sqlite3"
        guard.seal_of(path).unlink()
        connection = sqlite3.connect(path)
        connection.execute("UPDATE claim SET identity = 'outra' WHERE ordem = 1 AND lote = 1")
        connection.commit()
        connection.close()
        with pytest.raises(Abort) as caught:
            driver.run(folder, server.url)
    assert "não concorda consigo mesmo" in caught.value.details["motivo"]


def places_of_facts(path: Path) -> list[int]:
    """Where the file keeps what was sent and answered, and of whom and how much the notes are."""
    connection = sqlite3.connect(path)
    kept = [bytes(data) for (data,) in connection.execute("SELECT data FROM content")]
    kept += [data for (data,) in connection.execute("SELECT tomador || valor FROM nota LIMIT 1")]
    kept += [data for (data,) in connection.execute("SELECT state FROM lote LIMIT 1")]
    connection.close()
    whole = path.read_bytes()
    found = []
    for one in kept:
        data = one.encode() if isinstance(one, str) else one
        start = whole.find(data)
        assert start >= 0
        found += [start, start + len(data) // 2, start + len(data) - 1]
    return found


def test_after_a_crash_a_flip_in_what_a_lote_is_made_of_stops_the_run(folder: Path) -> None:
    """Unlike in free pages: nothing that says what was sent is believed unless it is whole."""
    with Server() as server:
        driver.run(folder, server.url)
        path = folder / "diario" / "diario.sqlite3"
        whole, posts = path.read_bytes(), server.ledger.posts()
        for place in places_of_facts(path):
            data = bytearray(whole)
            data[place] ^= 1
            path.write_bytes(data)
            guard.seal_of(path).unlink(missing_ok=True)
            assert stopped(folder, server.url) == "diario-danificado", place
        assert server.ledger.posts() == posts
        path.write_bytes(whole)
        assert stopped(folder, server.url) is None
