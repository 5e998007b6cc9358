"""`<nome>_corrigir.xlsx`: the rows that wait for the user, in the user's own columns."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from converter.model.address import column_of, letters_of
from converter.model.cells import Fault, MappedSheet, RawSheet, RawValue
from converter.model.columns import ABOUT_NEIGHBOURS
from converter.model.origem import Origem
from converter.model.problems import Problem, Severity
from converter.model.report import FileReport
from converter.sheets.colunas import colunas
from converter.sheets.lida import read_column
from converter.sheets.perguntas import perguntas
from converter.texts import catalogue, folhas
from converter.texts.sentences import sentence
from converter.workbook.naming import sheet_names
from converter.workbook.new_sheet import Escolha, NewColumn, NewSheet, place
from converter.workbook.notes import MAX_NOTES
from converter.workbook.origin import HEADER, LISTS, ROW_NOTES, written

Listed = Mapping[tuple[str, int], Sequence[str]]
"""The drop-down lists of the source by sheet and column (A is 1)."""
ADDRESS = "tomador.endereco."
ADDRESS_ASKED = tuple(
    ADDRESS + name for name in ("logradouro", "numero", "bairro", "nome_municipio", "uf", "cep")
)
CITY, CNPJ_DIGITS = f"{ADDRESS}nome_municipio", 14
_AGAIN = re.compile(r"_corrigir(?:_([2-9]|[1-9]\d{1,3}))?_corrigir\.xlsx\Z")
_HEADER = "titulo"
_WRONG_HEADER = "lidoquebra"
_BLANK = "lidotexto"
MOST_COLUMNS = column_of("XFD")
_SUFFIXES = {Severity.ERRO: "erro", Severity.AVISO: "aviso"}


def numbered(name: str) -> str:
    """A name made as `<source>_corrigir.xlsx`, without saying `_corrigir` twice.

    What is still wrong in `notas_corrigir.xlsx` comes in `notas_corrigir_2.xlsx`, then `_3`: the
    one the user is mending, wherever it lies, is never written over, and no name is given twice.
    """
    return _AGAIN.sub(lambda found: f"_corrigir_{int(found[1] or 1) + 1}.xlsx", name)


def corrigir(
    report: FileReport, labels: Mapping[str, str], listed: Listed | None = None
) -> list[NewSheet]:
    """One sheet for each source sheet with rows that wait, then `Perguntas` and `Colunas`.

    None where nothing waits and nothing is asked. `labels` are the catalogue's by API path.
    """
    if report.book is None or not (report.to_fix or report.asked):
        return []
    waiting: dict[str, list[int]] = defaultdict(list)
    for planilha, row in report.to_fix:
        waiting[planilha].append(row)
    mapped = {sheet.planilha: sheet for sheet in report.sheets}
    for sheet in report.sheets:
        if any(each.codigo in ABOUT_NEIGHBOURS for each in sheet.row_questions):
            waiting[sheet.planilha] = list(sheet.rows)
    raw = {sheet.name: sheet for sheet in report.book.sheets}
    chosen = [name for name in raw if name in waiting and name in mapped]
    names = sheet_names([*chosen, "Perguntas", "Colunas"], [LISTS])
    lists = _Lists(listed or {})
    books = [
        WaitingRows(report, raw[planilha], mapped[planilha], sorted(waiting[planilha]), labels)
        for planilha in chosen
    ]
    notes = [one.drawn(name, lists) for one, name in zip(books, names, strict=False)]
    rows = {
        (one.raw.name, row): (place(name, f"A{at + 1}"), at + 1)
        for one, name in zip(books, names, strict=False)
        for row, at in one.place.items()
    }
    asked = perguntas(
        report,
        names[-2],
        lambda planilha, row: rows.get((planilha, row), (None, row)),
        sentence("folhas.perguntas-ajuda"),
    )
    understood = colunas(report, names[-1], labels, sentence("folhas.colunas-responda"))
    return [*notes, *filter(None, [asked, understood]), *lists.drawn()]


class _Lists:
    """The drop-down lists of the source, each once in a hidden sheet."""

    def __init__(self, listed: Listed) -> None:
        self._listed = listed
        self._columns: dict[tuple[str, ...], str] = {}

    def of(self, planilha: str, header: int, last: int, columns: int) -> Iterator[Escolha]:
        """The drop-downs of a sheet's rows below `header`."""
        for (name, column), values in self._listed.items():
            if name != planilha or column > columns or last <= header:
                continue
            letter = self._columns.setdefault(tuple(values), letters_of(len(self._columns) + 1))
            source = place(LISTS, f"${letter}$1:${letter}${len(values)}")
            yield Escolha(f"{letters_of(column)}{header + 1}:{letters_of(column)}{last}", source)

    def drawn(self) -> list[NewSheet]:
        """The hidden sheet, none where no list is in use."""
        longest = max(map(len, self._columns), default=0)
        columns = tuple(
            NewColumn("", [*values, *[None] * (longest - len(values))], _BLANK, 20)
            for values in self._columns
        )
        plain = NewSheet(
            LISTS, colunas=columns, com_titulo=False, congelar=False, filtro=False, oculta=True
        )
        return [plain] if columns else []


