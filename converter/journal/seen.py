"""What the journal remembers beside lotes: files already dealt with, what was told or chosen."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from converter.journal.store import Store
from converter.model.outcome import LoteState
from converter.model.packed import pack, unpack


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file of `entrada/` as it stood when its result was last written.

    `config` is a hash of all that, besides the file, decides its result (mapping, settings,
    version). `outputs` maps each path written to its SHA-256. `refs` are the lotes its result
    speaks of. `summary` is whatever the caller wants back (JSON text). `stale` is True when one
    of those lotes has changed since. `complete` tells that nothing in it waited for the user.
    """

    arquivo: str
    sha256: str
    config: str
    outputs: Mapping[str, str] = field(default_factory=dict)
    refs: Sequence[str] = ()
    summary: str = "{}"
    stale: bool = False
    complete: bool = False


class Seen(Store):
    """Files seen, what municípios ask, mappings chosen, and where all was sent."""

    def see(self, ambiente: str, files: Sequence[SeenFile]) -> None:
        """Remember these results, all in one transaction. Call it after they were written."""
        with self._transaction() as connection:
            revision = connection.execute("SELECT revision FROM counter").fetchone()[0]
            connection.executemany(
                "INSERT OR REPLACE INTO arquivo VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        ambiente,
                        seen.arquivo,
                        seen.sha256,
                        seen.config,
                        json.dumps(dict(seen.outputs)),
                        json.dumps(list(seen.refs)),
                        pack(seen.summary.encode()),
                        seen.complete,
                        revision,
                        self._now(),
                    )
                    for seen in files
                ],
            )

    def files(self, ambiente: str) -> Mapping[str, SeenFile]:
        """Every file seen in this ambiente, by its path relative to `entrada/`."""
        revisions = {
            row["ref"]: row["revision"]
            for row in self._all("SELECT ref, revision FROM lote WHERE ambiente = ?", ambiente)
        }
        found = {}
        for row in self._all("SELECT * FROM arquivo WHERE ambiente = ?", ambiente):
            refs = json.loads(row["refs"])
            found[row["arquivo"]] = SeenFile(
                arquivo=row["arquivo"],
                sha256=row["sha256"],
                config=row["config"],
                outputs=json.loads(row["outputs"]),
                refs=tuple(refs),
                summary=unpack(row["summary"]).decode(),
                complete=bool(row["complete"]),
                stale=any(
                    revisions.get(ref, row["revision"] + 1) > row["revision"] for ref in refs
                ),
            )
        return found

    def has_written(self, sha256: str) -> bool:
        """Whether a file with this hash is what a run last wrote, in whichever ambiente."""
        return bool(self._all("SELECT 1 FROM arquivo WHERE instr(outputs, ?) LIMIT 1", sha256))

    def untold(self, ambiente: str) -> tuple[str, ...]:
        """Lotes the prefeitura answered of which no result written since then speaks."""
        told: dict[str, int] = {}
        for row in self._all("SELECT refs, revision FROM arquivo WHERE ambiente = ?", ambiente):
            for ref in json.loads(row["refs"]):
                told[ref] = max(told.get(ref, 0), row["revision"])
        rows = self._all(
            "SELECT ref, revision FROM lote WHERE ambiente = ? AND state = ?"
            " AND id NOT IN (SELECT lote FROM cancelamento) ORDER BY id",
            ambiente,
            LoteState.RESPONDIDO,
        )
        return tuple(row["ref"] for row in rows if told.get(row["ref"], -1) < row["revision"])

    def municipios(self) -> Mapping[str, str]:
        """What each município was last said to ask for (JSON text), by its IBGE code."""
        rows = self._all("SELECT codigo, rules FROM municipio")
        return {row["codigo"]: row["rules"] for row in rows}

    def municipio_is_recent(self, codigo: str, max_age: timedelta) -> bool:
        """Whether what a município asks for was heard lately.

        A fact from the future (the clock went back) is of no known age, hence too old.
        """
        row = self._one("SELECT at FROM municipio WHERE codigo = ?", codigo)
        if row is None:
            return False
        return timedelta(0) <= self._clock() - datetime.fromisoformat(row["at"]) <= max_age

    def remember_municipio(self, codigo: str, rules: str) -> None:
        """Keep what a município asks for, heard now."""
        self._insert(
            "INSERT OR REPLACE INTO municipio VALUES (?, ?, ?)", [(codigo, rules, self._now())]
        )

    def consultas(
        self, source: str, kind: str, max_age: timedelta
    ) -> Sequence[tuple[str, str, str]]:
        """Key, answer (JSON text) and moment of what an API said of a kind of thing, not too old.

        `source` keeps apart what different APIs say: the embedded one invents.
        """
        since = (self._clock() - max_age).isoformat()
        rows = self._all(
            "SELECT key, answer, at FROM consulta WHERE source = ? AND kind = ?"
            " AND julianday(at) >= julianday(?)",
            source,
            kind,
            since,
        )
        return [(row["key"], row["answer"], row["at"]) for row in rows]

    def remember_consulta(self, source: str, kind: str, key: str, answer: str) -> None:
        """Keep what an API said, heard now."""
        self._insert(
            "INSERT OR REPLACE INTO consulta VALUES (?, ?, ?, ?, ?)",
            [(source, kind, key, self._now(), answer)],
        )

    def header_mappings(self) -> Mapping[str, str]:
        """The mapping the user named for each header signature."""
        rows = self._all("SELECT header, mapping FROM header_mapping")
        return {row["header"]: row["mapping"] for row in rows}

    def remember_header_mappings(self, names: Mapping[str, str]) -> None:
        """Keep the mapping the user named for these header signatures."""
        self._insert("INSERT OR REPLACE INTO header_mapping VALUES (?, ?)", names.items())

    def has_sent_all(self, ambiente: str) -> bool:
        """Whether a run in this ambiente ever sent all it had.

        Until then it cannot know what another machine, or a journal that was lost, has sent.
        """
        return self._one("SELECT 1 FROM all_sent WHERE ambiente = ?", ambiente) is not None

    def remember_all_sent(self, ambiente: str) -> None:
        """A run in this ambiente sent all it had."""
        self._insert("INSERT OR REPLACE INTO all_sent VALUES (?, ?)", [(ambiente, self._now())])
