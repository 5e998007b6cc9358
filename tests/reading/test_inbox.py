import os
import socket
import unicodedata
from pathlib import Path

import pytest

from converter.model.problems import Problem
from converter.reading import inbox
from converter.reading.limits import Limits

LONG_AGO = 1_700_000_000


def put(entrada: Path, name: str, content: bytes = b"a;b\n") -> Path:
    path = entrada / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def look(entrada: Path, ambiente: str = "producao") -> inbox.Inbox:
    def never(_: float) -> None:
        pytest.fail("nothing here is recent")

    return inbox.scan(entrada, ambiente, now=lambda: LONG_AGO + 60.0, sleep=never)


def words(found: inbox.Inbox) -> dict[str, str]:
    return {problem.arquivo: problem.code for problem in found.skipped}


def test_files_come_in_a_stable_order_with_their_subfolders(tmp_path: Path) -> None:
    for name in ("b.xlsx", "A.csv", "loja/notas.ods", "Loja/outras.txt", "c.TSV"):
        put(tmp_path, name)
    assert [file.arquivo for file in look(tmp_path).files] == [
        "A.csv",
        "b.xlsx",
        "c.TSV",
        "loja/notas.ods",
        "Loja/outras.txt",
    ]


def test_what_is_left_alone_is_told(tmp_path: Path) -> None:
    expected = {
        "~$notas.xlsx": "arquivo-aberto",
        ".~lock.notas.ods#": "arquivo-aberto",
        "notas.xlsx.tmp": "arquivo-temporario",
        "~WRL0001.tmp": "arquivo-temporario",
        "notas.xlsx.crdownload": "arquivo-temporario",
        "desktop.ini": "arquivo-do-sistema",
        ".DS_Store": "arquivo-do-sistema",
        "contrato.pdf": "extensao-nao-lida",
        "sem-extensao": "extensao-nao-lida",
    }
    for name in expected:
        put(tmp_path, name)
    put(tmp_path, "notas.xlsx")
    found = look(tmp_path)
    assert words(found) == expected
    assert [file.arquivo for file in found.files] == ["notas.xlsx"]


@pytest.mark.parametrize("ambiente", ["homologacao", "producao"])
def test_examples_are_for_the_simulator_only(tmp_path: Path, ambiente: str) -> None:
    put(tmp_path, "exemplo-clinica.xlsx")
    assert words(look(tmp_path, ambiente)) == {"exemplo-clinica.xlsx": "exemplo-ignorado"}
    assert [file.arquivo for file in look(tmp_path, "simulado").files] == ["exemplo-clinica.xlsx"]


def test_a_file_that_grows_while_watched_waits(tmp_path: Path) -> None:
    growing = put(tmp_path, "grande.xlsx")
    still = put(tmp_path, "pequena.xlsx")
    for path in (growing, still):
        os.utime(path, (LONG_AGO + 59, LONG_AGO + 59))
    pauses = []

    def copy_more(seconds: float) -> None:
        pauses.append(seconds)
        with growing.open("ab") as stream:
            stream.write(b"mais")

    found = inbox.scan(tmp_path, "producao", now=lambda: LONG_AGO + 60.0, sleep=copy_more)
    assert [file.arquivo for file in found.files] == ["pequena.xlsx"]
    assert words(found) == {"grande.xlsx": "arquivo-em-gravacao"}
    assert len(pauses) == 1


def test_no_folder_is_an_empty_inbox(tmp_path: Path) -> None:
    assert look(tmp_path / "entrada") == inbox.Inbox((), ())


def test_names_are_composed_text(tmp_path: Path) -> None:
    put(tmp_path, unicodedata.normalize("NFD", "março/serviços.csv"))
    assert [file.arquivo for file in look(tmp_path).files] == ["março/serviços.csv"]


@pytest.mark.skipif(os.name != "posix", reason="names that are not text exist on POSIX only")
def test_a_name_that_is_no_text_can_still_be_printed(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xe7\xe3o.csv")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system only takes UTF-8 names")
    found = inbox.scan(tmp_path, "producao", now=lambda: 1e12, sleep=lambda _: None)
    assert [file.arquivo.encode() for file in found.files] == ["a\ufffd\ufffdo.csv".encode()]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such thing on this system")
def test_what_is_not_a_regular_file_is_not_opened(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes in this system's folders")
    os.mkfifo(tmp_path / "cano.csv")
    assert words(look(tmp_path)) == {"cano.csv": "arquivo-inacessivel"}


def test_loading_gives_the_bytes_that_were_seen(tmp_path: Path) -> None:
    path = put(tmp_path, "notas.csv", b"a;b\n")
    (file,) = look(tmp_path).files
    assert inbox.load(file) == b"a;b\n"
    path.write_bytes(b"a;b\nc;d\n")
    changed = inbox.load(file)
    assert isinstance(changed, Problem)
    assert changed.code == "arquivo-em-gravacao"


def test_loading_says_why_not(tmp_path: Path) -> None:
    path = put(tmp_path, "notas.csv")
    (file,) = look(tmp_path).files
    large = inbox.load(file, Limits(file_bytes=1))
    path.unlink()
    gone = inbox.load(file)
    found = (large, gone)
    assert all(isinstance(item, Problem) for item in found)
    assert [item.code for item in found if isinstance(item, Problem)] == [
        "arquivo-grande",
        "arquivo-inacessivel",
    ]
