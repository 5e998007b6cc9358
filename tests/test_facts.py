"""Our TOML files are parsed once, and anew whenever they changed."""

import sys
import tomllib
from pathlib import Path

import pytest

from converter import facts

KEPT = f"fatos.toml.{sys.implementation.cache_tag}"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "fatos.toml"
    path.write_text("um = 1", encoding="utf-8")
    return path


def test_what_was_parsed_is_taken_up_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert facts.load(file) == {"um": 1}
    assert (file.parent / "__pycache__" / KEPT).exists()
    monkeypatch.setattr(tomllib, "loads", None)
    assert facts.load(file) == {"um": 1}


def test_a_file_that_changed_is_parsed_anew(file: Path) -> None:
    facts.load(file)
    file.write_text("um = 11", encoding="utf-8")
    assert facts.load(file) == {"um": 11}


@pytest.mark.parametrize("damaged", [b"", b"\xe9lixo", b"i\x01\x00\x00\x00"])
def test_damage_to_what_was_kept_changes_nothing(file: Path, damaged: bytes) -> None:
    facts.load(file)
    (file.parent / "__pycache__" / KEPT).write_bytes(damaged)
    assert facts.load(file) == {"um": 1}


def test_where_nothing_can_be_written_nothing_is_kept(file: Path) -> None:
    (file.parent / "__pycache__").write_text("no folder", encoding="utf-8")
    assert facts.load(file) == {"um": 1}
