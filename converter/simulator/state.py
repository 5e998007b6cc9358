"""What the simulator remembers, in `diario/simulador.sqlite3`, so that it outlives a restart.

Tokens never get here: a lote belongs to the fingerprint of the token that created it.
"""

import contextlib
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

DATABASE = Path("diario", "simulador.sqlite3")
"""Where it is in the working folder."""
_SCHEMA = Path(__file__).with_name("state.sql")
_VERSION = 1
"""From which on what is large is compressed: it is much alike, and shrinks thirty times."""
_PACKED = ("payload", "arquivo", "avisos", "retorno", "resposta")


class Issuer(NamedTuple):
    """The prestador as numbered by a city: CNPJ, inscrição municipal and IBGE code."""

    cnpj: str
    inscricao_municipal: str
    codigo_municipio: str


@dataclass(frozen=True, slots=True)
class StoredLote:
    """One lote received, its import file, and what the prefeitura and the client said since.

    `impressao` is the SHA-256 of the payload as understood (not as spelled); `avisos` are lines of
    text. `retorno` is the prefeitura's file, `recusado` its verdict and `erros` its reasons, a JSON
    list of `CityError` fields; `resposta` is the JSON text answered to a return file.
    """

    owner: str
    ref: str
    issuer: Issuer
    notas: int
    payload: bytes
    impressao: str
    arquivo: bytes
    nome: str
    media_type: str
    avisos: tuple[str, ...]
    criado_em: datetime
    id: int = 0
    retorno: bytes | None = None
    retorno_nome: str | None = None
    retorno_em: datetime | None = None
    recusado: bool = False
    erros: str = "[]"
    resposta: str | None = None
    respondido_em: datetime | None = None


