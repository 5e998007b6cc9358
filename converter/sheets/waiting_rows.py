"""The rows of one source sheet that wait for the user, in the user's own columns."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from converter.model.address import column_of
from converter.model.cells import Fault, MappedSheet, RawSheet, RawValue
from converter.model.origem import Origem
from converter.model.problems import Problem, Severity
from converter.model.report import FileReport
from converter.sheets.lida import read_column
from converter.texts import catalogue, folhas
from converter.texts.labels import LABELS, label_of
from converter.texts.sentences import sentence
from converter.workbook.comments import MAX_COMMENTS
from converter.workbook.new_sheet import Escolha, NewColumn, NewSheet
from converter.workbook.origin import HEADER, ROW_NOTES, written

ADDRESS = "tomador.endereco."
ADDRESS_ASKED = tuple(
    ADDRESS + name for name in ("logradouro", "numero", "bairro", "nome_municipio", "uf", "cep")
)
DAY = "data_emissao"
CITY, CNPJ_DIGITS = f"{ADDRESS}nome_municipio", 14
CITY_ASKED = (CITY, f"{ADDRESS}uf")
MOST_COLUMNS = column_of("XFD")
BLANK = "lidotexto"
_NARROWEST = 16
_HEADER = "titulo"
_WRONG_HEADER = "lidoquebra"
_SUFFIXES = {Severity.ERRO: "erro", Severity.AVISO: "aviso"}
Cell = tuple[int, int]
"""Row and column of the new sheet, from 0."""


@dataclass(slots=True)
class WaitingRows:
    """The rows of one source sheet that wait, as they stood, with what is wrong at its cell.

    `place` is where each Excel row of the source stands in the new sheet, from 0; `width` how many
    columns are the source's own, once it is drawn.
    """

    report: FileReport
    raw: RawSheet
    mapped: MappedSheet
    rows: Sequence[int]
    place: dict[int, int] = field(default_factory=dict)
    width: int = 0
    _problems: Sequence[Problem] = ()
    _companies: frozenset[int] = frozenset()
    _added: Sequence[str] = ()

    def __post_init__(self) -> None:
        self._problems = [
            problem
            for problem in self.report.problems
            if problem.planilha == self.mapped.planilha and problem.severity in _SUFFIXES
        ]
        rows = self.report.rows
        self._companies = frozenset(
            row
            for planilha, row, document in zip(rows.planilha, rows.row, rows.documento, strict=True)
            if planilha == self.raw.name and document and len(document) == CNPJ_DIGITS
        )
        kept = [*range(1, self._header + 1), *self.rows]
        self.place = {row: index for index, row in enumerate(kept)}
        self._added = self.missing_fields()

    @property
    def _header(self) -> int:
        return self.mapped.header_row

    def drawn(self, name: str, choices: Callable[[int], Iterable[Escolha]]) -> NewSheet:
        """The rows down to the header, those that wait, and where they were.

        `choices` gives the drop-downs of so many columns.
        """
        table = zip_longest(*_unmerged(self.raw, self.place, self.mapped))
        # A cell to mend that had no value comes empty: its words would be read as one.
        own = [
            read_column([None if isinstance(value, Fault) else value for value in values])
            for values in table
        ]
        self.width = len(own)
        cells = self._at_cells()
        columns = [
            *_painted([_headed(column, self._header) for column in own], cells),
            *map(self._missing, self._added),
            *self._beside(),
        ]
        # A table as wide as Excel's own leaves no room for columns of ours.
        shown = (*columns, NewColumn("", self._origins(), BLANK, 12))[:MOST_COLUMNS]
        banner = folhas.BANNERS.get(self.report.ambiente, "")
        notes = self._notes(cells, banner)
        return NewSheet(
            nome=name,
            colunas=shown,
            com_titulo=False,
            mostrar_grade=True,
            linhas_fixas=self._header,
            ocultas=frozenset({*self._of_other_tables(), len(columns)} & {*range(len(shown))}),
            no_papel=banner,
            notas=dict(sorted(notes.items())[:MAX_COMMENTS]),
            tab_color="D64545",
            escolhas=tuple(choices(self.width)),
        )

    def _of_other_tables(self) -> set[int]:
        """The columns where other tables stand beside this one in the source: blank here."""
        if not self.raw.tables:
            return set()
        first, last = map(column_of, self.raw.tables[self.raw.table].split(":"))
        return {*range(self.width)} - {*range(first - 1, last)}

    def _origins(self) -> list[str | None]:
        waits: dict[int, list[str]] = defaultdict(list)
        for question in self.mapped.row_questions:
            for row in question.linhas:
                waits[row].append(question.key)
        own = (self.report.arquivo, self.report.sha256, self.raw.name)
        return [
            *[None] * (self._header - 1),
            HEADER,
            *(written(Origem(*own, row, tuple(waits.get(row, ())))) for row in self.rows),
        ]

    # -- columns that the source lacks

    def missing_fields(self) -> list[str]:
        """Fields an error speaks of that no column could be, asked ones included."""
        maybe = {path for each in self.mapped.columns for path in each.sugestoes}
        wanted = dict.fromkeys(
            problem.field
            for problem in self._problems
            if self._is_of_no_column(problem) and problem.field not in maybe
        )
        likeliest = {path for each in self.mapped.columns for path in each.sugestoes[:1]}
        # A day that is asked about is often another day: then this one comes by no column.
        day = [DAY] if DAY in likeliest and DAY not in self.mapped.fields else []
        return [*(path for path in wanted if path), *day, *self._address(likeliest)]

    def _is_of_no_column(self, problem: Problem) -> bool:
        """Whether an error of these rows, or of the sheet, is about a field with no column."""
        here = (problem.row or self._header) in self.place
        error = problem.severity is Severity.ERRO
        return here and error and problem.column is None and problem.field in LABELS

    def _address(self, maybe: Collection[str]) -> tuple[str, ...]:
        """What is missing of the address of customers that are companies.

        Nearly every city wants it: asked for now, it does not cost another round.
        """
        known = {*maybe, *self.mapped.fields, *filter(None, (c.campo for c in self.mapped.columns))}
        if ADDRESS_ASKED[0] in maybe or not self._companies.intersection(self.rows):
            return ()
        if f"{ADDRESS}codigo_municipio" in known:
            known.add(CITY)
        wanted = ADDRESS_ASKED
        if ADDRESS_ASKED[0] in known:
            # A street is seldom without its number; many sheets leave out the city they are of.
            wanted = () if CITY in known else CITY_ASKED
        return tuple(path for path in wanted if path not in known)

    def _missing(self, path: str) -> NewColumn:
        """An empty column under the right header, red where its rows lack it."""
        about = [one for one in self._problems if one.field == path and one.column is None]
        whole = any((one.row or self._header) <= self._header for one in about)
        red = {*self.rows} if whole else {one.row for one in about}
        wished = self._companies if path in ADDRESS_ASKED else {*self.rows}
        above: list[str | None] = [None] * (self._header - 1)
        styles = [
            *above,
            f"{_WRONG_HEADER}-erro" if whole else _HEADER,
            *(_style(red=row in red, wished=row in wished) for row in self.rows),
        ]
        label = label_of(path)
        values = [*above, label, *[None] * len(self.rows)]
        return NewColumn("", values, BLANK, max(len(label) + 3, _NARROWEST), estilos=styles)

    # -- what is wrong, at its cell

    def _at_cells(self) -> Mapping[Cell, list[Problem]]:
        """The problems of each cell of the new sheet; one of the whole sheet is at its corner."""
        last = self.width + len(self._added)
        cells: dict[Cell, list[Problem]] = defaultdict(list)
        for problem in self._problems:
            row = self.place.get(problem.row or self._header)
            column = self._column(problem)
            if row is not None and column < last:
                cells[row, column].append(problem)
        return cells

    def _column(self, problem: Problem) -> int:
        """Where a problem is shown; beyond the last column one that is of a row as a whole."""
        if problem.column:
            return column_of(problem.column) - 1
        if problem.field in self._added:
            return self.width + self._added.index(problem.field)
        whole_sheet = (problem.row or self._header) <= self._header
        return 0 if whole_sheet else self.width + len(self._added)

    def _notes(self, cells: Mapping[Cell, Sequence[Problem]], banner: str) -> dict[Cell, str]:
        """What is written on the cells: their problems, and at the corner what to do."""
        notes = {cell: "\n\n".join(_explained(problems)) for cell, problems in cells.items()}
        for at, path in enumerate(self._added):
            key = "folhas.endereco-pedido" if path in ADDRESS_ASKED else "folhas.dia-pedido"
            if path in ADDRESS_ASKED or path == DAY:
                notes.setdefault((self._header - 1, self.width + at), sentence(key))
        corner = (self._header - 1, 0)
        help_text = f"{banner}\n{sentence('folhas.corrigir-ajuda')}".strip()
        told = filter(None, [notes.get(corner), help_text])
        return {**notes, corner: "\n\n".join(told)}

    def _beside(self) -> list[NewColumn]:
        """What is wrong with a row and with none of its cells, in words beside it."""
        problems: dict[int, list[Problem]] = defaultdict(list)
        for problem in self._problems:
            row = problem.row or 0
            of_row = not problem.column and problem.field not in self._added
            if of_row and row > self._header and row in self.place:
                problems[row].append(problem)
        if not problems:
            return []
        texts: list[str | None] = [None] * (self._header - 1)
        styles: list[str | None] = [*texts, _HEADER]
        texts.append(ROW_NOTES)
        for row in self.rows:
            found = problems.get(row)
            texts.append("\n".join(_explained(found)) if found else None)
            styles.append(f"{_WRONG_HEADER}-{_worst(found)}" if found else None)
        return [NewColumn("", texts, _WRONG_HEADER, 60, estilos=styles)]


def _painted(
    columns: Sequence[NewColumn], cells: Mapping[Cell, Sequence[Problem]]
) -> Iterator[NewColumn]:
    """The source's own columns with the cells at fault coloured."""
    styles = [list(column.estilos or [None] * len(column.valores)) for column in columns]
    for (row, column), problems in cells.items():
        if column >= len(columns):
            continue
        base = styles[column][row] or columns[column].estilo
        # What is missing from a whole sheet is the fault of none of its headers.
        if base != _HEADER or any(problem.column for problem in problems):
            base = _WRONG_HEADER if base == _HEADER else base
            styles[column][row] = f"{base}-{_worst(problems)}"
    for own, style in zip(columns, styles, strict=True):
        yield replace(own, titulo="", estilos=style)


