"""Files that are one another's copies, former names or workbooks to mend, however far apart.

Kinship is remembered, because it cannot always be seen again: two copies of one file may each
bring a row that the file they were made from has not. What was sent tells by itself which files
share rows; of a file with rows to mend, which may have sent nothing, some are remembered.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from heapq import nsmallest

from converter.journal.journal import Journal
from converter.model.filerun import FileRun, Understood
from converter.model.rows import SheetRows

_KIN = "parentes/"
_BYTES = "bytes/"
_MARK = "marca/"
_MARKS = 50


def marks(sheets: Sequence[SheetRows]) -> frozenset[str]:
    """The smallest identities of a file: copies that differ in a few rows have most of them."""
    return frozenset(
        nsmallest(_MARKS, {identity[:16] for sheet in sheets for identity in sheet.identity})
    )


def family(journal: Journal, ambiente: str, arquivo: str) -> frozenset[str]:
    """This file and its kin, and theirs."""
    found = {arquivo}
    ahead = [arquivo]
    while ahead:
        kin = _kin(journal, ambiente, ahead.pop()) - found
        found |= kin
        ahead += kin
    return frozenset(found)


def join(journal: Journal, ambiente: str, arquivo: str, others: Collection[str]) -> None:
    """Remember that this file is kin of these."""
    own = _kin(journal, ambiente, arquivo)
    new = {*others} - own - {arquivo}
    if not new:
        return
    lists = {arquivo: own | new}
    lists |= {other: _kin(journal, ambiente, other) | {arquivo} for other in new}
    journal.remember_all(
        {
            f"{_KIN}{ambiente}/{name}": json.dumps(sorted(kin), ensure_ascii=False)
            for name, kin in lists.items()
        }
    )


def remember_bytes(journal: Journal, ambiente: str, names: Mapping[str, str]) -> None:
    """Remember what files were called, by their SHA-256."""
    facts = {f"{_BYTES}{ambiente}/{sha256}": name for sha256, name in names.items()}
    new = {key: name for key, name in facts.items() if journal.recall(key) != name}
    if new:
        journal.remember_all(new)


def of_these_bytes(journal: Journal, ambiente: str, sha256: str) -> Collection[str]:
    """What a file of these very bytes was called when a workbook to mend was made of it."""
    name = journal.recall(f"{_BYTES}{ambiente}/{sha256}")
    return () if name is None else (name,)


def introduce(journal: Journal, ambiente: str, waiting: Sequence[FileRun[Understood]]) -> None:
    """Make copies known to one another while some of their rows are still to be mended.

    Such files may have sent nothing yet, and each may come back in a workbook of its own. Files
    without rows to mend matter where such a workbook waits: in one of them they may be mended.
    """
    every = any(one.phase.mended for one in waiting)
    for one in waiting:
        if not one.phase.mended and (every or one.phase.to_mend):
            join(journal, ambiente, one.arquivo, marked_like(journal, ambiente, one.phase.marks))
            _mark(journal, ambiente, one)


def marked_like(journal: Journal, ambiente: str, marks: Collection[str]) -> frozenset[str]:
    """The files introduced before that share half of their marks, or of these, with this one."""
    if not marks:
        return frozenset()
    told = journal.recall_these([f"{_MARK}{ambiente}/{mark}" for mark in marks])
    found = [json.loads(text) for text in told.values()]
    shared = Counter(name for name, _ in found)
    return frozenset(name for name, size in found if 2 * shared[name] >= min(size, len(marks)))


def _mark(journal: Journal, ambiente: str, one: FileRun[Understood]) -> None:
    keys = {f"{_MARK}{ambiente}/{mark}" for mark in one.phase.marks}
    new = keys - journal.recall_these(keys).keys()
    if new:
        said = json.dumps([one.arquivo, len(keys)], ensure_ascii=False)
        journal.remember_all(dict.fromkeys(new, said))


def _kin(journal: Journal, ambiente: str, arquivo: str) -> frozenset[str]:
    told = journal.recall(f"{_KIN}{ambiente}/{arquivo}")
    return frozenset() if told is None else frozenset(json.loads(told))
