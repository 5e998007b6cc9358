"""What `make convert` installs is told to the byte, and is what the constraints say."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PINNED = re.compile(r"([\w.-]+)==([\w.!+-]+)(?: ; [^\\]+?)? \\")


def name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def pinned() -> dict[str, str]:
    lines = (ROOT / "pinos.txt").read_text(encoding="utf-8").splitlines()
    found = [PINNED.fullmatch(line) for line in lines if not line.startswith(" ")]
    assert all(found)
    return {name(match[1]): match[2] for match in found if match}


def constrained() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {name(left): right for left, _, right in (line.partition("==") for line in lines)}


def test_both_files_name_the_same_versions() -> None:
    assert pinned().items() <= constrained().items(), "rode: make pinos"


def test_every_line_is_a_version_or_a_hash() -> None:
    lines = (ROOT / "pinos.txt").read_text(encoding="utf-8").splitlines()
    hashes = [line for line in lines if line.startswith(" ")]
    assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", line) for line in hashes)
    assert len(hashes) > 10 * len(pinned())


def test_what_every_platform_needs_is_there() -> None:
    table = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (wanted,) = re.findall(r"\ndependencies = \[(.*?)\n\]", table, re.DOTALL)
    needed = {name(found) for found in re.findall(r'"([\w.-]+)', wanted)}
    assert needed | {"pip", "setuptools", "hatchling"} <= pinned().keys()
