"""Files that are one another's copies, former names or workbooks to correct, however far apart.

That they are related is remembered, because it cannot always be seen again: two copies of one
file may each bring a row that the file they were made from has not. What was sent tells by itself
which files share rows; of a file with rows to correct, which may have sent nothing, some are
remembered.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from heapq import nsmallest

from converter.journal.journal import Journal
from converter.model.filerun import Content, FileRun, Understood
from converter.model.rows import SheetRows

_MARKS = 50


def marks(sheets: Sequence[SheetRows]) -> frozenset[str]:
    """The smallest identities of a file: copies that differ in a few rows have most of them."""
    return frozenset(
        nsmallest(_MARKS, {identity[:16] for sheet in sheets for identity in sheet.identity})
    )


def introduce(journal: Journal, ambiente: str, waiting: Sequence[FileRun[Understood]]) -> None:
    """Make copies known to one another while some of their rows are still to be corrected.

    Such files may have sent nothing yet, and each may come back in a workbook of its own. Files
    without such rows matter where such a workbook waits: in one of them they may be corrected.
    """
    every = any(one.phase.mended for one in waiting)
    for one in waiting:
        if not one.phase.mended and (every or one.phase.to_mend):
            alike = journal.marked_like(ambiente, one.phase.marks)
            journal.relate(ambiente, one.arquivo, alike)
            journal.remember_marks(ambiente, one.arquivo, one.phase.marks)


def related_now(
    journal: Journal, ambiente: str, content: Content, copies: Collection[str]
) -> frozenset[str]:
    """The files that a file is seen to be related to: `copies`, by its origins, bytes or marks."""
    origins = (origem.arquivo for origem in content.origins.values())
    name = journal.source_name(ambiente, content.sha256)
    alike = journal.marked_like(ambiente, marks(content.rows))
    return alike.union(copies, origins, () if name is None else (name,))
