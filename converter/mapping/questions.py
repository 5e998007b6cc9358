"""Rows that must not go without a word: what is asked of them, and what an answer does."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from converter.brazil import dates, yesno
from converter.brazil.headers import fold
from converter.mapping.remarks import begins, is_tick, plain, remarks, stops
from converter.mapping.rows import Column, blanks_of
from converter.mapping.sense import Mark
from converter.mapping.understanding import Understood
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawSheet, RawValue, SourceColumn, is_blank
from converter.model.columns import Answers, ColumnUse, RowAnswer
from converter.schemas.catalogue import BY_PATH, Kind

_WHO = ("tomador.razao_social", "tomador.cpf_cnpj", "tomador.cnpj", "tomador.cpf")
_SHOWN = 4
_NO = frozenset(
    {
        "",
        "0",
        "00",
        "na",
        "nd",
        "null",
        "none",
        "nenhuma",
        "pendente",
        "aemitir",
        "aguardando",
        "ainda nao",
        "ainda",
        "naoemitida",
        "semnota",
    }
)
_LONGEST_STATUS = 60
_YEARS = {"dia_mes_ano": "dd/mm/aa", "mes_dia_ano": "mm/dd/aa"}
"""What an answer about years of two digits makes of its column, by the key of the option."""
_DAYS = (Kind.DATE, Kind.DATETIME)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: `codigo` of the texts catalogue, its column, Excel rows, options, details.

    `field` is the path the column is likeliest of, None where the question is about rows.
    """

    codigo: str
    column: SourceColumn | None
    rows: tuple[int, ...]
    options: tuple[str, ...]
    details: Mapping[str, str] = dataclasses.field(default_factory=dict)
    field: str | None = None


@dataclass(frozen=True, slots=True)
class RowWords:
    """What is to be asked of rows, and what was answered: Excel rows that do not go, or repeat.

    `formats` says by column's letter how its dates are read, until it is answered and after.
    """

    asked: tuple[Asked, ...]
    dropped: frozenset[int]
    as_above: frozenset[int]
    formats: Mapping[str, str] = dataclasses.field(default_factory=dict)


def ask_rows(
    sheet: RawSheet,
    understood: Understood,
    answers: Answers,
    columns: Sequence[Column],
    rows: Sequence[int],
) -> RowWords:
    """Everything to ask of the rows of one sheet.

    Args:
        sheet: As read.
        understood: What its columns are.
        answers: What the person said before.
        columns: The notes' values, column by column from A.
        rows: Their Excel rows.
    """
    asked: list[Asked] = []
    dropped: set[int] = set()
    above: set[int] = set()
    formats: dict[str, str] = {}
    options = vocabulary().options
    years = {options[key]: form for key, form in _YEARS.items()}
    for one in _questions(sheet, understood, columns, rows):
        left = set(one.rows)
        if one.column and one.options[0] in years:
            formats[one.column.letter] = years[one.options[0]]
        for answer in answers.perguntas:
            if _answers(answer, one):
                meant = left if answer.linhas is None else left & set(answer.linhas)
                if answer.opcao == options["nao_enviar"]:
                    dropped |= meant
                elif answer.opcao == options["mesmo_de_cima"]:
                    above |= meant
                elif answer.opcao not in one.options:
                    continue
                elif one.column and answer.opcao in years:
                    formats[one.column.letter] = years[answer.opcao]
                left -= meant
        if left:
            remaining = tuple(row for row in one.rows if row in left)
            asked.append(Asked(one.codigo, one.column, remaining, one.options, one.details))
    dropped |= set(_told_not_to_go(understood, columns, rows))
    return RowWords(tuple(asked), frozenset(dropped), frozenset(above - dropped), formats)


def _answers(answer: RowAnswer, one: Asked) -> bool:
    letter = one.column.letter if one.column else None
    return answer.codigo == one.codigo and answer.coluna == letter


