"""Which files belong together, and which of their rows were sent corrected from another."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from converter.journal.lotes import Lotes
from converter.journal.rows import Claim
from converter.journal.store import listed
from converter.model.origem import Origem


class CorrectedRow(NamedTuple):
    """A row in error, and what it was sent as once it was corrected in another file."""

    origem: Origem
    claim: Claim


class Related(Lotes):
    """Files known to be copies, former names or workbooks to mend of one another."""

    def related_files(self, ambiente: str, arquivos: Collection[str]) -> frozenset[str]:
        """These files and all that are related to them, however far apart."""
        rows = self._all(
            "WITH RECURSIVE related (arquivo) AS (SELECT value FROM json_each(?2)"
            " UNION SELECT other FROM related JOIN related_file USING (arquivo)"
            " WHERE ambiente = ?1) SELECT arquivo FROM related",
            ambiente,
            listed(arquivos),
        )
        return frozenset(row["arquivo"] for row in rows)

    def relate(self, ambiente: str, arquivo: str, others: Collection[str]) -> None:
        """Remember that a file is related to these, and they to it."""
        known = self._all(
            "SELECT other FROM related_file WHERE ambiente = ? AND arquivo = ?", ambiente, arquivo
        )
        new = {*others} - {row["other"] for row in known} - {arquivo}
        self._insert(
            "INSERT OR IGNORE INTO related_file VALUES (?, ?, ?)",
            [row for name in new for row in ((ambiente, arquivo, name), (ambiente, name, arquivo))],
        )

    def source_name(self, ambiente: str, sha256: str) -> str | None:
        """What a file of these bytes was called when a workbook to mend was made of it."""
        row = self._one(
            "SELECT arquivo FROM source_name WHERE ambiente = ? AND sha256 = ?", ambiente, sha256
        )
        return None if row is None else str(row["arquivo"])

    def remember_source_names(self, ambiente: str, names: Mapping[str, str]) -> None:
        """Remember what files were called, by their SHA-256."""
        self._insert(
            "INSERT OR REPLACE INTO source_name VALUES (?, ?, ?)",
            [
                (ambiente, sha256, name)
                for sha256, name in names.items()
                if self.source_name(ambiente, sha256) != name
            ],
        )

    def marked_like(self, ambiente: str, marks: Collection[str]) -> frozenset[str]:
        """The files that share half of their marks, or half of these."""
        rows = self._all(
            "SELECT arquivo FROM file_mark WHERE ambiente = ?1"
            " AND mark IN (SELECT value FROM json_each(?2)) GROUP BY arquivo"
            " HAVING 2 * COUNT(*) >= min(min(marks), ?3)",
            ambiente,
            listed(marks),
            len(marks),
        )
        return frozenset(row["arquivo"] for row in rows)

    def remember_marks(self, ambiente: str, arquivo: str, marks: Collection[str]) -> None:
        """Remember the marks of a file; one that another has already stays with that one."""
        known = self._all(
            "SELECT mark FROM file_mark WHERE ambiente = ?"
            " AND mark IN (SELECT value FROM json_each(?))",
            ambiente,
            listed(marks),
        )
        new = {*marks} - {row["mark"] for row in known}
        self._insert(
            "INSERT INTO file_mark VALUES (?, ?, ?, ?)",
            [(ambiente, mark, arquivo, len({*marks})) for mark in new],
        )

    def corrected_rows(self, ambiente: str, arquivos: Collection[str]) -> tuple[CorrectedRow, ...]:
        """The rows of these files that a lote holds as corrected in another."""
        rows = self._all(
            "SELECT source.arquivo AS source, sha256, source.planilha AS source_planilha,"
            " source.row AS source_row, claimed.* FROM corrected_row AS source"
            " JOIN claimed ON claimed.ambiente = source.ambiente"
            " AND claimed.identity = source.identity WHERE source.ambiente = ?"
            " AND source.arquivo IN (SELECT value FROM json_each(?))"
            " ORDER BY source.arquivo, sha256, source.row, source.planilha",
            ambiente,
            listed(arquivos),
        )
        return tuple(
            CorrectedRow(
                Origem(row["source"], row["sha256"], row["source_planilha"], row["source_row"]),
                held,
            )
            for row, held in zip(rows, self._claims(rows), strict=True)
        )

    def remember_corrected(self, ambiente: str, identities: Mapping[Origem, str]) -> None:
        """Remember as which identity rows in error were sent."""
        self._insert(
            "INSERT OR REPLACE INTO corrected_row VALUES (?, ?, ?, ?, ?, ?)",
            [
                (ambiente, one.arquivo, one.sha256, one.planilha, one.row, identity)
                for one, identity in identities.items()
            ],
        )

    def whole_lotes(self, ambiente: str, versions: Collection[str]) -> Mapping[str, frozenset[str]]:
        """The lotes that files of these SHA-256 held whole: none of their rows is to mend."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._all(
            "SELECT sha256, ref FROM whole_lote WHERE ambiente = ?"
            " AND sha256 IN (SELECT value FROM json_each(?))",
            ambiente,
            listed(versions),
        ):
            found[row["sha256"]].add(row["ref"])
        return {sha256: frozenset(found[sha256]) for sha256 in versions}

    def remember_whole(self, ambiente: str, sha256: str, refs: Collection[str]) -> None:
        """Remember the lotes that the file of this SHA-256 holds whole: these and no others."""
        if frozenset(refs) == self.whole_lotes(ambiente, [sha256])[sha256]:
            return
        with self._transaction() as connection:
            connection.execute(
                "DELETE FROM whole_lote WHERE ambiente = ? AND sha256 = ?", (ambiente, sha256)
            )
            connection.executemany(
                "INSERT INTO whole_lote VALUES (?, ?, ?)",
                [(ambiente, sha256, ref) for ref in sorted(refs)],
            )
