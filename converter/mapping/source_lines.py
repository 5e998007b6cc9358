"""Keys of a TOML text: dotted ones put together again, and the line where one stands."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any


def leaves(
    table: Mapping[str, object],
    prefix: str = "",
    stop: Callable[[dict[str, object]], bool] = lambda _: False,
) -> Iterator[tuple[str, Any]]:
    """Dotted path and value of each leaf: TOML reads `servico.aliquota` as a table in a table."""
    for key, value in table.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict) and value and not stop(value):
            yield from leaves(value, f"{path}.", stop)
        else:
            yield path, value


def line_of(text: str, keys: Sequence[str]) -> int | None:
    """The 1-based line of the last of `keys`, each searched from where the one before stands.

    None when the first is nowhere, as after an empty file; a key spelled with escapes is found at
    its parent's line.
    """
    lines = [_without_comment(line) for line in text.splitlines()]
    found: int | None = None
    for key in keys:
        token = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])[\"']?\s*[=.\]]")
        start = 0 if found is None else found
        found = next((i for i in range(start, len(lines)) if token.search(lines[i])), found)
    return None if found is None else found + 1


def _without_comment(line: str) -> str:
    quote = ""
    for position, char in enumerate(line):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "#":
            return line[:position]
    return line
