"""Column letters: A is 1, as in Excel."""

from functools import cache


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