def _questions(
    sheet: RawSheet, understood: Understood, columns: Sequence[Column], rows: Sequence[int]
) -> Iterator[Asked]:
    options = vocabulary().options
    send = (options["nao_enviar"], options["enviar"])
    by_index = {cell.index: cell.column for cell in understood.fit.header.cells}
    hidden = [row for row in rows if row in sheet.hidden_rows]
    if hidden:
        by_filter = sum(row in sheet.hidden_by_filter for row in hidden)
        how = (
            "por um filtro"
            if by_filter == len(hidden)
            else "à mão"
            if not by_filter
            else "por um filtro ou à mão"
        )
        yield Asked("linhas-ocultas", None, tuple(hidden), send, {"como": how})
    for index, mark in sorted(understood.marks.items()):
        if index in understood.status_words or index >= len(columns):
            continue
        words = _stopping(mark, columns[index])
        if words:
            found = tuple(
                row for row, value in zip(rows, columns[index], strict=True) if value in words
            )
            shown = _listed(list(map(text_of, words)))
            yield Asked(_CODES[mark], by_index[index], found, send, {"situacoes": shown})
    yield from _warned(understood, columns, rows, by_index, send)
    yield from _nobody(understood, columns, rows)
    if sheet.commas and rows:
        yield _decimal_commas(sheet.commas, columns, rows, by_index)
    yield from _short_years(understood, columns, rows)
    if understood.second:
        first = [
            cell for cell in understood.fit.header.cells if cell.index not in understood.second
        ]
        details = {
            "primeira": _span(first[0].column.letter, first[-1].column.letter),
            "segunda": _span(
                by_index[understood.second[0]].letter, by_index[understood.second[-1]].letter
            ),
        }
        chosen = (options["primeira_tabela"], options["nao_enviar"])
        yield Asked("tabelas-lado-a-lado", None, tuple(rows), chosen, details)
    if understood.months and not any(
        understood.decisions[index].use is ColumnUse.USADA for index in understood.months
    ):
        headers = [by_index[index].header for index in understood.months]
        ofmonth = tuple(options["mes"].format(cabecalho=header) for header in headers)
        yield Asked(
            "matriz-de-meses",
            None,
            tuple(rows),
            (*ofmonth, options["nao_enviar"]),
            {"meses": _listed(headers)},
        )


_CODES = {
    Mark.SITUACAO: "situacao-da-nota",
    Mark.EMITIDA: "coluna-de-nota-emitida",
    Mark.EMITIR: "nota-nao-pedida",
}


def _distinct(column: Column) -> list[RawValue]:
    return [value for value in dict.fromkeys(column) if not is_blank(value)]


def _stopping(mark: Mark, column: Column) -> dict[RawValue, None]:
    """The distinct values of a column that keep a row from going without a word."""
    test = {Mark.SITUACAO: _doubtful, Mark.EMITIDA: _says_issued, Mark.EMITIR: _says_no}[mark]
    return dict.fromkeys(filter(test, _distinct(column)))


def _doubtful(value: RawValue) -> bool:
    """A situation that is not surely one in which the note goes."""
    text = plain(text_of(value))
    if not text or text in {"0", "1"}:
        return False
    statuses = vocabulary().statuses
    free = begins(text, statuses["deixa"]) and text.startswith(statuses["deixa"])
    if text.startswith(("nao emit", "nao fatur")) and text.rstrip("ao").endswith("d"):
        return False
    if begins(text, statuses["impede"]):
        return True
    if begins(text, statuses["emitida"]) and not text.startswith(
        ("a ", "nao ", "aguardando ", "faturar")
    ):
        return True
    return not free


def _says_issued(value: RawValue) -> bool:
    if isinstance(value, bool):
        return value
    text = plain(text_of(value))
    if is_tick(value):
        return True
    if text.replace(" ", "") in _NO or text.startswith(
        ("nao", "sem ", "aguard", "a emitir", "pendente")
    ):
        return False
    return yesno.parse(value).value is not False


def _says_no(value: RawValue) -> bool:
    text = plain(text_of(value))
    return yesno.parse(value).value is False or text.startswith("nao") or stops(value)


