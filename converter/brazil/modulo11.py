"""The two check digits of CNPJ and CPF: weighted sums modulo 11.

Each character is worth its ASCII code less 48, so one arithmetic serves digits and letters.
"""

from operator import mul

_DIGIT_OF_REMAINDER = "00987654321"


class CheckDigits:
    """The arithmetic of one kind of number.

    Args:
        weights: Those of the second digit; the first takes all of them but the first.
    """

    __slots__ = ("_first", "_offset_1", "_offset_2", "_second")

    def __init__(self, weights: tuple[int, ...]) -> None:
        self._first = weights[1:]
        self._second = weights
        self._offset_1 = 48 * sum(self._first)
        self._offset_2 = 48 * sum(weights)

    def of(self, base: str) -> str:
        """Give both digits of a number without them, as long as the first's weights."""
        codes = base.encode("ascii")
        first = _digit(sum(map(mul, self._first, codes)) - self._offset_1)
        codes += first.encode("ascii")
        return first + _digit(sum(map(mul, self._second, codes)) - self._offset_2)


def _digit(weighted: int) -> str:
    return _DIGIT_OF_REMAINDER[weighted % 11]
