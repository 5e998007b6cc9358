"""Sheets added to a workbook package: every part not named here passes byte for byte."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from lxml import etree

from converter.workbook import chart, notes, sheet, styles
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
from converter.workbook.skeleton import skeleton
from converter.workbook.source import TYPES_NAME, Source, open_source

WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
SHAPES = "application/vnd.openxmlformats-officedocument.vmlDrawing"


def add_sheets(source: bytes | Source, folhas: Sequence[NewSheet], target: BinaryIO) -> None:
    """Write `source` with `folhas` behind its own sheets; links must already name the sheets.

    Changed are only the workbook part, its relationships, the content types, the styles (by
    appending) and `docProps/app.xml`; a package signature, which would no longer be true, goes.

    Raises:
        CannotCarry: The package is damaged or dangerous; nothing was written.
    """
    book = source if isinstance(source, Source) else open_source(source)
    _write(book, folhas, target, selected=None)


def new_book(
    folhas: Sequence[NewSheet], target: BinaryIO, *, aberta: int = 0, sinal: str = RESULT
) -> None:
    """Write a book of `folhas` alone; it opens on the sheet with index `aberta`.

    `sinal` is the mark by which it is known when it comes back, see `mark`.
    """
    _write(skeleton(aberta), folhas, target, selected=aberta, sign=sinal)


def _write(
    source: Source,
    folhas: Sequence[NewSheet],
    target: BinaryIO,
    *,
    selected: int | None,
    sign: str = RESULT,
) -> None:
    edit = _Edit(source)
    edit.prepare(folhas)
    mark(source.workbook, sign)
    archive = ArchiveWriter(target)
    for name, root in edit.replaced.items():
        archive.add(name, [serialize(root)])
    for entry in source.kept():
        if entry.name not in edit.replaced:
            archive.copy(entry)
    for index, folha in enumerate(folhas):
        edit.write_sheet(archive, folha, selected=index == selected)
    archive.close()


@dataclass(slots=True)
class _Edit:
    """One book being extended: the parts that change, and names for the new ones."""

    source: Source
    replaced: dict[str, etree._Element] = field(default_factory=dict)
    _styles: Mapping[str, int] = field(default_factory=dict)
    _parts: list[str] = field(default_factory=list)
    _graphics: dict[str, tuple[str, str]] = field(default_factory=dict)
    _notes: dict[str, tuple[str, str]] = field(default_factory=dict)

    def prepare(self, folhas: Sequence[NewSheet]) -> None:
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
        for folha in folhas:
            part = self._new_part("xl/worksheets/sheet", WORKSHEET)
            self._parts.append(part)
            identity = add_relation(
                source.relations,
                dialect.relation("worksheet"),
                relative(source.workbook_name, part),
            )
            source.add_sheet(folha.nome, identity, hidden=folha.oculta)
            if folha.grafico:
                self._graphics[part] = (
                    self._new_part("xl/drawings/drawing", DRAWING),
                    self._new_part("xl/charts/chart", CHART),
                )
            if folha.notas:
                self._notes[part] = (
                    self._new_part("xl/comments", COMMENTS),
                    self._new_part("xl/drawings/vmlDrawing", SHAPES, extension="vml"),
                )
        source.add_names(_print_names(folhas, first))
        source.count_sheets([folha.nome for folha in folhas], self.replaced)

    def write_sheet(self, archive: ArchiveWriter, folha: NewSheet, *, selected: bool) -> None:
        """Stream the next sheet and the parts that belong to it."""
        part = self._parts.pop(0)
        graphics, noted = self._graphics.get(part), self._notes.get(part)
        links = Links()
        dialect = self.source.dialect
        looks = Looks(self._styles, self.source.from_1904)
        archive.add(part, sheet.stream(folha, dialect, looks, links, selected=selected))
        relations = empty_relations()
        for address, identity in links.outside.items():
            kind = dialect.relation("hyperlink")
            add_relation(relations, kind, address, outside=True, identity=identity)
        if graphics and folha.grafico:
            drawing, chart_part = graphics
            kind = dialect.relation("drawing")
            add_relation(relations, kind, relative(part, drawing), identity=sheet.DRAWING_ID)
            inner = empty_relations()
            identity = add_relation(inner, dialect.relation("chart"), relative(drawing, chart_part))
            archive.add(drawing, [chart.drawing(folha.grafico, dialect, identity)])
            archive.add(relations_name(drawing), [serialize(inner)])
            archive.add(chart_part, [chart.chart(folha.grafico, folha.nome, dialect)])
        if noted:
            comments_part, shapes_part = noted
            kind = dialect.relation("vmlDrawing")
            add_relation(relations, kind, relative(part, shapes_part), identity=sheet.NOTES_ID)
            add_relation(relations, dialect.relation("comments"), relative(part, comments_part))
            archive.add(comments_part, [notes.comments(folha.notas, dialect)])
            archive.add(shapes_part, [notes.shapes(folha.notas)])
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
