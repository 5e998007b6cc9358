"""What stands under a table: what is taken off its total, the amount of the note, remarks."""

import re
from collections.abc import Collection, Mapping, Sequence

from converter.brazil import money
from converter.brazil.headers import fold
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue, is_blank

_SIGN = re.compile(r"\s*[(\[]\s*[-–+=]\s*[)\]]|\s*[-–+=]\s+\D")
"""`(-) Avarias`, `(=) Líquido`."""
_FEW, _WORDS = 2, 3
_MEANING = re.compile(
    r"(?:^|[:;,.|/(\n\t])\s*([A-Za-z0-9*]{1,4})\s*(?:=|:|[-–—](?=\s)|\bé\b)\s*([^;,|/)\n\t=]{3,40})"
)


class BelowTable:
    """The end of a table: whether rows with hardly anything in them are accounts or remarks.

    `suspects` are the rows, from 0 under the header, of which at most one cell says who or what.
    """

    def __init__(
        self,
        columns: Sequence[Sequence[RawValue]],
        suspects: Sequence[int],
        amounts: Collection[int],
    ) -> None:
        self._columns, self._amounts = columns, frozenset(amounts)
        last, doubted = (len(columns[0]) if columns else 0) - 1, frozenset(suspects)
        while last >= 0 and (last in doubted or self._is_blank(last)):
            last -= 1
        self._last = last

    def _is_blank(self, row: int) -> bool:
        return all(is_blank(column[row]) for column in self._columns)

    def is_account(self, row: int, filled: Mapping[int, RawValue], after: Collection[int]) -> bool:
        """Whether a row is a label and amounts, under the total of a table or with a sign."""
        labels = self._labels(filled)
        rest = {index for index, one in filled.items() if one not in labels}
        if len(labels) != 1 or not rest or not rest <= self._amounts:
            return False
        return row > self._last and (is_sign(labels[0]) or self._follows(row, after))

    def _labels(self, filled: Mapping[int, RawValue]) -> list[str]:
        """The texts of a row that are no amounts."""
        others = (one for index, one in filled.items() if index not in self._amounts)
        texts = (one for one in others if isinstance(one, str))
        return [one for one in texts if money.parse(one).value is None]

    def is_remark(self, row: int, filled: Mapping[int, RawValue], after: Collection[int]) -> bool:
        """Whether a row is a sentence or a legend alone, under the table and apart from it."""
        if len(filled) != 1 or row <= self._last or self._last < 0:
            return False
        [text] = filled.values()
        if not isinstance(text, str) or not (meanings([text]) or len(text.split()) >= _WORDS):
            return False
        return self._is_blank(row - 1) or self._follows(row, after)

    def _follows(self, row: int, after: Collection[int]) -> bool:
        """Whether one of the rows `after` is the last with anything in it above a row."""
        upper = row - 1
        while upper > self._last and self._is_blank(upper):
            upper -= 1
        return upper in after


def is_sign(label: str) -> bool:
    """Whether a label says that what is beside it changes a total, or is what the note is of."""
    return bool(_SIGN.match(label)) or fold(label).startswith(vocabulary().whole["contas"])


def meanings(texts: Sequence[str]) -> dict[str, str]:
    """What codes stand for by legends that spell out two or more: `A = a faturar; C = cancelada`.

    Keys are folded.
    """
    found: dict[str, str] = {}
    for text in texts:
        told = {fold(code): meant.strip(" .\"'") for code, meant in _MEANING.findall(text)}
        if len(told) >= _FEW:
            found |= told
    return found
