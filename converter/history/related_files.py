"""Files that are one another's copies, former names or workbooks to mend, however far apart.

Kinship is remembered, because it cannot always be seen again: two copies of one file may each
bring a row that the file they were made from has not. What was sent tells by itself which files
share rows; of a file with rows to mend, which may have sent nothing, some are remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest

from converter.journal.journal import Journal
from converter.model.filerun import FileRun, Understood
from converter.model.rows import SheetRows

_MARKS = 50


def marks(sheets: Sequence[SheetRows]) -> frozenset[str]:
    """The smallest identities of a file: copies that differ in a few rows have most of them."""
    return frozenset(
        nsmallest(_MARKS, {identity[:16] for sheet in sheets for identity in sheet.identity})
    )


def introduce(journal: Journal, ambiente: str, waiting: Sequence[FileRun[Understood]]) -> None:
    """Make copies known to one another while some of their rows are still to be mended.

    Such files may have sent nothing yet, and each may come back in a workbook of its own. Files
    without rows to mend matter where such a workbook waits: in one of them they may be mended.
    """
    every = any(one.phase.mended for one in waiting)
    for one in waiting:
        if not one.phase.mended and (every or one.phase.to_mend):
            journal.relate(ambiente, one.arquivo, journal.marked_like(ambiente, one.phase.marks))
            journal.remember_marks(ambiente, one.arquivo, one.phase.marks)
