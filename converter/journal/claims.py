"""Which row belongs to which lote: the guard against sending one twice."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from converter.journal.lotes import Lotes
from converter.journal.packing import keep
from converter.journal.rows import Claim
from converter.journal.store import listed
from converter.model.notas import Lote
from converter.model.outcome import UNSETTLED, LoteOutcome, LoteState, Situacao
from converter.model.packed import pack

_S = LoteState


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `Journal.prepare` did with each lote it was given.

    `ready` are to be sent. `known` carry a ref this ambiente already has, as it stands (a refused
    lote whose rows did not change among them).
    """

    ready: tuple[Lote, ...] = ()
    known: tuple[LoteOutcome, ...] = ()


class RowClaims(Lotes):
    """Rows taken by lotes. The primary key of `claim` is what makes a second lote impossible."""

    def prepare(
        self, ambiente: str, lotes: Sequence[Lote], *, resend: Collection[str] = ()
    ) -> Prepared:
        """Write lotes and claim their rows, all in one transaction.

        A ref already here is not prepared again, unless it was refused and either `resend` names
        it or the refusal spoke of circumstances (company not enabled, certificate) and not of
        its rows. A lote with a row already claimed in this ambiente is not prepared at all: its
        rows are told as not sent, and their file is decided anew by the next run.
        """
        ready: list[Lote] = []
        known: list[str] = []
        written: set[str] = set()
        with self._step("preparado"):
            asked = [nota.identity for lote in lotes for nota in lote.notas]
            claimed = dict(self.claims_on(ambiente, asked))
            for lote in lotes:
                old = self._one(
                    "SELECT id, state, circumstance FROM lote WHERE ambiente = ? AND ref = ?",
                    ambiente,
                    lote.ref,
                )
                if old is not None and not _goes_again(old, asked=lote.ref in resend):
                    known.append(lote.ref)
                    continue
                rows = {nota.identity for nota in lote.notas}
                # Rows of a lote written a moment ago are claimed too.
                claimed.update(self.claims_on(ambiente, rows & written))
                if any(claimed[one].ref != lote.ref for one in rows & claimed.keys()):
                    continue
                self._claim(ambiente, lote, old)
                written |= rows
                ready.append(lote)
        return Prepared(tuple(ready), tuple(self.outcome(ambiente, ref) for ref in known))

    def _claim(self, ambiente: str, lote: Lote, old: sqlite3.Row | None) -> None:
        """Write a lote, in the place of its `old` self where there is one, and claim its rows."""
        if old is not None:
            self._unclaim(ambiente, old["id"])
            self._connection.execute("DELETE FROM nota WHERE lote = ?", (old["id"],))
        number = self._write_lote(ambiente, lote, None if old is None else old["id"])
        self._connection.executemany(
            "INSERT INTO claim (ambiente, identity, lote, ordem) VALUES (?, ?, ?, ?)",
            [(ambiente, nota.identity, number, nota.ordem) for nota in lote.notas],
        )

    def _write_lote(self, ambiente: str, lote: Lote, old: int | None) -> int:
        now = self._now()
        revision = self._next_revision()
        if old is None:
            packed = lote.packed if self.rehearsing else pack(lote.payload)
            cursor = self._connection.execute(
                "INSERT INTO lote (ambiente, ref, arquivo, cnpj, inscricao_municipal,"
                " codigo_municipio, payload, state, created_at, updated_at, revision)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(ambiente, lote.ref, lote.arquivo, *lote.prestador),
                    *(keep(self._connection, packed), _S.PREPARADO, now, now, revision),
                ),
            )
            number = int(cursor.lastrowid or 0)
        else:
            number = old
            self._connection.execute(
                "UPDATE lote SET arquivo = ?, state = ?, messages = '[]', circumstance = 0,"
                " updated_at = ?, revision = ? WHERE id = ?",
                (lote.arquivo, _S.PREPARADO, now, revision, old),
            )
        self._connection.executemany(
            "INSERT INTO nota (lote, identity, planilha, row, ordem, documento, tomador, valor)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, *nota[:-1], str(nota.valor)) for nota in lote.notas],
        )
        return number

    def discard_unsent(self, ambiente: str) -> tuple[str, ...]:
        """Forget the lotes that never left this machine, and free their rows; their refs.

        Their rows are read again from the spreadsheets, which may have been mended since.
        """
        with self._transaction() as connection:
            rows = self._all(
                "SELECT id, ref, payload FROM lote WHERE ambiente = ? AND state = ? AND NOT EXISTS"
                " (SELECT 1 FROM exchange WHERE exchange.lote = lote.id AND exchange.doubt = 1)",
                ambiente,
                _S.PREPARADO,
            )
            for row in rows:
                self._unclaim(ambiente, row["id"])
                connection.execute("DELETE FROM lote WHERE id = ?", (row["id"],))
                connection.execute(
                    "DELETE FROM content WHERE id = ?1"
                    " AND NOT EXISTS (SELECT 1 FROM lote WHERE payload = ?1)"
                    " AND NOT EXISTS (SELECT 1 FROM exchange WHERE body = ?1)"
                    " AND NOT EXISTS (SELECT 1 FROM retorno WHERE content = ?1)",
                    (row["payload"],),
                )
        return tuple(row["ref"] for row in rows)

    def claims_on(self, ambiente: str, identities: Collection[str]) -> Mapping[str, Claim]:
        """Which of these rows a lote already holds, whatever state that is in."""
        some = identities and self._one("SELECT 1 FROM claim WHERE ambiente = ? LIMIT 1", ambiente)
        if not some:
            return {}
        rows = self._all(
            "SELECT * FROM claimed WHERE ambiente = ?"
            " AND identity IN (SELECT value FROM json_each(?))",
            ambiente,
            listed(identities),
        )
        return {one.identity: one for one in self._claims(rows)}

    def claims_of_file(self, ambiente: str, arquivo: str) -> tuple[Claim, ...]:
        """The rows of this file that a lote holds, to notice what was edited after sending."""
        rows = self._all(
            # By the file's lotes, not (hence the +) by every row the ambiente ever took.
            "SELECT * FROM claimed WHERE +ambiente = ?1 AND lote IN"
            " (SELECT id FROM lote WHERE ambiente = ?1 AND arquivo = ?2) ORDER BY lote, ordem",
            ambiente,
            arquivo,
        )
        return tuple(self._claims(rows))

    def claims_to(
        self,
        ambiente: str,
        since: str,
        cnpjs: Collection[str],
        documentos: Collection[str],
        without: str,
    ) -> tuple[Claim, ...]:
        """Rows of these prestadores to these customers in lotes made `since` a day.

        Rows of the file `without` are left out.
        """
        rows = self._all(
            # By the lotes since then, not (hence the +) by every row the ambiente ever took.
            "SELECT * FROM claimed WHERE +ambiente = ?1 AND lote IN"
            " (SELECT id FROM lote WHERE ambiente = ?1 AND created_at >= ?2 AND arquivo <> ?5"
            " AND cnpj IN (SELECT value FROM json_each(?3)))"
            " AND +documento IN (SELECT value FROM json_each(?4)) ORDER BY lote, ordem",
            ambiente,
            since,
            listed(cnpjs),
            listed(documentos),
            without,
        )
        return tuple(self._claims(rows))

    def sizes(self, ambiente: str, refs: Collection[str]) -> Mapping[str, int]:
        """How many rows each of these lotes holds."""
        rows = self._all(
            "SELECT ref, COUNT(*) AS held FROM claimed WHERE ambiente = ?"
            " AND ref IN (SELECT value FROM json_each(?)) GROUP BY ref",
            ambiente,
            listed(refs),
        )
        return {row["ref"]: row["held"] for row in rows}

    def release(
        self, ambiente: str, ref: str, identities: Collection[str] | None = None
    ) -> tuple[str, ...]:
        """Give rows of an accepted lote back, because the user asked for it by its ref.

        Returns:
            The identities released: those named, or all of the lote.

        Raises:
            RuntimeError: Nobody knows whether the API has the lote.
        """
        with self._transaction() as connection:
            lote = self._lote(ambiente, ref)
            if LoteState(lote["state"]) in UNSETTLED:
                raise RuntimeError(f"lote {ref}: may be at the API, its rows stay with it")
            rows = connection.execute(
                "DELETE FROM claim WHERE ambiente = ?1 AND lote = ?2"
                " AND identity IN (SELECT identity FROM nota WHERE lote = ?2) AND (?3 IS NULL"
                " OR identity IN (SELECT value FROM json_each(?3))) RETURNING identity",
                (ambiente, lote["id"], None if identities is None else listed(identities)),
            ).fetchall()
            self._touch(lote["id"])
        return tuple(row["identity"] for row in rows)

    def replacements(self, ambiente: str) -> Mapping[str, tuple[str, ...]]:
        """The later lotes that hold what a lote gave back, by its ref, oldest first.

        A row is the same by its identity, by its place in the file, or because it was corrected in
        another workbook.
        """
        rows = self._all(
            "WITH free AS (SELECT lote.id AS lote, ref, arquivo, identity, planilha, row"
            " FROM nota JOIN lote ON lote.id = nota.lote WHERE ambiente = ?1 AND NOT EXISTS"
            " (SELECT 1 FROM claim WHERE ambiente = ?1 AND claim.identity = nota.identity"
            " AND claim.lote = nota.lote AND claim.ordem = nota.ordem)"
            " AND lote.id NOT IN (SELECT lote FROM cancelamento))"
            " SELECT free.ref AS old, claimed.ref AS new, claimed.lote AS age FROM free"
            " JOIN claimed USING (identity)"
            " WHERE claimed.ambiente = ?1 AND claimed.lote > free.lote"
            " UNION SELECT free.ref, claimed.ref, claimed.lote FROM free"
            " JOIN claimed USING (arquivo, planilha, row)"
            " WHERE claimed.ambiente = ?1 AND claimed.lote > free.lote"
            " UNION SELECT free.ref, claimed.ref, claimed.lote FROM free"
            " JOIN corrected_row AS source USING (arquivo, planilha, row)"
            " JOIN claimed ON claimed.ambiente = ?1 AND claimed.identity = source.identity"
            " WHERE source.ambiente = ?1 AND claimed.lote > free.lote ORDER BY age",
            ambiente,
        )
        found: dict[str, tuple[str, ...]] = {}
        for row in rows:
            found[row["old"]] = (*found.get(row["old"], ()), row["new"])
        return found

    def refused(self, ambiente: str, arquivo: str) -> tuple[Claim, ...]:
        """Notes of this file that a prefeitura refused while it took others of their lote."""
        rows = self._all(
            "SELECT lote.id AS lote, nota.identity, ref, arquivo, planilha, row, nota.ordem,"
            " documento, valor, state FROM lote JOIN nota ON nota.lote = lote.id"
            " WHERE lote.ambiente = ?1 AND arquivo = ?2 AND state = ?3"
            " AND NOT EXISTS (SELECT 1 FROM claim WHERE ambiente = ?1 AND identity = nota.identity)"
            " AND EXISTS (SELECT 1 FROM claimed WHERE claimed.lote = lote.id)"
            " ORDER BY lote.id, nota.ordem",
            ambiente,
            arquivo,
            _S.RESPONDIDO,
        )
        found = self._claims(rows)
        return tuple(
            one for one in found if one.answer and one.answer.situacao is Situacao.RECUSADA
        )

    def adopt(
        self, ambiente: str, ref: str, arquivo: str, places: Mapping[str, tuple[str, int]]
    ) -> None:
        """A lote's rows are now in the file `arquivo`, at these (sheet, row) by identity.

        Rows without a place keep their number, in the sheet that stands for theirs.
        """
        with self._transaction() as connection:
            lote = self._lote(ambiente, ref)
            notas = self._all(
                "SELECT ordem, identity, planilha, row FROM nota WHERE lote = ?", lote["id"]
            )
            sheets = {
                nota["planilha"]: places[nota["identity"]][0]
                for nota in notas
                if nota["identity"] in places
            }
            connection.executemany(
                "UPDATE nota SET planilha = ?, row = ? WHERE lote = ? AND ordem = ?",
                [
                    (
                        *places.get(
                            nota["identity"],
                            (sheets.get(nota["planilha"], nota["planilha"]), nota["row"]),
                        ),
                        lote["id"],
                        nota["ordem"],
                    )
                    for nota in notas
                ],
            )
            connection.execute("UPDATE lote SET arquivo = ? WHERE id = ?", (arquivo, lote["id"]))
            self._touch(lote["id"])


def _goes_again(old: sqlite3.Row, *, asked: bool) -> bool:
    """Whether a lote already here is prepared anew: never sent, or refused and worth a retry."""
    refused = old["state"] == _S.RECUSADO and (old["circumstance"] or asked)
    return old["state"] == _S.PREPARADO or bool(refused)
