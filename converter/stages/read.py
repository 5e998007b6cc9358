"""From the bytes of a file to a `RawBook`, or to the problem that says why not."""

import hashlib

from converter.mapping.tables import side_by_side
from converter.model.cells import RawBook
from converter.model.problems import Problem
from converter.model.readfile import ReadFile
from converter.reading.apart import open_apart
from converter.reading.limits import Limits
from converter.reading.refusal import FileRefused
from converter.texts.catalogue import CATALOGUE

__all__ = ["Limits", "read"]


def read(
    data: bytes,
    arquivo: str,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> ReadFile:
    """A file as grids of raw values, every address as Excel shows it.

    What it is is told by its bytes, never by its name, which is relative to `entrada/`, with `/`.
    """
    try:
        opened = open_apart(data, arquivo, limits)
    except FileRefused as refused:
        problem = Problem(
            code=refused.code,
            severity=CATALOGUE[refused.code].severity,
            arquivo=arquivo,
            planilha=refused.planilha,
            row=refused.row,
            column=refused.column,
            details=refused.details,
        )
        return ReadFile(None, (problem,))
    return ReadFile(
        RawBook(
            arquivo=arquivo,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            format=opened.format,
            sheets=tuple(table for sheet in opened.sheets for table in side_by_side(sheet)),
            assumptions=opened.assumptions,
        )
    )
