"""What the journal remembers beside lotes: files already dealt with, and small dated facts."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from converter.journal.store import Store
from converter.model.outcome import LoteState


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
    """Files seen, and a small memory of key and value with a date."""

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
                        seen.summary,
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
                summary=row["summary"],
                complete=bool(row["complete"]),
                stale=any(
                    revisions.get(ref, row["revision"] + 1) > row["revision"] for ref in refs
                ),
            )
        return found

    def untold(self, ambiente: str) -> tuple[str, ...]:
        """Lotes the prefeitura answered of which no result written since then speaks."""
        told: dict[str, int] = {}
        for row in self._all("SELECT refs, revision FROM arquivo WHERE ambiente = ?", ambiente):
            for ref in json.loads(row["refs"]):
                told[ref] = max(told.get(ref, 0), row["revision"])
        rows = self._all(
            "SELECT ref, revision FROM lote WHERE ambiente = ? AND state = ? ORDER BY id",
            ambiente,
            LoteState.RESPONDIDO,
        )
        return tuple(row["ref"] for row in rows if told.get(row["ref"], -1) < row["revision"])

    def remember(self, key: str, value: str) -> None:
        """Keep a small fact (a município's rules, the mapping chosen for a header)."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO memory VALUES (?, ?, ?)", (key, value, self._now())
            )

    def remember_all(self, facts: Mapping[str, str]) -> None:
        """Keep many small facts in one transaction."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO memory VALUES (?, ?, ?)",
                [(key, value, self._now()) for key, value in facts.items()],
            )

    def recall(self, key: str, max_age: timedelta | None = None) -> str | None:
        """The fact kept under `key`, or None when there is none young enough.

        A fact from the future (the clock went back) is of no known age, hence too old.
        """
        row = self._one("SELECT value, at FROM memory WHERE key = ?", key)
        if row is None:
            return None
        if max_age is not None:
            age = self._clock() - datetime.fromisoformat(row["at"])
            if not timedelta(0) <= age <= max_age:
                return None
        return str(row["value"])

    def recall_these(self, keys: Collection[str]) -> Mapping[str, str]:
        """The facts kept under these keys."""
        rows = self._all(
            "SELECT key, value FROM memory WHERE key IN (SELECT value FROM json_each(?))",
            json.dumps([*keys]),
        )
        return {row["key"]: row["value"] for row in rows}

    def recall_all(self, prefix: str) -> Mapping[str, str]:
        """Every fact whose key begins with `prefix`, by the rest of its key."""
        rows = self._all(
            "SELECT key, value FROM memory WHERE key >= ?1 AND key < ?1 || ?2",
            prefix,
            chr(0x10FFFF),
        )
        return {row["key"][len(prefix) :]: row["value"] for row in rows}