def _warned(
    understood: Understood,
    columns: Sequence[Column],
    rows: Sequence[int],
    by_index: Mapping[int, SourceColumn],
    send: tuple[str, str],
) -> Iterator[Asked]:
    """Texts that say a note must not go: of no field, or even the note's own."""
    statuses = vocabulary().statuses
    for index, decision in sorted(understood.decisions.items()):
        if index >= len(columns) or index in understood.status_words:
            continue
        used = decision.use is ColumnUse.USADA
        found = remarks(columns[index], statuses["recado"] + (() if used else statuses["aviso"]))
        if found:
            those = tuple(
                row for row, value in zip(rows, columns[index], strict=True) if value in found
            )
            shown = _listed(sorted(map(text_of, found)))
            yield Asked("aviso-no-texto", by_index[index], those, send, {"situacoes": shown})


def _nobody(
    understood: Understood, columns: Sequence[Column], rows: Sequence[int]
) -> Iterator[Asked]:
    """A customer left blank among customers that are filled."""
    sources = [understood.fit.sources[path] for path in _WHO if path in understood.fit.sources]
    indexes = [source.cells[0].index for source in sources if not source.spec.join]
    if not indexes or not rows:
        return
    left: Sequence[int] = range(len(rows))
    for index in indexes:
        blanks = blanks_of(columns[index])
        left = [i for i in left if columns[index][i] in blanks] if blanks else ()
    others = [
        source.cells[0].index
        for path, source in understood.fit.sources.items()
        if path not in _WHO and source.cells[0].index < len(columns)
    ]
    left = [i for i in left if sum(not is_blank(columns[c][i]) for c in others) > 1]
    if left and 2 * len(left) < len(rows) + 1:
        options = vocabulary().options
        yield Asked(
            "cliente-em-branco",
            sources[0].column,
            tuple(rows[i] for i in left),
            (options["mesmo_de_cima"], options["sem_tomador"], options["nao_enviar"]),
        )


def _decimal_commas(
    commas: Sequence[int],
    columns: Sequence[Column],
    rows: Sequence[int],
    by_index: Mapping[int, SourceColumn],
) -> Asked:
    """A text file whose amounts had been parted at their decimal comma, asked once for the file."""
    options = vocabulary().options
    joined = [text_of(columns[index][0]) for index in commas]
    details = {
        "cabecalhos": _listed([by_index[index].header for index in commas if index in by_index]),
        "separadas": _listed([text.partition(",")[0] for text in joined]),
        "juntas": _listed(joined),
    }
    answers = (options["virgula_decimal"], options["nao_enviar"])
    return Asked("csv-virgula-decimal", by_index.get(commas[0]), tuple(rows), answers, details)


def _short_years(
    understood: Understood, columns: Sequence[Column], rows: Sequence[int]
) -> Iterator[Asked]:
    """Columns of dates whose years have two digits, once each."""
    options = vocabulary().options
    asked: set[int] = set()
    for path, source in understood.fit.sources.items():
        spec, index = source.spec, source.cells[0].index
        if path not in BY_PATH or BY_PATH[path].kind not in _DAYS or index in asked:
            continue
        if spec.format or spec.join or spec.split is not None:
            continue
        asked.add(index)
        found, forms = dates.short_years(columns[index])
        if found:
            told = (key for key, form in _YEARS.items() if form in forms)
            text, day = next(iter(found.items()))
            yield Asked(
                "coluna-ano-curto",
                source.column,
                tuple(
                    row for row, value in zip(rows, columns[index], strict=True) if value in found
                ),
                (*map(options.__getitem__, told), options["nao_enviar"]),
                {"primeira": text.strip(), "lido": dates.in_words(day)},
            )


def _told_not_to_go(
    understood: Understood, columns: Sequence[Column], rows: Sequence[int]
) -> Iterator[int]:
    for index, words in understood.status_words.items():
        stop = {fold(word) for word in words}
        known = {value for value in _distinct(columns[index]) if fold(text_of(value)) in stop}
        yield from (row for row, value in zip(rows, columns[index], strict=True) if value in known)


def _listed(texts: Sequence[str]) -> str:
    shown = ", ".join(f"“{text[:_LONGEST_STATUS]}”" for text in texts[:_SHOWN])
    return shown if len(texts) <= _SHOWN else f"{shown} e mais {len(texts) - _SHOWN}"


def _span(first: str, last: str) -> str:
    return f"{first}:{last}"
