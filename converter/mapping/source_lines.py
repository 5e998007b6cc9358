"""The line of a TOML text where a key stands, which tomllib does not tell."""

import re
from collections.abc import Sequence


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