@dataclass(slots=True)
class WaitingRows:
    """The rows of one source sheet that wait, as they stood, with what is wrong at its cell."""

    report: FileReport
    raw: RawSheet
    mapped: MappedSheet
    rows: Sequence[int]
    labels: Mapping[str, str]
    place: dict[int, int] = field(default_factory=dict)
    _notes: dict[tuple[int, int], str] = field(default_factory=dict)
    _companies: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        rows = self.report.rows
        self._companies = frozenset(
            row
            for planilha, row, document in zip(rows.planilha, rows.row, rows.documento, strict=True)
            if planilha == self.raw.name and document and len(document) == CNPJ_DIGITS
        )
        kept = [*range(1, self.mapped.header_row + 1), *self.rows]
        self.place = {row: index for index, row in enumerate(kept)}

    def drawn(self, name: str, lists: _Lists) -> NewSheet:
        """The rows down to the header, those that wait, and where they were."""
        header = self.mapped.header_row
        table = list(_unmerged(self.raw, self.place, header))
        columns = [
            _headed(read_column(list(map(_without_fault, values))), header)
            for values in zip_longest(*table)
        ]
        lasting = len(columns)
        columns += [self._missing(path) for path in self.missing_fields()]
        columns = self._marked(columns, lasting)
        columns += self._of_whole_rows()
        banner = folhas.BANNERS.get(self.report.ambiente, "")
        help_text = f"{banner}\n{sentence('folhas.corrigir-ajuda')}".strip()
        first = (header - 1, 0)
        said = self._notes.get(first)
        self._notes[first] = f"{said}\n\n{help_text}" if said else help_text
        # A table as wide as Excel's own leaves no room for columns of ours.
        shown = (*columns, NewColumn("", self._origins(), _BLANK, 12))[:MOST_COLUMNS]
        return NewSheet(
            nome=name,
            colunas=shown,
            com_titulo=False,
            filtro=False,
            mostrar_grade=True,
            linhas_fixas=header,
            ocultas=frozenset({len(columns)} & {*range(len(shown))}),
            no_papel=banner,
            notas=dict(sorted(self._notes.items())[:MAX_NOTES]),
            tab_color="D64545",
            escolhas=tuple(lists.of(self.raw.name, header, len(self.place), lasting)),
        )

    def _origins(self) -> list[str | None]:
        header = self.mapped.header_row
        waits: dict[int, list[str]] = defaultdict(list)
        for question in self.mapped.row_questions:
            for row in question.linhas:
                waits[row].append(question.key)
        own = (self.report.arquivo, self.report.sha256, self.raw.name)
        return [
            *[None] * (header - 1),
            HEADER,
            *(written(Origem(*own, row, tuple(waits.get(row, ())))) for row in self.rows),
        ]

    def _problems(self) -> Iterator[Problem]:
        for problem in self.report.problems:
            if problem.planilha == self.mapped.planilha and problem.severity in _SUFFIXES:
                yield problem

    def missing_fields(self) -> list[str]:
        """Fields an error speaks of that no column could be, asked ones included."""
        maybe = {path for each in self.mapped.columns for path in each.sugestoes}
        wanted = {
            problem.field: None
            for problem in self._problems()
            if problem.column is None
            and problem.severity is Severity.ERRO
            and (problem.row or self.mapped.header_row) in self.place
            and problem.field in self.labels
            and problem.field not in maybe
        }
        likeliest = {path for each in self.mapped.columns for path in each.sugestoes[:1]}
        return [*(path for path in wanted if path), *self._address(likeliest)]

    def _address(self, maybe: Collection[str]) -> tuple[str, ...]:
        """What is missing of the address of customers that are companies.

        Nearly every city wants it: asked for now, it does not cost another round.
        """
        known = {*maybe, *self.mapped.fields, *filter(None, (c.campo for c in self.mapped.columns))}
        if ADDRESS_ASKED[0] in known or not self._companies.intersection(self.rows):
            return ()
        city = f"{ADDRESS}codigo_municipio" in known
        return tuple(
            path
            for path in ADDRESS_ASKED
            if path in self.labels and path not in known and not (city and path == CITY)
        )

    def _missing(self, path: str) -> NewColumn:
        """An empty column under the right header, red where its rows lack it."""
        header = self.mapped.header_row
        about = [one for one in self._problems() if one.field == path and one.column is None]
        whole = any((one.row or header) <= header for one in about)
        wrong = {one.row for one in about}
        styles: list[str | None] = [None] * (header - 1)
        styles.append(f"{_WRONG_HEADER}-erro" if whole else _HEADER)
        wished = self._companies if path in ADDRESS_ASKED else frozenset()
        styles += [
            f"{_BLANK}-erro"
            if whole or row in wrong
            else f"{_BLANK}-aviso"
            if row in wished
            else None
            for row in self.rows
        ]
        values = [*[None] * (header - 1), self.labels[path], *[None] * len(self.rows)]
        return NewColumn(path, values, _BLANK, 24, estilos=styles)

    def _marked(self, columns: Sequence[NewColumn], lasting: int) -> list[NewColumn]:
        """The columns with the cells at fault coloured; the notes that go on them are kept."""
        added = {column.titulo: lasting + at for at, column in enumerate(columns[lasting:])}
        styles = [list(column.estilos or [None] * len(column.valores)) for column in columns]
        for (row, column), problems in self._at_cells(added, lasting).items():
            base = styles[column][row] or columns[column].estilo
            if column >= lasting:
                pass
            elif base != _HEADER:
                styles[column][row] = f"{base}-{_worst(problems)}"
            elif any(problem.column for problem in problems):
                # What is missing from a whole sheet is the fault of none of its headers.
                styles[column][row] = f"{_WRONG_HEADER}-{_worst(problems)}"
            self._notes[row, column] = "\n\n".join(_explained(problems))
        for path, column in added.items():
            told = (self.mapped.header_row - 1, column)
            if path in ADDRESS_ASKED and told not in self._notes:
                self._notes[told] = sentence("folhas.endereco-pedido")
        return [
            replace(column, titulo="", estilos=style)
            for column, style in zip(columns, styles, strict=True)
        ]

    def _at_cells(
        self, added: Mapping[str, int], columns: int
    ) -> Mapping[tuple[int, int], list[Problem]]:
        """The problems of each cell of the new sheet; one of the whole sheet is at its corner."""
        cells: dict[tuple[int, int], list[Problem]] = defaultdict(list)
        top = self.mapped.header_row
        for problem in self._problems():
            row = self.place.get(problem.row or top)
            column = (
                column_of(problem.column) - 1
                if problem.column
                else added.get(
                    problem.field or "", 0 if (problem.row or top) <= top else columns + len(added)
                )
            )
            if row is not None and column < columns + len(added):
                cells[row, column].append(problem)
        return cells

    def _of_whole_rows(self) -> list[NewColumn]:
        """What is wrong with a row and with none of its cells, in words beside it."""
        added = self.missing_fields()
        said: dict[int, list[Problem]] = defaultdict(list)
        for problem in self._problems():
            below = problem.row is not None and problem.row > self.mapped.header_row
            if below and problem.row and not problem.column and problem.field not in added:
                said[problem.row].append(problem)
        if not any(row in said for row in self.rows):
            return []
        header = self.mapped.header_row
        texts = ["\n".join(_explained(said[row])) if row in said else None for row in self.rows]
        styles = [f"{_WRONG_HEADER}-{_worst(said[row])}" if row in said else None
                  for row in self.rows]  # fmt: skip
        return [
            NewColumn(
                "",
                [*[None] * (header - 1), ROW_NOTES, *texts],
                _WRONG_HEADER,
                60,
                estilos=[*[None] * (header - 1), _HEADER, *styles],
            )
        ]


def _unmerged(raw: RawSheet, rows: Iterable[int], header: int) -> Iterator[Sequence[RawValue]]:
    """The rows with a merged cell's value in all its cells: rows left out take none with them.

    Of what stands above the table only the headers, and the groups right above them, are filled.
    """
    given: dict[int, dict[int, RawValue]] = defaultdict(dict)
    for top, left, bottom, right in raw.merged:
        if bottom < header - 1 or top > len(raw.rows):
            continue
        first = raw.rows[top - 1]
        value = first[left - 1] if left <= len(first) else None
        # Below the header a merge across columns says nothing of the columns it covers.
        last = right if top <= header else left
        for row in range(top, bottom + 1):
            given[row].update(dict.fromkeys(range(left - 1, last), value))
    for row in rows:
        cells = raw.rows[row - 1] if row <= len(raw.rows) else ()
        own = given.get(row)
        if own:
            width = max(len(cells), *(index + 1 for index in own))
            cells = [own.get(index, _at(cells, index)) for index in range(width)]
        yield cells


def _without_fault(value: RawValue) -> RawValue:
    """A cell to mend that had no value comes empty: its words would be read as one."""
    return None if isinstance(value, Fault) else value


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
