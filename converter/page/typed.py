"""What a person typed on the page of a file: kept while it is being typed, and told apart.

A field is named by its place: `c/SHEET/ROW/COLUMN` a cell, `u/SHEET/LETTER` what a column is,
`w/SHEET/LETTER` the words beside it, `p/SHEET/CODE/LETTER` a question. Sheets are counted from 0.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock

from converter.model.columns import question_key
from converter.page.table import File, Table
from converter.sheets.filled import ColumnSaid, Typed
from converter.texts.folhas import SITUACAO_DA_NOTA

KINDS = ("c/", "u/", "w/", "p/")
MOST = 200_000
"""Fields kept of one file that nobody saved."""


@dataclass(slots=True)
class Drafts:
    """What was typed and not saved, by file and the bytes it was typed about."""

    _kept: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, file: File) -> Mapping[str, str]:
        """The fields of a file that differ from what it says."""
        with self._lock:
            return dict(self._kept.get(_key(file), {}))

    def add(self, file: File, fields: Mapping[str, str]) -> Mapping[str, str]:
        """Keep what was typed; a field as the file has it is forgotten. All that is kept now."""
        changed = dict(_changed(file, fields))
        with self._lock:
            kept = self._kept.setdefault(_key(file), {})
            for name in fields:
                kept.pop(name, None)
            if len(kept) < MOST:
                kept.update(changed)
            return dict(kept)

    def forget(self, file: File) -> None:
        """Let go of what was typed about a file."""
        with self._lock:
            self._kept.pop(_key(file), None)


def _key(file: File) -> tuple[str, str]:
    return file.seen.report.arquivo, file.seen.report.sha256


def typed_of(file: File, fields: Mapping[str, str]) -> Typed:
    """What was typed, as the workbook to mend takes it."""
    cells: dict[tuple[str, int, str], str] = {}
    columns: dict[tuple[str, str], ColumnSaid] = {}
    questions: dict[tuple[str, str], str] = {}
    for name, text in fields.items():
        kind, table, place = _parsed(file, name)
        if table is None:
            continue
        if kind == "c":
            row, _, column = place.partition("/")
            cells[table.name, int(row), column] = text
        elif kind == "p":
            questions[table.name, question_key(*place.split("/", 2))] = text
        else:
            columns[table.name, place] = _column(table, place, fields, name)
    return Typed(cells, columns, questions)


def _column(table: Table, letter: str, fields: Mapping[str, str], name: str) -> ColumnSaid:
    """What a column is said to be: the two fields of its line belong together."""
    sheet = name.split("/")[1]
    use, words = table.answers.get(letter, ("", ""))
    use = fields.get(f"u/{sheet}/{letter}", use)
    words = fields.get(f"w/{sheet}/{letter}", words)
    return ColumnSaid(use, words if use == SITUACAO_DA_NOTA else "")


def _changed(file: File, fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The fields that say something else than the file does."""
    for name, given in fields.items():
        text = given.replace("\r\n", "\n")
        kind, table, place = _parsed(file, name)
        if table is None:
            continue
        if kind == "c":
            row, _, column = place.partition("/")
            known = row.isdecimal() and table.text_at(int(row), column)
        elif kind == "p":
            known = ""
        else:
            known = table.answers.get(place, ("", ""))[kind == "w"]
        if known is not False and text != known:
            yield name, text


def _parsed(file: File, name: str) -> tuple[str, Table | None, str]:
    """The kind of a field, its sheet (None where there is no such field) and the rest."""
    kind, _, rest = name.partition("/")
    number, _, place = rest.partition("/")
    known = f"{kind}/" in KINDS and number.isdecimal() and int(number) < len(file.tables)
    return kind, file.tables[int(number)] if known and place else None, place
