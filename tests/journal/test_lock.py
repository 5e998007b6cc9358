"""One run per folder, told plainly; a dead one is no obstacle."""

import json
import os
import subprocess
import sys

import pytest

from converter.errors import Abort
from converter.journal.lock import NOTE, FolderLock
from converter.texts.catalogue import CATALOGUE
from tests.faults.samples import clock

DIE = """
import os, sys
from pathlib import Path
from converter.journal.lock import FolderLock
from tests.faults.samples import clock
with FolderLock(Path(sys.argv[1]), clock):
    os._exit(9)
"""


def test_a_second_run_is_told_who_works_in_the_folder(tmp_path):
    with FolderLock(tmp_path, clock, host="escritorio"), pytest.raises(Abort) as caught:
        FolderLock(tmp_path, clock).__enter__()
    sentence = CATALOGUE[caught.value.code].message.format(**caught.value.details)
    assert str(os.getpid()) in sentence
    assert "escritorio" in sentence
    assert "22/11/2026 09:30" in sentence


def test_the_folder_is_free_again_afterwards(tmp_path):
    for _ in range(2):
        with FolderLock(tmp_path, clock) as lock:
            assert lock.stale is None
    assert not (tmp_path / NOTE).exists()


def test_a_run_that_died_is_recognised_and_does_not_block(tmp_path):
    died = subprocess.run([sys.executable, "-c", DIE, str(tmp_path)], check=False)
    assert died.returncode == 9
    with FolderLock(tmp_path, clock) as lock:
        assert lock.stale is not None
        assert lock.stale.pid > 0


def test_a_note_of_another_machine_is_not_overruled(tmp_path):
    note = tmp_path / NOTE
    note.write_text(json.dumps({"pid": 7, "host": "outra", "since": "2026-11-22T08:00:00+00:00"}))
    with pytest.raises(Abort) as caught:
        FolderLock(tmp_path, clock, host="esta").__enter__()
    assert caught.value.details["maquina"] == "outra"
    assert str(note) in CATALOGUE[caught.value.code].hint.format(**caught.value.details)
    note.unlink()
    with FolderLock(tmp_path, clock, host="esta"):
        pass


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"pid": "x", "host": 1, "since": 2}', "\x00"])
def test_a_note_that_says_nothing_is_ignored(tmp_path, content):
    (tmp_path / NOTE).write_text(content)
    with FolderLock(tmp_path, clock):
        pass
