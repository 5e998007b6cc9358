"""The answer of every parser of `brazil`: a value, or the reason there is none. Never raised."""

from typing import Generic, NamedTuple, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Parsed(NamedTuple, Generic[T_co]):
    """`value` is None exactly when `problem` is set; `warning` may come with a value.

    `problem` and `warning` are codes of the texts catalogue; `details` fills their placeholders.
    """

    value: T_co | None
    problem: str | None = None
    warning: str | None = None
    details: tuple[tuple[str, str], ...] = ()
