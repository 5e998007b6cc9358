"""Write what the user receives: the result workbook, the rows to fix, the import files."""

import hashlib
import io
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from converter.disk import set_aside, write_bytes
from converter.model.address import sheet_of_table
from converter.model.cells import RawBook
from converter.model.described import DescribedRecord
from converter.model.problems import Problem, Severity
from converter.model.report import FileReport, Rendered
from converter.sheets.book import BookFacts, beside, new_sheets, rows_as_read
from converter.sheets.corrigir import Listed, corrigir, numbered
from converter.texts.catalogue import message
from converter.workbook.archive import is_untouched
from converter.workbook.choices import choices
from converter.workbook.mark import TO_MEND, is_marked
from converter.workbook.new_sheet import NewSheet
from converter.workbook.package import add_sheets, new_book
from converter.workbook.refusal import CannotCarry
from converter.workbook.source import SourceBook, open_source
from converter.workbook.unpaint import unpainted

PACKAGES = frozenset({"xlsx", "xlsm"})
ReadCells = Callable[[], RawBook | None]
Package = SourceBook | CannotCarry | None
_BY_PREFERENCE = ("xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt")


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """What stands in `saida/` now.

    `notices` are sentences for the console. `sha256` is by path relative to `saida/` (with `/`),
    to be recorded and given back as `recorded` the next time.
    """

    resultado: Path
    corrigir: Path | None = None
    lotes: tuple[Path, ...] = ()
    notices: tuple[str, ...] = ()
    sha256: Mapping[str, str] = field(default_factory=dict)


def render(
    report: FileReport,
    source: bytes,
    *,
    nome: str | None = None,
    cells: ReadCells | None = None,
) -> Rendered:
    """Everything of one source file as bytes, nothing written: this may run anywhere.

    `source` is the file as read, `nome` what the files are called before `_resultado` (see
    `output_stems`); `cells` reads the book again where its cells were let go and are needed.
    """
    stem = nome or str(PurePosixPath(report.arquivo).with_suffix(""))
    package = package_of(report, source)
    to_fix = sheets_to_fix(report, package, cells)
    fix_name = numbered(f"{stem}_corrigir.xlsx")
    facts = BookFacts(describe, corrigir=PurePosixPath(fix_name).name if to_fix else None)
    result, suffix, avisos = _result(report, package, facts, cells)
    return Rendered(
        result_name=f"{stem}_resultado{suffix}",
        result=result,
        fix_name=fix_name,
        fix=workbook_to_fix(to_fix) if to_fix else None,
        lotes={
            f"lotes/{outcome.file_name}": outcome.content
            for outcome in report.outcomes
            if outcome.content is not None and outcome.file_name
        },
        notices=avisos,
    )


def put(
    rendered: Rendered,
    saida: Path,
    recorded: Mapping[str, str],
    *,
    keep: bool = False,
    ours: Callable[[str], bool] = lambda _: False,
) -> WrittenFiles:
    """Put rendered files into `saida/`.

    Args:
        rendered: The files of one source.
        saida: The folder.
        recorded: SHA-256 of files as last written here, by path relative to `saida`; a file
            that is neither so nor as we write it was edited by the user and is kept beside the
            new one.
        keep: The result last written tells of notes that the new one does not, and is kept too.
        ours: Whether a file with this SHA-256 was written by a run in another ambiente.

    Raises:
        OSError: The folder cannot be written to.
    """
    shelf = _Shelf(saida, recorded, ours)
    if keep:
        shelf.keep(rendered.result_name, rendered.result)
    resultado = shelf.put(rendered.result_name, rendered.result)
    fixing = None
    if rendered.fix is not None:
        fixing = shelf.put(rendered.fix_name, rendered.fix)
    else:
        shelf.clear(rendered.fix_name)
    lotes = tuple(shelf.put(name, content) for name, content in rendered.lotes.items())
    return WrittenFiles(resultado, fixing, lotes, (*rendered.notices, *shelf.notices), shelf.sha256)


def describe(content: bytes) -> Sequence[DescribedRecord]:
    """The records of an import file with their fields by name; none where its layout is unknown."""
    # Here, since a run that sends nothing has no use for the layouts.
    from converter import layouts

    layout = layouts.detect(content)
    return layout.describe(content) if layout else ()


def package_of(report: FileReport, source: bytes) -> Package:
    """The file opened to be written into again; why it cannot be, and None where it is of none."""
    if report.book is None or report.book.format not in PACKAGES:
        return None
    try:
        return open_source(source)
    except CannotCarry as reason:
        return reason


def sheets_to_fix(report: FileReport, package: Package, cells: ReadCells | None) -> list[NewSheet]:
    """The sheets of the workbook to mend; none where nothing waits and nothing is asked."""
    if report.book is None or not (report.to_fix or report.asked):
        return []
    report = _with_cells(report, cells)
    listed: Listed = {}
    # What cannot be opened is told where the result is written; the rows to mend come all the same.
    if report.book is not None and isinstance(package, SourceBook):
        rows = {sheet.name: sheet.rows for sheet in report.book.sheets}
        listed = choices(package, list(rows), rows.get)
    return corrigir(report, listed)


