"""Text files of separated columns: csv, tsv, txt. Every cell is text, numbers too."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from converter.model.cells import Assumption, RawSheet, RawValue
from converter.reading.commas import Row, decimal_commas
from converter.reading.encoding import Encoding, decodes, detect
from converter.reading.limits import EXCEL_COLUMNS, EXCEL_ROWS, Limits
from converter.reading.refusal import FileRefused, too_extensive

_SEPARATORS = {";": "ponto e vírgula", "\t": "tabulação", "|": "barra vertical", ",": "vírgula"}
_LOOKED_AT = 40
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SEP_LINE = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)
_END = "\ue000fim\ue000"
_DOS_END = "\x1a"
_GLANCE = 20_000
_LONGEST_LINE = 4 * 2**20
_LEAST = 3
"""Columns below which lines quoted whole may as well be texts with a separator in them."""
_LARGE = 32 * 2**20
_POOL = 500_000


def read(data: bytes, name: str, limits: Limits) -> tuple[RawSheet, tuple[Assumption, ...]]:
    """The records of a text file, row `i + 1` of Excel being record `i`, and what was assumed.

    Quoted line breaks stay inside their cell, so rows are records and not lines; a `sep=;` line,
    which Excel obeys and does not show, is not a row.

    Raises:
        FileRefused: `csv-aspas`, `csv-ilegivel` or `arquivo-grande`.
    """
    _check_lines(data)
    encoding = detect(data)
    if encoding.codec.startswith("utf") and not decodes(data, encoding.codec):
        raise FileRefused("csv-ilegivel", codificacao=encoding.name)
    told = _SEP_LINE.fullmatch(next(_lines(data, encoding), ""))
    skipped = 0 if told is None else 1
    lines = islice(_lines(data, encoding), skipped, None)
    separator = told[1] if told else _separator(list(islice(lines, _LOOKED_AT)))
    if data.count(separator.encode()) + data.count(b"\n") + data.count(b"\r") > limits.fields:
        raise FileRefused("arquivo-grande")
    try:
        lines = islice(_lines(data, encoding), skipped, None)
        rows = _strict(lines, separator, shared=len(data) > _LARGE)
    except csv.Error:
        rows = _lenient(islice(_lines(data, encoding), skipped, None), separator, name)
    _check_extent(rows, name)
    unquoted = None if told else _unquoted(rows)
    if unquoted is not None:
        rows, separator = unquoted
        _check_extent(rows, name)
    rows, commas = decimal_commas(rows, separator)
    said = _assumptions(encoding, separator, told is not None, rows)
    if unquoted is not None:
        said = (*said, Assumption("csv-linhas-entre-aspas"))
    return RawSheet(name, rows, separator=separator, commas=commas), said


def _unquoted(rows: Sequence[Row]) -> tuple[list[Row], str] | None:
    """The rows of a file each of whose lines was quoted whole, and the separator inside.

    Programs that write a line into one cell do that, and so does Excel when it saves a CSV it did
    not take apart, maybe with blank cells behind; the header may be apart as it should. None for
    any other file: a list of texts that hold commas is one.
    """
    if not all(map(_is_one_cell, rows[1:_LOOKED_AT])):
        return None
    filled = list(filter(any, rows))
    apart = filled[:1] if filled and not _is_one_cell(filled[0]) else []
    whole = filled[len(apart) :]
    if len(whole) < 2 or not all(map(_is_one_cell, whole)):
        return None
    inner, separator = _within([str(line[0]) for line in whole])
    if not inner or len(inner[0]) < _LEAST or len(set(map(len, (*apart, *inner)))) > 1:
        return None
    read = iter((*apart, *inner))
    return [next(read) if any(row) else () for row in rows], separator


def _is_one_cell(row: Row) -> bool:
    return not any(row[1:])


def _within(lines: Sequence[str]) -> tuple[list[Row], str]:
    """The cells of each line and what parts them; none at all where quotes are not by the book."""
    separator = _separator([line + "\n" for line in lines[:_LOOKED_AT]])
    try:
        read = [next(csv.reader([line], delimiter=separator, strict=True), []) for line in lines]
    except csv.Error:
        read = []
    return list(map(tuple, read)), separator


def _check_lines(data: bytes) -> None:
    """No line is a book of its own: it would be decoded whole, four bytes a letter.

    Raises:
        FileRefused: `arquivo-suspeito`.
    """
    at = 0
    while len(data) - at > _LONGEST_LINE:
        end = at + _LONGEST_LINE
        last = max(data.rfind(b"\n", at, end), data.rfind(b"\r", at, end))
        if last < 0:
            size = _LONGEST_LINE // 2**20
            raise FileRefused("arquivo-suspeito", motivo=f"tem uma linha de mais de {size} MB")
        at = last + 1


def _check_extent(rows: Sequence[Sequence[RawValue]], name: str) -> None:
    """Excel's own limits are ours: the result is a workbook.

    Raises:
        FileRefused: `planilha-extensa`.
    """
    widest = max(map(len, rows), default=0)
    if len(rows) > EXCEL_ROWS or widest > EXCEL_COLUMNS:
        raise too_extensive(name, len(rows), widest)


def _lines(data: bytes, encoding: Encoding) -> Iterator[str]:
    errors = "replace" if encoding.guessed else "strict"
    for line in io.TextIOWrapper(io.BytesIO(data), encoding.codec, errors, newline=""):
        if line != _DOS_END:
            yield line


def _separator(head: Sequence[str]) -> str:
    """The separator whose count agrees on the most records, times the columns it makes.

    Commas between digits are decimal commas and quoted text is one cell, so that a description
    or a column of amounts does not outvote the header. One that leaves quotes in the middle of
    cells counts a quarter.
    """
    bare = [_DECIMAL_COMMA.sub("", line[:_GLANCE]) for line in head]

    def weight(separator: str) -> float:
        widths: Counter[int] = Counter()
        for strict in (True, False):
            widths.clear()
            try:
                widths.update(map(len, csv.reader(bare, delimiter=separator, strict=strict)))
                break
            except csv.Error:
                continue
        agreed = max(((width - 1) * times for width, times in widths.items()), default=0)
        return agreed if strict else agreed / 4

    return max(_SEPARATORS, key=weight)


def _strict(lines: Iterable[str], separator: str, shared: bool) -> list[Row]:
    """Rows as tuples.

    Where `shared`, a value met again becomes the same object: a million rows of 22 columns then
    hold 0.4 GB instead of 1.8 and take 15 s instead of 4.

    Raises:
        csv.Error: Quotes open or close where they should not.
    """
    records = csv.reader(lines, delimiter=separator, strict=True)
    if not shared:
        return list(map(tuple, islice(records, EXCEL_ROWS + 1)))
    rows: list[Row] = []
    pool: dict[str, str] = {}
    for record in islice(records, EXCEL_ROWS + 1):
        if len(pool) > _POOL:
            pool.clear()
        rows.append(tuple(map(pool.setdefault, record, record)))
    return rows


def _lenient(lines: Iterable[str], separator: str, name: str) -> list[Row]:
    """Rows as Excel reads them where quotes are not by the book: `"Casa" Bela` is `Casa Bela`.

    Only within a line: quotes that open and find their pair lines below, or never, turn whole
    rows into one cell.

    Raises:
        FileRefused: `csv-aspas`.
    """
    rows: list[Row] = []
    taken: list[str] = []

    def recorded() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    try:
        for record in islice(csv.reader(recorded(), delimiter=separator), EXCEL_ROWS + 1):
            if '"' in taken[0] and not _closes(taken, separator):
                raise FileRefused("csv-aspas", planilha=name, row=len(rows) + 1)
            taken.clear()
            rows.append(tuple(record))
    except csv.Error as error:
        raise FileRefused("csv-aspas", planilha=name, row=len(rows) + 1) from error
    return rows


def _closes(lines: list[str], separator: str) -> bool:
    """Whether the quotes of a record end with it, by the book when it has several lines."""
    if len(lines) == 1:
        last = list(csv.reader((lines[0].rstrip("\r\n") + "\n", _END), delimiter=separator))[-1]
        return last == [_END]
    try:
        return len(list(csv.reader(lines, delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False


def _assumptions(
    encoding: Encoding, separator: str, told: bool, rows: Sequence[Sequence[RawValue]]
) -> tuple[Assumption, ...]:
    said = [
        Assumption(
            "csv-codificacao-suposta" if encoding.guessed else "csv-codificacao",
            {"codificacao": encoding.name},
        )
    ]
    if any(len(row) > 1 for row in rows):
        shown = _SEPARATORS.get(separator, f"“{separator}”")
        said.append(
            Assumption("csv-separador-declarado" if told else "csv-separador", {"separador": shown})
        )
    return tuple(said)
