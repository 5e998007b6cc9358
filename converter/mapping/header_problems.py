"""What is wrong with a header, once per sheet, and why a sheet was passed over."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from converter.mapping.date_questions import DAYS
from converter.mapping.forms import Form
from converter.mapping.header import HeaderCell
from converter.mapping.match import Fit, nearest
from converter.mapping.questions import quoted
from converter.mapping.resolve import CNPJ
from converter.mapping.sense import VALOR
from converter.mapping.spec import Mappings
from converter.mapping.survey import SheetKind, SheetSurvey
from converter.mapping.template import LISTS_SHEET, MARKER_SHEET
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import Assumption, MappedField, RawBook, SourceColumn
from converter.model.problems import Problem, Severity
from converter.schemas.catalogue import FIELDS, Field, Requirement, label_of


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A row of a sheet, where problems of its columns point."""

    arquivo: str
    planilha: str
    row: int

    def problem(
        self,
        code: str,
        severity: Severity,
        path: str | None = None,
        column: SourceColumn | None = None,
        **details: str,
    ) -> Problem:
        """A problem of the header of `column`, None where it is about none of them."""
        return Problem(
            code,
            severity,
            self.arquivo,
            self.planilha,
            self.row,
            column.letter if column else None,
            column.header if column else None,
            path,
            column.header if column else None,
            details,
        )


def skipped_sheet(one: SheetSurvey) -> Assumption | None:
    """The word said of a sheet that was not converted; our own marker sheet needs none."""
    if one.kind in (SheetKind.NOTAS, SheetKind.FICHA) or one.sheet.name in (
        MARKER_SHEET,
        LISTS_SHEET,
    ):
        return None
    return Assumption(one.kind.value, {"planilha": one.sheet.name})


def form_problem(arquivo: str, planilha: str, form: Form) -> Problem:
    """That a sheet is a form, or a form with a table, at the label of its customer."""
    column = SourceColumn(form.letter, form.label)
    place = HeaderRow(arquivo, planilha, form.row)
    return place.problem("aba-de-fichas", Severity.ERRO, None, column, textos=quoted(form.texts))


def header_problems(
    arquivo: str, one: SheetSurvey, fields: Mapping[str, MappedField], count: int
) -> Iterator[Problem]:
    """Everything wrong with the header of one sheet of notes, `count` rows long."""
    fit = one.fit
    place = HeaderRow(arquivo, one.sheet.name, fit.header.row)
    if len(one.chosen) > 1:
        names = " e ".join(f"“{laid.mapping.name}”" for laid in one.chosen)
        yield place.problem("mapeamento-ambiguo", Severity.ERRO, mapeamentos=names)
    if fit.mapping.draft:
        file = fit.mapping.file.name if fit.mapping.file else fit.mapping.name
        yield place.problem("mapeamento-rascunho", Severity.ERRO, mapeamento=file)
    yield from _disputed(fit, place)
    asked = {path for each in one.decisions.values() for path in each.suggestions}
    left = _unread(one)
    if len(one.chosen) == 1:
        yield from _missing(fit, place, {*fields, *fit.duplicates, *asked}, left)
    yield from _resembling(fit, place, left)
    if count == 0:
        yield place.problem("planilha-sem-linhas", Severity.AVISO)


def _unread(one: SheetSurvey) -> list[HeaderCell]:
    """The ignored columns of which nothing is known, header or values."""
    read = {index for index, each in one.decisions.items() if each.why != "desconhecida"}
    return [cell for cell in one.fit.ignored if cell.index not in read]


def _disputed(fit: Fit, place: HeaderRow) -> Iterator[Problem]:
    """Fields that several columns claim, each with the columns."""
    for path, cells in fit.duplicates.items():
        columns = " e ".join(f"{cell.column.letter} (“{cell.column.header}”)" for cell in cells)
        yield place.problem(
            "coluna-duplicada",
            Severity.ERRO,
            path,
            cells[1].column,
            rotulo=label_of(path),
            colunas=columns,
        )


def _missing(
    fit: Fit, place: HeaderRow, there: Collection[str], left: list[HeaderCell]
) -> Iterator[Problem]:
    """Fields that every note needs and no column fills; what is proposed is `left` no more."""
    for field in FIELDS:
        if field.required is not Requirement.SEMPRE or field.path in there:
            continue
        if field.path == CNPJ:
            yield place.problem("prestador-indefinido", Severity.ERRO, CNPJ)
            continue
        cell = nearest(_spellings(field, fit), left)
        code, column = "coluna-ausente", None
        where = vocabulary().sentences["cada_nota" if field.kind in DAYS else "uma_vez"]
        more = {"rotulo": field.label, "onde": where.format(mapeamento=fit.mapping.name)}
        if cell is not None:
            left.remove(cell)
            code, column = "coluna-ausente-parecida", cell.column
            more = {"rotulo": field.label}
        yield place.problem(code, Severity.ERRO, field.path, column, **more)


def no_sheet_problems(
    book: RawBook, surveyed: Sequence[SheetSurvey], mappings: Mappings, choice: str | None
) -> Iterator[Problem]:
    """Nothing to convert in the whole book: say what came nearest."""
    if choice is not None and mappings.named(choice) is None:
        names = ", ".join(mappings.names)
        details = {"mapeamento": choice, "mapeamentos": names}
        yield Problem("mapeamento-desconhecido", Severity.ERRO, book.arquivo, details=details)
        return
    if any(one.kind is SheetKind.FICHA for one in surveyed):
        return
    seen = [one for one in surveyed if one.kind is SheetKind.SEM_CABECALHO]
    if not seen:
        yield Problem("sem-aba-de-notas", Severity.ERRO, book.arquivo)
    for one in seen:
        yield _unrecognised(book.arquivo, one)


def _unrecognised(arquivo: str, one: SheetSurvey) -> Problem:
    """A sheet without a header, with the headers that came nearest to one."""
    fit = one.fits[0] if one.fits else None
    sources = fit.sources.values() if fit else ()
    known = ", ".join(f"“{source.column.header}”" for source in sources)
    return Problem(
        "cabecalho-nao-reconhecido",
        Severity.ERRO,
        arquivo,
        one.sheet.name,
        fit.header.row if fit else None,
        field=VALOR,
        details={"reconhecidos": known or "nenhuma"},
    )


def _resembling(fit: Fit, place: HeaderRow, left: list[HeaderCell]) -> Iterator[Problem]:
    """Columns left whose header nearly says a field that has none."""
    for field in FIELDS:
        if field.path in fit.paths or field.required is Requirement.SEMPRE:
            continue
        cell = nearest(_spellings(field, fit), left)
        if cell is not None:
            left.remove(cell)
            yield place.problem(
                "coluna-parecida", Severity.AVISO, field.path, cell.column, rotulo=field.label
            )


def _spellings(field: Field, fit: Fit) -> tuple[str, ...]:
    spec = fit.mapping.columns.get(field.path)
    return spec.headers if spec is not None and spec.headers else (field.label,)
