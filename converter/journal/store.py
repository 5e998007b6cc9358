"""The SQLite file itself: opened safely, written in whole transactions, its errors told plainly."""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from converter.crash import point
from converter.errors import Abort
from converter.journal import checksums, guard, schema

_ABORTS = {
    "SQLITE_FULL": "diario-disco-cheio",
    "SQLITE_READONLY": "diario-somente-leitura",
    "SQLITE_PERM": "diario-somente-leitura",
    "SQLITE_CANTOPEN": "diario-somente-leitura",
    "SQLITE_BUSY": "diario-ocupado",
    "SQLITE_LOCKED": "diario-ocupado",
    "SQLITE_NOTADB": "diario-danificado",
    "SQLITE_CORRUPT": "diario-danificado",
    "SQLITE_IOERR": "diario-disco-falhou",
}


class Store:
    """One open journal file. Safe to use from several threads; one process at a time.

    TRUNCATE is a rollback journal (the folder may be a network share, where WAL is unsafe) that,
    unlike DELETE, is itself synced at the end of a commit: a committed intent survives a power
    cut (sqlite.org/pragma.html#pragma_synchronous, FULL and EXTRA). `rehearsing` is True while what
    is written is to be forgotten.
    """

    rehearsing = False
    _touched = False
    _spoke = False

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        """Open or create `path`.

        Raises:
            Abort: The file is from a newer planilote, is not a journal, is not as it was left, or
                cannot be written.
        """
        self._as_left = guard.sealed(path, len(schema.STEPS))
        self.path = path
        self._clock = clock
        self._guard = threading.RLock()
        with self._plain_errors():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Abort("diario-somente-leitura", pasta=str(path.parent)) from error
            self._connection = sqlite3.connect(
                path, timeout=5, isolation_level=None, check_same_thread=False
            )
        try:
            with self._plain_errors():
                self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file once the transaction in course, if any, has ended.

        What it then holds is told beside it, and copied where something was sent.
        """
        with self._guard:
            if self._spoke and not self._connection.in_transaction:
                name = f"diario-{self._clock():%Y%m%d-%H%M%S}"
                guard.keep_copy(self._connection, self.path, name)
            self._connection.close()
        if self._touched or not guard.seal_of(self.path).exists():
            guard.seal(self.path)

    def _prepare(self) -> None:
        connection = self._connection
        connection.row_factory = sqlite3.Row
        found = schema.version(connection)
        if found > len(schema.STEPS):
            raise Abort("diario-mais-novo", pasta=str(self.path.parent))
        if found == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise guard.damaged(self.path, "não é um diário do planilote")
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -131072")
        if found and not self._as_left:
            guard.look_through(connection, self.path)
        if found < len(schema.STEPS):
            self._touch_file()
        try:
            schema.migrate(connection)
        except (ValueError, TypeError, KeyError) as error:
            raise guard.damaged(self.path, "não se deixa entender") from error
        if found in range(1, schema.WITH_CHECKSUMS):
            self.compact()
        connection.execute("PRAGMA foreign_keys = ON")
        checksums.watch(connection)

    def compact(self) -> None:
        """Give the room of what is no longer there back; a disk too full for it changes nothing."""
        with contextlib.suppress(sqlite3.OperationalError):
            self._touch_file()
            self._connection.execute("VACUUM")

    def _now(self) -> str:
        return self._clock().isoformat()

    def _all(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with self._guard, self._plain_errors():
            return self._connection.execute(sql, values).fetchall()

    def _one(self, sql: str, *values: object) -> sqlite3.Row | None:
        rows = self._all(sql, *values)
        return rows[0] if rows else None

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Everything can be written as usual and is forgotten when the block ends.

        So a run that sends nothing decides by the same steps as one that sends.
        """
        with self._plain_errors():
            self._connection.execute("BEGIN IMMEDIATE")
        self.rehearsing = True
        try:
            yield
        finally:
            self.rehearsing = False
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it durable at the end, or none of it; in a rehearsal only whole or not at all."""
        begin, commit, undo = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
        if self.rehearsing:
            begin, commit, undo = ("SAVEPOINT passo", "RELEASE passo", "ROLLBACK TO passo")
        if not self.rehearsing:
            self._touch_file()
        with self._guard, self._plain_errors():
            self._connection.execute(begin)
            try:
                yield self._connection
                if not self.rehearsing:
                    checksums.renew_touched(self._connection)
                self._connection.execute(commit)
            except BaseException:
                # A failed COMMIT (disk full) may already have rolled back by itself.
                if self._connection.in_transaction:
                    self._connection.execute(undo)
                raise

    @contextmanager
    def _step(self, name: str) -> Iterator[sqlite3.Connection]:
        """A transaction with the points before, in and after it where a test may have us die."""
        point(f"{name}-antes")
        with self._transaction() as connection:
            yield connection
            point(f"{name}-meio")
        point(f"{name}-depois")

    def _insert(self, sql: str, rows: Collection[tuple[object, ...]]) -> None:
        """Rows in one transaction; none where there are none, since each waits for the disk."""
        if rows:
            with self._transaction() as connection:
                connection.executemany(sql, rows)

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            name = getattr(error, "sqlite_errorname", "") or ""
            for prefix, code in _ABORTS.items():
                if name.startswith(prefix):
                    if code == "diario-danificado":
                        raise guard.damaged(self.path, "não se deixa ler") from error
                    raise Abort(code, pasta=str(self.path.parent)) from error
            raise

    def _touch_file(self) -> None:
        if not self._touched:
            guard.break_seal(self.path)
            self._touched = True

    def _next_revision(self) -> int:
        (row,) = self._all("UPDATE counter SET revision = revision + 1 RETURNING revision")
        return int(row[0])


def listed(values: Iterable[object]) -> str:
    """Values as `json_each` takes them."""
    return json.dumps([*values])
