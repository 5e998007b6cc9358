"""Files that are one another's copies, former names or workbooks to mend, however far apart.

Kinship is remembered, because it cannot always be seen again: two copies of one file may each
bring a row that the file they were made from has not. What was sent tells by itself which files
share rows; of a file with rows to mend, which may have sent nothing, some are remembered.
"""

from __future__ import annotations

from collections.abc import Sequence

from converter.journal.journal import Journal
from converter.runtime.spill import Folded


def introduce(journal: Journal, ambiente: str, waiting: Sequence[Folded]) -> None:
    """Make copies known to one another while some of their rows are still to be mended.

    Such files may have sent nothing yet, and each may come back in a workbook of its own. Files
    without rows to mend matter where such a workbook waits: in one of them they may be mended.
    """
    every = any(one.mended for one in waiting)
    for one in waiting:
        if not one.mended and (every or one.rejected):
            journal.relate(ambiente, one.arquivo, journal.marked_like(ambiente, one.marks))
            journal.remember_marks(ambiente, one.arquivo, one.marks)
