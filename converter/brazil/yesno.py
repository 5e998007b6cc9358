"""Yes or no, in all the ways a spreadsheet says it.

>>> parse("Não").value
False
"""

from converter.brazil import headers, raw
from converter.model.parsed import Parsed

_ANSWERS = dict.fromkeys(("sim", "s", "true", "verdadeiro", "v", "1", "x", "yes", "y"), True) | (
    dict.fromkeys(("nao", "n", "false", "falso", "f", "0", "no"), False)
)


def parse(value: object) -> Parsed[bool]:
    """Give the answer of a cell; a blank one is for the caller's default."""
    if isinstance(value, bool):
        return Parsed(value)
    if isinstance(value, int | float):
        return Parsed(bool(value)) if value in (0, 1) else raw.refuse("simnao-desconhecido")
    cell = raw.code(value)
    if not isinstance(cell, raw.Cell):
        return cell
    foreign = cell.text.isdigit() and not cell.text.isascii()
    answer = None if foreign else _ANSWERS.get(headers.fold(cell.text))
    return raw.refuse("simnao-desconhecido") if answer is None else Parsed(answer)
