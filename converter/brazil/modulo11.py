"""The two check digits of CNPJ and CPF: weighted sums modulo 11."""

from collections.abc import Sequence
from operator import mul

_DIGIT_OF_REMAINDER = (0, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1)


def check_digits(base: str, weights: Sequence[int]) -> str:
    """Give both digits of a number without them, of ASCII digits and capital letters.

    Each character is worth its ASCII code less 48, so one arithmetic serves digits and letters.
    The weights are those of the second digit; the first takes all of them but the first.
    """
    worth = [code - 48 for code in base.encode("ascii")]
    for taken in (weights[1:], weights):
        worth.append(_DIGIT_OF_REMAINDER[sum(map(mul, taken, worth)) % 11])
    return f"{worth[-2]}{worth[-1]}"
