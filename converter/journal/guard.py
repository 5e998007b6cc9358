"""Whether the journal is what planilote left, and copies of it to go back to.

When a run ends, the SHA-256 of the file goes beside it; the first write of the next run takes it
away, durably, before anything else is written. So a file beside its sum is either byte for byte
what was left, or damaged. Where there is no sum, as after a crash, the file is looked through:
SQLite's own check, and whether lotes, notes and claims agree with each other.
"""

import contextlib
import hashlib
import json
import secrets
import sqlite3
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from converter.disk import sync_folder, write_bytes
from converter.errors import Abort
from converter.journal import checksums, schema
from converter.journal.rows import load_answers, load_messages
from converter.model.outcome import LoteState

COPIES = "copias"
KEPT = 3
_DISAGREE = (
    # A claim is on a note that is there, with the same identity, in the lote's own ambiente.
    "SELECT 1 FROM claim LEFT JOIN nota USING (lote, ordem) LEFT JOIN lote ON lote.id = claim.lote"
    " WHERE nota.identity IS NOT claim.identity OR lote.ambiente IS NOT claim.ambiente",
    "SELECT 1 FROM lote WHERE content IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM exchange WHERE exchange.id = lote.content AND exchange.lote = lote.id)",
    "SELECT 1 FROM lote WHERE state IN ('gerado', 'respondido') AND content IS NULL",
    "SELECT 1 FROM exchange WHERE typeof(doubt) <> 'integer' OR doubt NOT IN (0, 1)"
    " OR kind NOT IN ('create', 'fetch', 'answer', 'cancel')",
    "SELECT 1 FROM lote WHERE state NOT IN ('gerado', 'respondido') AND circumstance NOT IN (0, 1)",
    "SELECT 1 FROM lote WHERE state IN ('enviando', 'desconhecido') AND NOT EXISTS"
    " (SELECT 1 FROM exchange WHERE exchange.lote = lote.id AND doubt = 1)",
)


def seal_of(path: Path) -> Path:
    """Where the sum of a journal file is."""
    return path.with_name(f"{path.name}.soma")


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sealed(path: Path, newest: int) -> bool:
    """Whether a journal file is beside its sum, and as it was left.

    Args:
        path: The journal file.
        newest: The last version this planilote knows; a newer one is for its own to judge.

    Raises:
        Abort: `diario-danificado`: it is not as it was left, nor one of the copies put back.
    """
    seal = seal_of(path)
    try:
        written = seal.read_text(encoding="ascii").strip()
    except OSError:
        if path.is_file() and path.stat().st_size == 0 and copies(path.parent):
            raise damaged(path, "está vazio") from None
        return False
    except ValueError:
        written = ""
    if not path.is_file():
        return False
    found = digest(path)
    if found == written:
        return True
    if _version(path) > newest:
        return False
    put_back = {seal_of(copy).read_text(encoding="ascii").strip() for copy in copies(path.parent)}
    if found in put_back:
        return False
    size = path.stat().st_size
    raise damaged(path, "está vazio" if size == 0 else "não é o que a última execução deixou")


def _version(path: Path) -> int:
    """The `user_version` of a file, where its header says it (sqlite.org/fileformat2.html, 1.3)."""
    with path.open("rb") as stream:
        head = stream.read(64)
    return int.from_bytes(head[60:64], "big") if head.startswith(b"SQLite format 3\0") else 0


def seal(path: Path) -> None:
    """Write the sum of a journal nobody has open. A disk that refuses it costs a longer look."""
    with contextlib.suppress(OSError):
        write_bytes(seal_of(path), digest(path).encode())


def break_seal(path: Path) -> None:
    """The journal is about to change: from now on it is known by looking through it."""
    seal = seal_of(path)
    if seal.exists():
        seal.unlink()
        sync_folder(path.parent)


def look_through(connection: sqlite3.Connection, path: Path) -> None:
    """Whether the journal holds together.

    Raises:
        Abort: `diario-danificado`.
    """
    try:
        if _tables(connection) != _tables_of(schema.version(connection)):
            raise damaged(path, "não tem as tabelas que deveria")
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise damaged(path, "não passa na verificação do SQLite")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise damaged(path, "tem partes de lotes que não existem")
        if any(connection.execute(f"{asked} LIMIT 1").fetchone() for asked in _DISAGREE):
            raise damaged(path, "não concorda consigo mesmo sobre o que foi enviado")
        if schema.version(connection) < schema.WITH_CHECKSUMS:
            _read_all(connection, path)
        elif not checksums.agree(connection):
            raise damaged(path, "guarda de um lote outra coisa do que foi escrito")
        for refs, outputs in connection.execute("SELECT refs, outputs FROM arquivo"):
            json.loads(refs), json.loads(outputs)
    except (sqlite3.Error, ValueError) as error:
        raise damaged(path, "não se deixa ler") from error


def _tables(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    return set(
        map(tuple, connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))
    )


def _tables_of(version: int) -> set[tuple[str, ...]]:
    """The tables of a journal of that version, made from nothing."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.migrate(made, version)
        return _tables(made)
    finally:
        made.close()


def _read_all(connection: sqlite3.Connection, path: Path) -> None:
    """Whether what is said of lotes can be understood, where no checksum tells that it is whole."""
    try:
        for state, messages, payload, held in connection.execute(
            "SELECT state, messages, payload, (SELECT COUNT(*) FROM nota WHERE lote = lote.id)"
            " FROM lote"
        ):
            LoteState(state)
            load_messages(messages)
            if len(json.loads(payload)["lista_nfse"]) != held:
                raise damaged(path, "guarda de um lote outras notas do que foi enviado")
        for valor, answer in connection.execute("SELECT valor, answer FROM nota"):
            Decimal(valor)
            if answer is not None:
                load_answers(f"[{answer}]")
        for (headers,) in connection.execute("SELECT headers FROM exchange WHERE headers NOT NULL"):
            json.loads(headers)
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation) as error:
        raise damaged(path, "não se deixa entender") from error


def copies(folder: Path) -> Sequence[Path]:
    """The copies kept in a folder's `copias/`, the newest first."""
    found = (folder / COPIES).glob("*.sqlite3")
    return sorted((path for path in found if seal_of(path).is_file()), reverse=True)


def keep_copy(connection: sqlite3.Connection, path: Path, name: str) -> None:
    """A copy of the open journal as it stands, and no more than the last three.

    The run has ended well whatever becomes of it: a disk that refuses a copy is no reason to stop.
    """
    folder = path.parent / COPIES
    with contextlib.suppress(OSError, sqlite3.Error):
        folder.mkdir(exist_ok=True)
        made = folder / f".{secrets.token_hex(8)}.parcial"
        target = sqlite3.connect(made)
        try:
            connection.backup(target)
        finally:
            target.close()
        kept = folder / f"{name}.sqlite3"
        made.replace(kept)
        write_bytes(seal_of(kept), digest(kept).encode())
        for old in copies(path.parent)[KEPT:]:
            old.unlink()
            seal_of(old).unlink(missing_ok=True)


def damaged(path: Path, motivo: str) -> Abort:
    """The journal is not to be believed."""
    return Abort("diario-danificado", pasta=str(path.parent), motivo=motivo)
