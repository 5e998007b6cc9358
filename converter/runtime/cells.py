"""The cells of a file: kept from before, or read from its bytes with what it answers."""

from converter.model.cells import RawBook
from converter.model.filerun import Arrived, FileRun, Understood
from converter.model.problems import Problem
from converter.model.progress import Progress, Step, Tell
from converter.model.readfile import ReadFile
from converter.stages.answers import read_answers
from converter.stages.read import read
from converter.stages.write import PACKAGES
from converter.workbook.origin import corrigir_origin

ToUnderstand = FileRun[Arrived] | FileRun[Understood]
"""A file to be understood, or one to be understood anew under another configuration."""


def cells_of(file: ToUnderstand, tell: Tell) -> ReadFile:
    """The cells of a file: those that were kept, or read from its bytes; `tell` hears of that."""
    if isinstance(file.phase, Arrived):
        data = file.phase.data.load()
    else:
        source = file.phase.source.load()
        content = file.phase.content.load()
        if source.book is None:
            return ReadFile(None, content.problems)
        if source.book.sheets or source.data is None:
            return ReadFile(source.book, (), content.said, content.origins, source.data)
        data = source.data
    if isinstance(data, Problem):
        return ReadFile(None, (data,))
    tell(Progress(file.arquivo, Step.LENDO))
    return read_cells(data, file.arquivo)


def read_cells(data: bytes, arquivo: str) -> ReadFile:
    """The cells of a file from its bytes."""
    raw = read(data, arquivo)
    if raw.book is None:
        return raw
    book, said = read_answers(raw.book)
    book, origins = corrigir_origin(book)
    return ReadFile(book, (), said, origins, data if book.format in PACKAGES else None)


def read_again(data: bytes | None, arquivo: str) -> RawBook | None:
    """The cells of a package, where they were let go and turn out to be wanted."""
    return None if data is None else read_cells(data, arquivo).book
