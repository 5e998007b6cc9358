"""The glossary names what there is: every value that crosses stages, and nothing that is gone."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "converter"
GLOSSARY = (ROOT / "docs" / "glossario.md").read_text(encoding="utf-8")
TERMS = re.findall(r"^\| `(\w+)` \|", GLOSSARY, flags=re.MULTILINE)


def classes(folder: Path) -> list[str]:
    """Every public class of a folder, where it is defined."""
    return [
        node.name
        for path in folder.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]


def test_a_term_is_explained_once() -> None:
    assert [term for term, times in Counter(TERMS).items() if times > 1] == []


def test_every_class_it_explains_is_there() -> None:
    named = {term for term in TERMS if term[0].isupper() and term != "RPS"}
    assert named - {*classes(PACKAGE)} == set()


def test_every_phase_of_a_file_is_explained() -> None:
    text = (PACKAGE / "model" / "filerun.py").read_text(encoding="utf-8")
    phases = re.search(r"`Arrived`.*?`Reported`", text, flags=re.DOTALL)
    assert phases is not None
    assert {*re.findall(r"`(\w+)`", phases[0])} <= {*TERMS}


def test_the_words_of_the_domain_are_used() -> None:
    domain = [term for term in TERMS if term.islower()]
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert [term for term in domain if not re.search(rf"\b{term}\b", code)] == []