def _style(*, red: bool, wished: bool) -> str | None:
    if red:
        return f"{BLANK}-erro"
    return f"{BLANK}-aviso" if wished else None


def _unmerged(
    raw: RawSheet, rows: Iterable[int], mapped: MappedSheet
) -> Iterator[Sequence[RawValue]]:
    """The rows with a merged cell's value in all its cells: rows left out take none with them.

    Nor do they a customer that was said to be theirs and of the row below.
    """
    given = _given(raw, mapped)
    for row in rows:
        cells = raw.rows[row - 1] if row <= len(raw.rows) else ()
        own = given.get(row)
        if own:
            width = max(len(cells), *(index + 1 for index in own))
            cells = [own.get(index, _at(cells, index)) for index in range(width)]
        yield cells


def _given(raw: RawSheet, mapped: MappedSheet) -> Mapping[int, Mapping[int, RawValue]]:
    """What cells take from a merge, or from the row above: by row, then by column from A = 0.

    Of what stands above the table only the headers, and the groups right above them, are filled.
    """
    header = mapped.header_row
    given: dict[int, dict[int, RawValue]] = defaultdict(dict)
    given.update({row: dict(cells) for row, cells in mapped.repeated.items()})
    for top, left, bottom, right in raw.merged:
        if bottom < header - 1 or top > len(raw.rows):
            continue
        first = raw.rows[top - 1]
        value = first[left - 1] if left <= len(first) else None
        # Below the header a merge across columns says nothing of the columns it covers.
        last = right if top <= header else left
        for row in range(top, bottom + 1):
            given[row].update(dict.fromkeys(range(left - 1, last), value))
    return given


def _at(cells: Sequence[RawValue], index: int) -> RawValue:
    return cells[index] if index < len(cells) else None


def _headed(column: NewColumn, header: int) -> NewColumn:
    styles = list(column.estilos or [None] * len(column.valores))
    styles[header - 1] = _HEADER
    return replace(column, estilos=styles, largura=min(max(column.largura, 12), 40))


def _worst(problems: Sequence[Problem]) -> str:
    grave = any(problem.severity is Severity.ERRO for problem in problems)
    return _SUFFIXES[Severity.ERRO if grave else Severity.AVISO]


def _explained(problems: Sequence[Problem]) -> Iterator[str]:
    for problem in problems:
        hint = catalogue.hint(problem)
        told = catalogue.message(problem)
        yield f"{told}\n{sentence('folhas.como-corrigir')}{hint}" if hint else told
