"""Write what the user receives: the result workbook, the rows to fix, the import files."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from converter.disk import write_bytes
from converter.model.problems import Problem, Severity
from converter.model.report import FileReport
from converter.sheets.book import Told, alone, beside
from converter.sheets.lote import Describer
from converter.texts.catalogue import message
from converter.workbook.package import add_sheets, new_book
from converter.workbook.refusal import CannotCarry
from converter.workbook.source import Source, open_source

PACKAGES = frozenset({"xlsx", "xlsm"})


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in `saida/` now.

    `notices` are sentences for the console. `sha256` is by path relative to `saida/`, to be
    recorded and given back as `recorded` the next time.
    """

    resultado: Path
    corrigir: Path | None = None
    lotes: tuple[Path, ...] = ()
    notices: tuple[str, ...] = ()
    sha256: Mapping[str, str] = field(default_factory=dict)


def write(
    report: FileReport,
    source: bytes,
    saida: Path,
    *,
    nome: str | None = None,
    recorded: Mapping[str, str] | None = None,
    describe: Describer | None = None,
) -> Written:
    """Write everything of one source file; the same report writes the same bytes.

    Args:
        report: The file and its fate.
        source: The bytes of the file as read.
        saida: The folder.
        nome: What the files are called before `_resultado`, see `output_stems`.
        recorded: SHA-256 of files as last written here, by path relative to `saida`; a file
            that is no longer so was edited by the user and is kept beside the new one.
        describe: Gives the fields of an import file, where its layout is known.

    Raises:
        OSError: The folder cannot be written to.
    """
    book, notices = _source_book(report, source)
    stem = nome or str(PurePosixPath(report.arquivo).with_suffix(""))
    suffix = ".xlsm" if book is not None and book.has_macros else ".xlsx"
    told = Told(tuple(notices))
    buffer = io.BytesIO()
    if book is not None:
        add_sheets(book, beside(report, book.sheet_names, told, describe), buffer)
    else:
        folhas = alone(report, told, describe)
        first = len(report.book.sheets) if report.book else 0
        new_book(folhas, buffer, aberta=min(first, len(folhas) - 1))
    content = buffer.getvalue()
    resultado = write_bytes(saida / f"{stem}_resultado{suffix}", content)
    lotes = [
        write_bytes(saida / "lotes" / outcome.file_name, outcome.content)
        for outcome in report.outcomes
        if outcome.content is not None and outcome.file_name
    ]
    return Written(resultado, None, tuple(lotes), tuple(notices))


def _source_book(report: FileReport, source: bytes) -> tuple[Source | None, list[str]]:
    """The package to extend, if it can be carried, and what is to be said about that."""
    if report.book is None or report.book.format not in PACKAGES:
        return None, []
    try:
        book = open_source(source)
    except CannotCarry as reason:
        return None, [_told(reason.code, report.arquivo, reason.details)]
    if book.signed:
        return book, [_told("livro-assinatura-retirada", report.arquivo, {})]
    return book, []


def _told(code: str, arquivo: str, details: Mapping[str, str]) -> str:
    return message(Problem(code, Severity.AVISO, arquivo, details=details))


def output_stems(arquivos: Sequence[str]) -> dict[str, str]:
    """What each file of `entrada/` is called in `saida/`, given all of them.

    `notas.xlsx` gives `notas`; a `notas.csv` beside it gives `notas_csv`, so that neither result
    replaces the other.
    """
    order = ("xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt")

    def rank(arquivo: str) -> tuple[int, str]:
        kind = PurePosixPath(arquivo).suffix[1:].lower()
        return (order.index(kind) if kind in order else len(order), arquivo)

    stems: dict[str, str] = {}
    used: set[str] = set()
    for arquivo in sorted(arquivos, key=rank):
        path = PurePosixPath(arquivo)
        stem = str(path.with_suffix(""))
        if stem.casefold() in used:
            stem = f"{stem}_{path.suffix[1:].lower()}"
        while stem.casefold() in used:
            stem += "_"
        used.add(stem.casefold())
        stems[arquivo] = stem
    return stems
