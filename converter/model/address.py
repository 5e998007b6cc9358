"""Column letters (A is 1, as in Excel), and the names of tables that share a sheet."""

import re
from functools import cache

_TABLE = re.compile(r" \([A-Z]{1,3}-[A-Z]{1,3}\)\Z")


@cache
def letters_of(column: int) -> str:
    """The letters of a column number: 1 is `A`, 27 is `AA`."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@cache
def column_of(letters: str) -> int:
    """The number of a column: `A` is 1, `XFD` is 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def table_name(planilha: str, span: str) -> str:
    """What a table beside the first of its sheet is called: `Quinzena (H-L)` in `H:L`."""
    return f"{planilha} ({span.replace(':', '-')})"


def sheet_of_table(planilha: str) -> str:
    """The sheet that a table named by `table_name` stands in; any other name as it is."""
    return _TABLE.sub("", planilha)
