"""Files while they wait and while in hand: as they are, as pickles, on disk, the same."""

import gc

import pytest

from converter.model.cells import RawBook
from converter.model.filerun import Content, FileRun, InMemory, Source, Understood
from converter.runtime import memory, spill


def understood(size: int, word: str = "x") -> FileRun[Understood]:
    source = Source(RawBook(word, "", size, "csv", ()))
    content = Content(word, "")
    parts = (InMemory(source), InMemory(content), InMemory(()))
    return FileRun(word, "", word, Understood(*parts))


def test_few_files_wait_as_they_are_and_many_come_back_the_same() -> None:
    with spill.SpillBuffer() as buffer:
        first = understood(spill.IN_MEMORY, "a")
        assert buffer.keep(first) is first
        second = understood(1, "b")
        kept = buffer.keep(second)
        assert isinstance(kept.phase.source, spill.Spilled)
        assert not buffer._file._rolled
        assert kept.phase.source.load() == second.phase.source.load()


def test_what_does_not_fit_memory_lies_on_disk_and_travels_as_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spill, "PICKLED_IN_MEMORY", 1)
    monkeypatch.setattr(spill, "IN_MEMORY", 0)
    with spill.SpillBuffer() as buffer:
        buffer.keep(understood(1, "a"))
        second = understood(1, "b")
        kept = buffer.keep(second)
        assert isinstance(kept.phase.source, spill.Spilled)
        assert isinstance(kept.phase.content, spill.Spilled)
        assert buffer._file._rolled
        assert kept.phase.content.load() == second.phase.content.load()
        away = spill.portable(kept).phase.source
        assert isinstance(away, spill.Pickled)
        assert away.load() == second.phase.source.load()


def test_cycles_are_not_looked_for_while_a_file_is_in_hand() -> None:
    with memory.gc_paused():
        assert not gc.isenabled()
        with memory.gc_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
