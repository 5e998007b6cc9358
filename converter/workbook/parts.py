"""The parts that are written whole: XML from `parts.toml`, filled in."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from converter import facts

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = Path(__file__).with_name("parts.toml")
_BETWEEN_TAGS = re.compile(r"\s*\n\s*(?=[<{]|$)")
_BETWEEN_ATTRIBUTES = re.compile(r"\s*\n\s*")


def part(name: str, /, **filled: object) -> str:
    """The XML called `name` with its places filled in; what strangers wrote comes escaped."""
    return _parts()[name].format(**filled)


@cache
def _parts() -> Mapping[str, str]:
    """Each XML on one line."""
    return {
        name: _BETWEEN_ATTRIBUTES.sub(" ", _BETWEEN_TAGS.sub("", text))
        for name, text in facts.load(_PARTS).items()
    }
