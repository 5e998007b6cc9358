"""Looks over every sheet of a book: which hold notes, under which mapping, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from converter.brazil.headers import fold
from converter.mapping.decisions import Decision
from converter.mapping.forms import form_alone
from converter.mapping.header import Header, find_header, header_at
from converter.mapping.header_words import words_of
from converter.mapping.match import Fit, best, fit
from converter.mapping.rows import Column, below
from converter.mapping.sense import VALOR
from converter.mapping.senses import says_something
from converter.mapping.spec import Mappings, MappingSpec
from converter.mapping.surplus import fitting
from converter.mapping.template import LISTS_SHEET, MARKER_SHEET, MadeFrom, made_from
from converter.mapping.understanding import Understood, understand
from converter.mapping.value_kinds import is_amount
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawBook, RawSheet, is_blank
from converter.model.columns import (
    NO_ANSWERS,
    NOTHING_ANSWERED,
    Answered,
    Answers,
    ColumnUse,
    RowAnswer,
)

_DAY, _TEXT = "data_emissao", "servico.discriminacao"


class SheetKind(StrEnum):
    """What a sheet holds. All kinds but the first are skipped with a word: the catalogue's code.

    What stands in forms is notes all the same: none of them goes, and that is a problem.
    """

    NOTAS = "notas"
    OCULTA = "aba-oculta"
    VAZIA = "aba-vazia"
    SEM_CABECALHO = "aba-sem-cabecalho"
    SEM_NOTAS = "aba-sem-notas"
    EXCLUIDA = "aba-excluida"
    FICHA = "aba-de-fichas"
    MODELO = "aba-do-modelo"


@dataclass(frozen=True, slots=True)
class SheetSurvey:
    """One sheet: `chosen` is empty, one fit, or the several that fit equally well.

    `understood` is the reading of its columns, None where several mappings fit or nothing does.
    """

    sheet: RawSheet
    kind: SheetKind
    header: Header | None = None
    fits: tuple[Fit, ...] = ()
    chosen: tuple[Fit, ...] = ()
    remembered: bool = False
    understood: Understood | None = None
    answers: Answers = NO_ANSWERS

    @property
    def fit(self) -> Fit:
        """The first of the chosen: the one used, unless others fit as well."""
        return self.chosen[0]

    @property
    def decisions(self) -> Mapping[int, Decision]:
        """What becomes of each column by its index; empty where several mappings fit."""
        return self.understood.decisions if self.understood else {}

    @property
    def paths(self) -> tuple[frozenset[str], ...]:
        """The fields that have a column, by each of the chosen; none where no notes are listed."""
        if self.understood is not None:
            return (self.understood.paths,)
        return tuple(laid.paths for laid in self.chosen)


def survey(
    book: RawBook,
    mappings: Mappings,
    *,
    choice: str | None = None,
    remembered: Mapping[str, str] | None = None,
    answered: Answered = NOTHING_ANSWERED,
) -> tuple[SheetSurvey, ...]:
    """Every sheet of `book` in its order, with what it holds.

    Args:
        book: As read.
        mappings: Those at hand.
        choice: The only mapping to try, by name; one that is not there fits nothing.
        remembered: Mapping name by header signature, from earlier choices.
        answered: What the person said of columns and rows.
    """
    tried = mappings.specs if choice is None else tuple(filter(None, [mappings.named(choice)]))
    known = frozenset(header for spec in tried for header in spec.known)
    origin = made_from(book)
    looked = [
        _look(sheet, tried, known, remembered or {}, origin, answered) for sheet in book.sheets
    ]
    kept = _with_notes(looked)
    # What is passed over has no notes beside sheets that have; for want of any, no header.
    passed = SheetKind.SEM_NOTAS if kept else SheetKind.SEM_CABECALHO
    return tuple(
        SheetSurvey(one.sheet, passed, one.header, one.fits)
        if one.kind is SheetKind.NOTAS and at not in kept
        else one
        for at, one in enumerate(looked)
    )


def _with_notes(looked: Sequence[SheetSurvey]) -> set[int]:
    """Which sheets list notes; only where none surely does, those that may."""
    for lists in (_lists_notes, _may_list_notes):
        found = {at for at, one in enumerate(looked) if lists(one)}
        if found:
            # Beside notes, services with their prices are a list to choose from, and nobody's.
            found = {at for at in found if _of_someone(looked[at])} or found
            whole = any(_is_whole(looked[at]) for at in found)
            return {at for at in found if not whole or _may_have_amounts(looked[at])}
    return set()


def _look(
    sheet: RawSheet,
    tried: Sequence[MappingSpec],
    known: frozenset[str],
    remembered: Mapping[str, str],
    origin: MadeFrom | None,
    answered: Answered,
) -> SheetSurvey:
    apart = _apart(sheet, origin)
    if apart is not None:
        return SheetSurvey(sheet, apart)
    wanted = [spec for spec in tried if _takes(spec, sheet.name)]
    if not wanted:
        return SheetSurvey(sheet, SheetKind.EXCLUIDA)
    usual = find_header(sheet, known, says_something)
    fits = _fits(sheet, wanted, usual)
    as_before = _as_before(fits, remembered)
    chosen = as_before or best(fits) or _stranger(wanted, usual)
    if not chosen:
        return SheetSurvey(sheet, SheetKind.SEM_CABECALHO, usual)
    first, header = chosen[0], chosen[0].header
    answers = _of_its_columns(answered.of(sheet.name, header.signature), header)
    if len(chosen) > 1:
        return SheetSurvey(sheet, SheetKind.NOTAS, header, tuple(fits), chosen, answers=answers)
    if not first.mapping.own and form_alone(sheet):
        return SheetSurvey(sheet, SheetKind.FICHA, header)
    understood = understand(fitting(sheet, header.row), first, answers)
    return SheetSurvey(
        sheet,
        SheetKind.NOTAS,
        header,
        _put_first(understood.fit, first, fits),
        (understood.fit,),
        bool(as_before),
        understood,
        answers,
    )


def _put_first(as_read: Fit, first: Fit, fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """The chosen fit as its columns were read, then the others."""
    return (as_read, *(one for one in fits if one is not first))


def _of_its_columns(answers: Answers, header: Header) -> Answers:
    """The answers with those kept of rows at the columns with their headers: letters may differ.

    Columns without a header are no part of the fingerprint, and move the letters of the others.
    """
    headers = {cell.column.letter: cell.folded for cell in header.cells}
    followed = (_at_its_header(one, headers) for one in answers.perguntas)
    return replace(answers, perguntas=tuple(filter(None, followed)))


def _at_its_header(answer: RowAnswer, headers: Mapping[str, str]) -> RowAnswer | None:
    title = fold(answer.titulo)
    if answer.linhas is not None or not title or headers.get(answer.coluna or "") == title:
        return answer
    there = [letter for letter, text in headers.items() if text == title]
    return replace(answer, coluna=there[0]) if len(there) == 1 else None


def _as_before(fits: Sequence[Fit], remembered: Mapping[str, str]) -> tuple[Fit, ...]:
    """The mapping that was chosen for this header in an earlier run."""
    return tuple(one for one in fits if remembered.get(one.header.signature) == one.mapping.name)[
        :1
    ]


def _stranger(wanted: Sequence[MappingSpec], header: Header | None) -> tuple[Fit, ...]:
    """A header of which no mapping knows a word by heart is read by its ideas alone."""
    return (fit(wanted[-1], header),) if header is not None and not wanted[-1].exact else ()


def _apart(sheet: RawSheet, origin: MadeFrom | None) -> SheetKind | None:
    """Why a sheet is left alone before anything in it is read, None when it is not."""
    if origin is not None and (
        sheet.name in (MARKER_SHEET, LISTS_SHEET) or sheet.name in origin.without_notes
    ):
        return SheetKind.MODELO
    if not sheet.visible:
        return SheetKind.OCULTA
    blank = all(is_blank(value) for row in sheet.rows for value in row)
    return SheetKind.VAZIA if blank else None


def _fits(sheet: RawSheet, wanted: Sequence[MappingSpec], usual: Header | None) -> list[Fit]:
    """Every mapping that finds something, the best first."""
    fits = []
    for spec in wanted:
        header = header_at(sheet, spec.header_row) if spec.header_row else usual
        if header is not None:
            laid = fit(spec, header)
            if laid.paths:
                fits.append(laid)
    return sorted(fits, key=lambda one: one.rank, reverse=True)


def _takes(spec: MappingSpec, name: str) -> bool:
    folded = fold(name)
    if folded in map(fold, spec.ignored_sheets):
        return False
    return not spec.sheets or folded in map(fold, spec.sheets)


def _lists_notes(one: SheetSurvey) -> bool:
    of_notes = vocabulary().paths_of["so_de_notas"]
    meant = any(laid.rank[0] for laid in one.chosen)
    return meant or any(len(paths & of_notes) >= 2 for paths in one.paths)


def _may_list_notes(one: SheetSurvey) -> bool:
    return any(VALOR in paths and len(paths) >= 2 for paths in one.paths)


def _is_whole(one: SheetSurvey) -> bool:
    """Whether columns say the day, the amount, and what of or whose: no other tab is the notes."""
    return any(
        {VALOR, _DAY} <= paths and (_TEXT in paths or any(p.startswith("tomador.") for p in paths))
        for paths in one.paths
    )


def _may_have_amounts(one: SheetSurvey) -> bool:
    """Whether a column is or may be an amount; customers and hours beside notes have none.

    Always, of a sheet that a mapping was made for.
    """
    if one.understood is None or one.remembered or one.fit.mapping.own:
        return True
    if VALOR in one.understood.paths:
        return True
    columns = below(one.sheet, one.fit.header.row)
    return any(
        _may_be_amount(cell.column.header, one.decisions[cell.index], columns[cell.index])
        for cell in one.fit.header.cells
        if cell.index in one.decisions and cell.index < len(columns)
    )


def _may_be_amount(header: str, decision: Decision, values: Column) -> bool:
    if decision.path is not None:
        return False
    if words_of(header).money or words_of(header).ideas & vocabulary().ideas_of["quantia"]:
        return True
    filled = [value for value in values if not is_blank(value)]
    open_yet = decision.use is ColumnUse.PERGUNTA or decision.why == "desconhecida"
    return open_yet and 2 * sum(map(is_amount, filled)) > len(filled)


def _of_someone(one: SheetSurvey) -> bool:
    """Whether a column may be of a customer, or a day of the note; always, of a known sheet."""
    every = (path for paths in one.paths for path in paths)
    return one.remembered or any(path.startswith(("tomador.", "data_")) for path in every)
