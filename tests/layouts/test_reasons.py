"""Every reason that is given stands in `motivos.csv`, and every one that stands there is given."""

import ast
import string
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from converter import layouts
from converter.layouts.file_fields import rows

HERE = Path(str(layouts.__file__)).parent
REASONS = {row["chave"]: row["motivo"] for row in rows(HERE / "motivos.csv")}
KEY_AT = {"reason": 0, "fault": 1, "tell": 1}


def given() -> Iterator[tuple[str, frozenset[str]]]:
    """The key of each reason the layouts give, with the names of its details."""
    for path in HERE.rglob("*.py"):
        if path.name in {"line_check.py", "check.py"}:
            continue  # what they fault are codes of a city
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = (
                node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            )
            key = node.args[KEY_AT[name]] if name in KEY_AT else None
            if isinstance(key, ast.Constant):
                details = {word.arg for word in node.keywords if word.arg not in {None, "omitted"}}
                yield str(key.value), frozenset(map(str, details))


def test_every_reason_is_a_sentence_with_its_details() -> None:
    wanted = {
        key: {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for key, text in REASONS.items()
    }
    found = defaultdict(set)
    for key, details in given():
        assert details == wanted.get(key), key
        found[key] |= details
    assert found == wanted