class State:
    """The database. One connection, one writer at a time, safe between threads."""

    def __init__(self, path: Path | None = None) -> None:
        """Open or create the database at `path`; None keeps everything in memory.

        Raises:
            sqlite3.Error: The file cannot be opened or is not ours.
        """
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(
            path or ":memory:", timeout=30, isolation_level=None, check_same_thread=False
        )
        try:
            self._connection.row_factory = sqlite3.Row
            # Losing the last lote of a simulation to a power cut is fair; a fsync per note is not.
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        """The tables; what an earlier version stored as it came is compressed."""
        connection = self._connection
        if self._version() < _VERSION:
            with self.writing():
                if self._version() < _VERSION:
                    self._renew()
                    connection.execute(f"PRAGMA user_version = {_VERSION}")
            self.compact()
        connection.executescript(_SCHEMA.read_text(encoding="utf-8"))

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _renew(self) -> None:
        connection = self._connection
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'lotes'").fetchone():
            return
        connection.execute("ALTER TABLE lotes RENAME TO antigos")
        connection.execute("DROP INDEX lotes_ref")
        connection.execute(_SCHEMA.read_text(encoding="utf-8").split(";", maxsplit=1)[0])
        for row in connection.execute("SELECT * FROM antigos ORDER BY id"):
            values = dict(row) | {name: _pack(row[name]) for name in _PACKED}
            places = ", ".join("?" * len(values))
            connection.execute(
                f"INSERT INTO lotes ({', '.join(values)}) VALUES ({places})",  # noqa: S608 - ours
                [*values.values()],
            )
        connection.execute("DROP TABLE antigos")

    def compact(self) -> None:
        """Give the room of what is no longer there back, where nobody else is at work."""
        with self._lock, contextlib.suppress(sqlite3.OperationalError):
            self._connection.execute("VACUUM")

    def close(self) -> None:
        """Close the database; the object is of no use afterwards."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing: numbers drawn and lotes stored inside are undone by an exception."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def draw(self, issuer: Issuer, counter: str, count: int = 1) -> int:
        """The first of `count` consecutive numbers, never given twice to this prestador."""
        (row,) = self._rows(
            "INSERT INTO numeros VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
            " SET proximo = proximo + ? RETURNING proximo",
            *(*issuer, counter, count + 1, count),
        )
        return int(row["proximo"]) - count

    def accept(self, issuer: Issuer, kind: str, values: Iterable[str]) -> None:
        """Remember what an accepted file has used up at its prefeitura."""
        rows = [(*issuer, kind, value) for value in values]
        with self._lock:
            self._connection.executemany(
                "INSERT OR IGNORE INTO aceitos VALUES (?, ?, ?, ?, ?)", rows
            )

    def accepted(self, issuer: Issuer, kind: str) -> frozenset[str]:
        """What files accepted so far have used up."""
        rows = self._rows(
            "SELECT valor FROM aceitos WHERE cnpj = ? AND inscricao_municipal = ?"
            " AND codigo_municipio = ? AND tipo = ?",
            *(*issuer, kind),
        )
        return frozenset(row["valor"] for row in rows)

    def add(self, lote: StoredLote) -> StoredLote:
        """Store a new lote; one with the same owner and ref is replaced, under a new id."""
        (row,) = self._rows(
            "INSERT OR REPLACE INTO lotes (dono, ref, cnpj, inscricao_municipal, codigo_municipio,"
            " notas, payload, impressao, arquivo, nome, media_type, avisos, criado_em)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            *(lote.owner, lote.ref, *lote.issuer, lote.notas),
            *(_pack(lote.payload), lote.impressao, _pack(lote.arquivo), lote.nome),
            *(lote.media_type, _pack("\n".join(lote.avisos)), lote.criado_em.isoformat()),
        )
        return replace(lote, id=row["id"])

    def find(self, owner: str | None, ref: str) -> StoredLote | None:
        """The lote this owner created under this ref; None asks for the newest of any owner."""
        rows = self._rows(
            "SELECT * FROM lotes WHERE ref = ?1 AND (?2 IS NULL OR dono = ?2)"
            " ORDER BY id DESC LIMIT 1",
            *(ref, owner),
        )
        return _lote(rows[0]) if rows else None

    def lotes(self, limit: int = 100, offset: int = 0) -> tuple[StoredLote, ...]:
        """Lotes, newest first, with their files and payloads left empty: those may be large."""
        rows = self._rows(
            "SELECT id, dono, ref, cnpj, inscricao_municipal, codigo_municipio, notas,"
            " impressao, x'' AS payload, x'' AS arquivo, nome, media_type, avisos, criado_em,"
            " iif(retorno IS NULL, NULL, x'') AS retorno, retorno_nome, retorno_em, recusado,"
            " '[]' AS erros, NULL AS resposta, respondido_em"
            " FROM lotes ORDER BY id DESC LIMIT ? OFFSET ?",
            *(limit, offset),
        )
        return tuple(_lote(row) for row in rows)

    def count(self) -> int:
        """How many lotes are stored."""
        return int(self._rows("SELECT count(*) FROM lotes")[0][0])

    def keep_return(self, lote: StoredLote) -> None:
        """Remember the return file the prefeitura wrote for this lote, and why."""
        moment = lote.retorno_em and lote.retorno_em.isoformat()
        self._rows(
            "UPDATE lotes SET retorno = ?, retorno_nome = ?, retorno_em = ?, recusado = ?,"
            " erros = ? WHERE id = ?",
            *(_pack(lote.retorno), lote.retorno_nome, moment, lote.recusado, lote.erros, lote.id),
        )

    def keep_answer(self, lote: StoredLote, resposta: str, when: datetime) -> None:
        """Remember what was answered to a return file."""
        self._rows(
            "UPDATE lotes SET resposta = ?, respondido_em = ? WHERE id = ?",
            *(_pack(resposta), when.isoformat(), lote.id),
        )

    def _rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()


def _lote(row: sqlite3.Row) -> StoredLote:
    resposta = _unpack(row["resposta"])
    return StoredLote(
        id=row["id"],
        owner=row["dono"],
        ref=row["ref"],
        issuer=Issuer(row["cnpj"], row["inscricao_municipal"], row["codigo_municipio"]),
        notas=row["notas"],
        payload=_unpack(row["payload"]) or b"",
        impressao=row["impressao"],
        arquivo=_unpack(row["arquivo"]) or b"",
        nome=row["nome"],
        media_type=row["media_type"],
        avisos=tuple((_unpack(row["avisos"]) or b"").decode().splitlines()),
        criado_em=datetime.fromisoformat(row["criado_em"]),
        retorno=_unpack(row["retorno"]),
        retorno_nome=row["retorno_nome"],
        retorno_em=_moment(row["retorno_em"]),
        recusado=bool(row["recusado"]),
        erros=row["erros"],
        resposta=None if resposta is None else resposta.decode(),
        respondido_em=_moment(row["respondido_em"]),
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _pack(content: str | bytes | None) -> bytes | None:
    if content is None:
        return None
    return zlib.compress(content.encode() if isinstance(content, str) else content)


def _unpack(data: bytes | None) -> bytes | None:
    """What was packed; an empty one stands for bytes that were not asked for."""
    return zlib.decompress(data) if data else data
