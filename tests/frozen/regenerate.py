"""Writes what is expected again, or only the scenes named: review the difference and say why.

Usage: python -m tests.frozen.regenerate [CENA…]

The past of each version of the journal (`v1.zip`, `v2.zip`) is made by a commit that has it, never
by the one at hand:

    git worktree add FOLDER COMMIT
    PYTHONPATH=FOLDER python tests/frozen/regenerate.py --past VERSION

Version 1 is of 3e99e55, version 2 of 891f7d6: run this file as 5dd750f has it, which knows the
names that their tests go by.
"""

import json
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OUTPUTS, BEHAVIOUR = HERE / "outputs.json", HERE / "behaviour.json"
VERSIONS = ("1", "2")


def unpack(pasta: Path, version: str = "1") -> Path:
    """The folder with its past, as a version of the journal keeps it."""
    with zipfile.ZipFile(HERE / f"v{version}.zip") as archive:
        archive.extractall(pasta)
    return pasta


def make_past(version: str) -> None:
    """Play the past with the version at hand and keep its journal and its spreadsheets."""
    import history  # beside this file: the version that makes the past has no such package

    with tempfile.TemporaryDirectory() as folder:
        pasta = Path(folder)
        history.past(pasta)
        with zipfile.ZipFile(HERE / f"v{version}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(pasta.rglob("*")):
                part = path.relative_to(pasta)
                if (
                    path.is_file()
                    and "copias" not in part.parts
                    and (part.parts[0] in {"entrada", history.KEPT} or path.suffix == ".sqlite3")
                ):
                    entry = zipfile.ZipInfo(part.as_posix(), (2026, 11, 22, 0, 0, 0))
                    archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def write(path: Path, names: list[str], scenes: dict[str, Callable[[Path], Any]]) -> None:
    """Play the scenes that are wanted and keep what they tell."""
    kept = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    for name, play in scenes.items():
        if not names or name in names:
            with tempfile.TemporaryDirectory() as folder:
                kept[name] = play(Path(folder))
                print(name)
    text = written({name: kept[name] for name in scenes})
    path.write_text(text + "\n", encoding="utf-8")


def written(value: Any, margin: str = "") -> str:
    """JSON with what is not an object on one line, so that a difference is easy to read."""
    if not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False)
    inner = margin + " "
    parts = (
        f"{inner}{json.dumps(key, ensure_ascii=False)}: {written(part, inner)}"
        for key, part in value.items()
    )
    return "{\n" + ",\n".join(parts) + f"\n{margin}}}"


def main(names: list[str]) -> None:
    """Write the scenes named, or all of them."""
    if names[:1] == ["--past"]:
        make_past(*names[1:])
        return
    if not __package__:
        import history
        import outputs
    else:
        from tests.frozen import history, outputs

    write(
        OUTPUTS,
        names,
        {name: lambda pasta, name=name: outputs.outputs(name, pasta) for name in outputs.SCENES},
    )
    write(
        BEHAVIOUR,
        names,
        {
            name: lambda pasta, play=play: history.told(play(unpack(pasta)))
            for name, play in history.NEXT.items()
        },
    )


if __name__ == "__main__":
    main(sys.argv[1:])