def _wrong_cells(report: FileReport) -> Mapping[str, set[str]]:
    """The cells that are still to be mended or confirmed, by sheet."""
    wrong: dict[str, set[str]] = defaultdict(set)
    for problem in report.problems:
        at_cell = problem.planilha and problem.row and problem.column
        if at_cell and problem.severity is not Severity.INFO:
            wrong[sheet_of_table(problem.planilha or "")].add(f"{problem.column}{problem.row}")
    return wrong


def workbook_to_fix(folhas: Sequence[NewSheet]) -> bytes:
    """The workbook to mend as bytes."""
    buffer = io.BytesIO()
    new_book(folhas, buffer, sinal=TO_MEND)
    return buffer.getvalue()


def _with_cells(report: FileReport, cells: ReadCells | None) -> FileReport:
    gone = report.book is not None and not report.book.sheets
    return replace(report, book=cells()) if gone and cells else report


def _result(
    report: FileReport, package: Package, facts: BookFacts, cells: ReadCells | None
) -> tuple[bytes, str, tuple[str, ...]]:
    """The result, the suffix Excel wants of it, and what is to be said of how it was made."""
    buffer = io.BytesIO()
    avisos: tuple[str, ...] = ()
    if isinstance(package, SourceBook):
        try:
            if is_marked(package.workbook, TO_MEND):
                package = unpainted(package, _wrong_cells(report))
            if package.signed:
                avisos = (_notice("livro-assinatura-retirada", report.arquivo),)
            facts, names = replace(facts, avisos=avisos), package.sheet_names
            add_sheets(package, new_sheets(report, names, facts, beside(names)), buffer)
            return buffer.getvalue(), ".xlsm" if package.has_macros else ".xlsx", avisos
        except CannotCarry as reason:
            package, buffer = reason, io.BytesIO()
    if package is not None:
        avisos = (_notice(package.code, report.arquivo, **package.details),)
        report = _with_cells(report, cells)
    read, names, cell = rows_as_read(report.book)
    folhas = new_sheets(report, names, replace(facts, avisos=avisos), cell)
    new_book([*read, *folhas], buffer, aberta=len(read))
    return buffer.getvalue(), ".xlsx", avisos


def _notice(code: str, arquivo: str, **details: str) -> str:
    return message(Problem(code, Severity.AVISO, arquivo, details=details))


class _Shelf:
    """The folder `saida/`: what is the same is left alone, what the user edited is kept."""

    def __init__(
        self, folder: Path, recorded: Mapping[str, str], ours: Callable[[str], bool]
    ) -> None:
        self._folder = folder
        self._recorded = recorded
        self._ours = ours
        self.notices: list[str] = []
        self.sha256: dict[str, str] = {}

    def put(self, name: str, content: bytes) -> Path:
        """The file `name` with `content`, or its neighbour where another program holds it."""
        path = self._folder / name
        self.sha256[name] = hashlib.sha256(content).hexdigest()
        if path.is_file():
            present = path.read_bytes()
            if present == content:
                return path
            if self._is_edited(name, present):
                self._aside(path, "editado em", "livro-editado")
        written = write_bytes(path, content)
        if written != path:
            self.notices.append(_notice("livro-aberto", name, novo=written.name))
        return written

    def keep(self, name: str, content: bytes) -> None:
        """Put the file last written as `name` aside, where it is still there and is another."""
        path = self._folder / name
        if path.is_file():
            present = path.read_bytes()
            known = self._recorded.get(name) == hashlib.sha256(present).hexdigest()
            if known and present != content:
                self._aside(path, "de", "livro-anterior")

    def _aside(self, path: Path, why: str, code: str) -> None:
        aside = set_aside(path, why)
        if aside is not None:
            self.notices.append(_notice(code, path.name, guardado=aside.name))

    def clear(self, name: str) -> None:
        """Remove a file written by an earlier run that has no reason to be any more."""
        path = self._folder / name
        if not path.is_file() or self._is_edited(name, path.read_bytes()):
            return
        try:
            path.unlink()
        except PermissionError:
            return
        self.notices.append(_notice("livro-corrigir-resolvido", name))

    def _is_edited(self, name: str, present: bytes) -> bool:
        sha256 = hashlib.sha256(present).hexdigest()
        if sha256 == self._recorded.get(name):
            return False
        # Written by a run that ended before recording it, or in another ambiente: our own hand is
        # proof enough. An import file bears no sign of it.
        return not is_untouched(present) and not self._ours(sha256)


def output_stems(arquivos: Sequence[str]) -> dict[str, str]:
    """What each file of `entrada/` is called in `saida/`, given all of them.

    `notas.xlsx` gives `notas`; a `notas.csv` beside it gives `notas_csv`, so that neither result
    replaces the other.
    """

    def rank(arquivo: str) -> tuple[int, str]:
        kind = PurePosixPath(arquivo).suffix[1:].lower()
        known = kind in _BY_PREFERENCE
        return (_BY_PREFERENCE.index(kind) if known else len(_BY_PREFERENCE), arquivo)

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
