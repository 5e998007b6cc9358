"""Sheets added to a workbook package: every part not named here passes byte for byte."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from lxml import etree

from converter.workbook import chart, comments, sheet, styles
from converter.workbook.archive import ArchiveWriter
from converter.workbook.cells import Looks
from converter.workbook.dialect import Dialect, child
from converter.workbook.links import Links
from converter.workbook.mark import RESULT, mark
from converter.workbook.naming import sheet_names
from converter.workbook.new_sheet import NewSheet
from converter.workbook.relations import (
    add_relation,
    empty_relations,
    relations_name,
    relative,
    serialize,
)
from converter.workbook.source import TYPES_NAME, SourceBook, empty_source, open_source

WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
SHAPES = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def add_sheets(source: bytes | SourceBook, folhas: Sequence[NewSheet], target: BinaryIO) -> None:
    """Write `source` with `folhas` behind its own sheets; links must already name the sheets.

    Changed are only the workbook part, its relationships, the content types, the styles (by
    appending) and `docProps/app.xml`; a package signature, which would no longer be true, goes.

    Raises:
        CannotCarry: The package is damaged or dangerous; nothing was written.
    """
    book = source if isinstance(source, SourceBook) else open_source(source)
    _write(book, folhas, target, selected=None)


def new_book(
    folhas: Sequence[NewSheet], target: BinaryIO, *, aberta: int = 0, sinal: str = RESULT
) -> None:
    """Write a book of `folhas` alone; it opens on the sheet with index `aberta`.

    `sinal` is the mark by which it is known when it comes back, see `mark`.
    """
    _write(empty_source(aberta), folhas, target, selected=aberta, sign=sinal)


def _write(
    source: SourceBook,
    folhas: Sequence[NewSheet],
    target: BinaryIO,
    *,
    selected: int | None,
    sign: str = RESULT,
) -> None:
    edit = _Edit(source)
    sheets = edit.prepare(folhas)
    mark(source.workbook, sign)
    archive = ArchiveWriter(target)
    for name, root in edit.replaced.items():
        archive.add(name, [serialize(root)])
    for entry in source.kept():
        if entry.name not in edit.replaced:
            archive.copy(entry)
    for index, one in enumerate(sheets):
        edit.write_sheet(archive, one, selected=index == selected)
    archive.close()


class _Sheet(NamedTuple):
    """A new sheet, its part, and those of its chart and its notes where it has them."""

    folha: NewSheet
    part: str
    drawing: str
    chart: str
    comments: str
    shapes: str


@dataclass(slots=True)
class _Edit:
    """One book being extended: the parts that change, and names for the new ones."""

    source: SourceBook
    replaced: dict[str, etree._Element] = field(default_factory=dict)
    _styles: Mapping[str, int] = field(default_factory=dict)

    def prepare(self, folhas: Sequence[NewSheet]) -> list[_Sheet]:
        """Decide every part name and change every part that must name a new one."""
        source, dialect = self.source, self.source.dialect
        # First in the archive: tools that guess a file's kind look only at its beginning.
        self.replaced[TYPES_NAME] = source.content_types
        self.replaced[source.workbook_name] = source.workbook
        self.replaced[source.relations_name] = source.relations
        source.remove_signatures(self.replaced)
        self._prepare_styles(folhas, dialect)
        first = source.sheet_count
        names = sheet_names([folha.nome for folha in folhas], source.sheet_names)
        if names != [folha.nome for folha in folhas]:
            raise ValueError("sheet names must be settled before the links that use them")
        made = []
        for folha in folhas:
            part = self._new_part("xl/worksheets/sheet", WORKSHEET)
            kind, target = dialect.relation("worksheet"), relative(source.workbook_name, part)
            identity = add_relation(source.relations, kind, target)
            source.add_sheet(folha.nome, identity, hidden=folha.oculta)
            made.append(_Sheet(folha, part, *self._beside(folha)))
        source.add_names(_print_names(folhas, first))
        source.count_sheets([folha.nome for folha in folhas], self.replaced)
        return made

    def _beside(self, folha: NewSheet) -> tuple[str, str, str, str]:
        """The parts of the chart and of the notes of a sheet, "" for those it has not."""
        drawing = chart_part = comments = shapes = ""
        if folha.grafico:
            drawing = self._new_part("xl/drawings/drawing", DRAWING)
            chart_part = self._new_part("xl/charts/chart", CHART)
        if folha.notas:
            comments = self._new_part("xl/comments", COMMENTS)
            shapes = self._new_part("xl/drawings/vmlDrawing", SHAPES, extension="vml")
        return drawing, chart_part, comments, shapes

    def write_sheet(self, archive: ArchiveWriter, one: _Sheet, *, selected: bool) -> None:
        """Stream a sheet and the parts that belong to it."""
        folha, part, dialect = one.folha, one.part, self.source.dialect
        links, looks = Links(), Looks(self._styles, self.source.from_1904)
        archive.add(part, sheet.stream(folha, dialect, looks, links, selected=selected))
        relations = empty_relations()
        for address, identity in links.outside.items():
            kind = dialect.relation("hyperlink")
            add_relation(relations, kind, address, outside=True, identity=identity)
        if folha.grafico:
            kind, target = dialect.relation("drawing"), relative(part, one.drawing)
            add_relation(relations, kind, target, identity=sheet.DRAWING_ID)
            inner = empty_relations()
            kind, target = dialect.relation("chart"), relative(one.drawing, one.chart)
            identity = add_relation(inner, kind, target)
            archive.add(one.drawing, [chart.drawing(folha.grafico, dialect, identity)])
            archive.add(relations_name(one.drawing), [serialize(inner)])
            archive.add(one.chart, [chart.chart(folha.grafico, folha.nome, dialect)])
        if folha.notas:
            kind, target = dialect.relation("vmlDrawing"), relative(part, one.shapes)
            add_relation(relations, kind, target, identity=sheet.NOTES_ID)
            add_relation(relations, dialect.relation("comments"), relative(part, one.comments))
            archive.add(one.comments, [comments.comments(folha.notas, dialect)])
            archive.add(one.shapes, [comments.shapes(folha.notas)])
        if len(relations):
            archive.add(relations_name(part), [serialize(relations)])

    def _prepare_styles(self, folhas: Sequence[NewSheet], dialect: Dialect) -> None:
        name, root = self.source.styles()
        if root is None:
            name = self._new_part("xl/styles", STYLES, numbered=False)
            root = styles.fresh(dialect.main)
            add_relation(
                self.source.relations,
                dialect.relation("styles"),
                relative(self.source.workbook_name, name),
            )
        self._styles = styles.append(root, _used_styles(folhas))
        self.replaced[name] = root

    def _new_part(
        self, stem: str, content_type: str, *, numbered: bool = True, extension: str = "xml"
    ) -> str:
        number = 1
        name = f"{stem}{number}.{extension}" if numbered else f"{stem}.{extension}"
        while self.source.has(name):
            number += 1
            name = f"{stem}{number}.{extension}"
        self.source.taken.add(name.casefold())
        child(self.source.content_types, "Override", PartName=f"/{name}", ContentType=content_type)
        return name


def _used_styles(folhas: Sequence[NewSheet]) -> list[str]:
    used: dict[str, None] = {}
    for folha in folhas:
        for row in folha.topo:
            used.update((cell.estilo, None) for cell in row.celulas if cell)
        for column in folha.colunas:
            used |= {column.estilo: None, column.estilo_titulo: None}
            used |= dict.fromkeys(filter(None, column.estilos or ()))
    return list(used)


def _print_names(folhas: Sequence[NewSheet], first: int) -> list[tuple[str, int, str, bool]]:
    """Defined names of the sheets: the filtered range and the header repeated on paper."""
    names = []
    for index, folha in enumerate(folhas, first):
        if not (folha.colunas and folha.com_titulo):
            continue
        quoted = "'" + folha.nome.replace("'", "''") + "'"
        if folha.tem_filtro:
            start, _, end = sheet.filter_range(folha).partition(":")
            area = f"{quoted}!{_absolute(start)}:{_absolute(end)}"
            names.append(("_xlnm._FilterDatabase", index, area, True))
        row = folha.linha_do_titulo
        names.append(("_xlnm.Print_Titles", index, f"{quoted}!${row}:${row}", False))
    return names


def _absolute(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"
