"""Text files of separated columns: csv, tsv, txt. Every cell is text, numbers too."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from converter.model.cells import Assumption, RawSheet, RawValue
from converter.reading.encoding import Encoding, decodes, detect
from converter.reading.limits import Limits
from converter.reading.refusal import FileRefused

_SEPARATORS = {";": "ponto e vírgula", "\t": "tabulação", "|": "barra vertical", ",": "vírgula"}
_LOOKED_AT = 40
_QUOTED = re.compile(r'"[^"\r\n]*"')
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SEP_LINE = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)
_END = "\ue000fim\ue000"
_POOL = 500_000


class Delimited(NamedTuple):
    """The one sheet of a text file, and what had to be assumed to read it."""

    sheet: RawSheet
    separator: str
    assumptions: tuple[Assumption, ...]


def read(data: bytes, name: str, limits: Limits) -> Delimited:
    """The records of a text file; record `i` is the row Excel shows as `i + 1`.

    Quoted line breaks stay inside their cell, so rows are records and not lines; a `sep=;` line,
    which Excel obeys and does not show, is not a row.

    Raises:
        FileRefused: `csv-aspas`, `csv-ilegivel` or `arquivo-grande`.
    """
    encoding = detect(data)
    if encoding.codec.startswith("utf") and not decodes(data, encoding.codec):
        raise FileRefused("csv-ilegivel", codificacao=encoding.name)
    told, lines = _sep_line(_lines(data, encoding))
    head = list(islice(lines, _LOOKED_AT))
    separator = told or _separator(head)
    if data.count(separator.encode()) + data.count(b"\n") + data.count(b"\r") > limits.fields:
        raise FileRefused("arquivo-grande")
    rows = _records(chain(head, lines), separator, name)
    return Delimited(
        RawSheet(name, rows), separator, _assumptions(encoding, separator, told is not None, rows)
    )


def _lines(data: bytes, encoding: Encoding) -> Iterator[str]:
    errors = "replace" if encoding.guessed else "strict"
    yield from io.TextIOWrapper(io.BytesIO(data), encoding.codec, errors, newline="")


def _sep_line(lines: Iterator[str]) -> tuple[str | None, Iterator[str]]:
    first = next(lines, "")
    told = _SEP_LINE.fullmatch(first)
    if told:
        return told[1], lines
    return None, chain((first,) if first else (), lines)


def _separator(head: Sequence[str]) -> str:
    """The separator whose count agrees on the most lines, times the columns it makes.

    Commas between digits are decimal commas and quoted text is skipped, so that a description or
    a column of amounts does not outvote the header.
    """
    bare = [_DECIMAL_COMMA.sub("", _QUOTED.sub("", line)) for line in head]

    def weight(separator: str) -> int:
        counts = Counter(count for line in bare if (count := line.count(separator)))
        return max((count * lines for count, lines in counts.items()), default=0)

    return max(_SEPARATORS, key=weight)


def _records(lines: Iterator[str], separator: str, name: str) -> list[tuple[RawValue, ...]]:
    """Rows as tuples; a value met again is the same object, which is most of a large file.

    A sentinel line tells an unclosed quote, which would swallow the rest of the file into one
    cell: nothing else does, as `csv` ends such a record without a word.
    """
    rows: list[tuple[RawValue, ...]] = []
    pool: dict[str, str] = {}
    begin = 1
    reader = csv.reader(chain(lines, (_END,)), delimiter=separator)
    try:
        for record in reader:
            if len(pool) > _POOL:
                pool.clear()
            rows.append(tuple(map(pool.setdefault, record, record)))
            begin = len(rows) + 1
    except csv.Error as error:
        raise FileRefused("csv-aspas", planilha=name, row=begin) from error
    if rows[-1] == (_END,):
        rows.pop()
        return rows
    last = "".join(str(value) for value in rows[-1])
    if last.endswith(_END) and last != _END:
        rows[-1] = ()
    raise FileRefused("csv-aspas", planilha=name, row=len(rows))


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
