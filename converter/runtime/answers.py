"""Answers found in workbooks of `entrada/`, kept in `mappings/` before any file is converted."""

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from converter.brazil.headers import slug
from converter.disk import free, write_bytes
from converter.mapping.answers import load_answers, merged, same, written
from converter.model.columns import NO_ANSWERS, Answers
from converter.model.said import SourceAnswers
from converter.runtime.environment import Environment
from converter.settings import Settings
from converter.stages.answers import read_answers
from converter.stages.read import read
from converter.workbook.mark import TO_MEND, bears

_LONGEST_LIST = 4 * 1024 * 1024
"""Bytes of the part that lists the sheets of a workbook of ours, and far more."""


def kept_answers(settings: Settings) -> Mapping[str, Answers]:
    """What is kept in `mappings/`, by header signature.

    Raises:
        SettingsError: A file of answers cannot be used.
    """
    kept = load_answers(settings.folders.mappings)
    return {signature: answers for signature, (_, answers) in kept.items()}


def keep_answers(settings: Settings, environment: Environment) -> None:
    """Write what the workbooks of `entrada/` answer into `mappings/`, the newest workbook last.

    Raises:
        SettingsError: A file of answers cannot be used.
        OSError: The folder cannot be written to.
    """
    keep(settings, list(_said(settings.folders.entrada)), environment.now().date())


def keep(settings: Settings, found: Sequence[SourceAnswers], today: date) -> list[Path]:
    """Write answers into `mappings/`, the last one said going before those above it.

    A file is written only where something new was said, so that the same answers are the same
    bytes whenever they are read; those that were written are given back.

    Raises:
        SettingsError: A file of answers cannot be used.
        OSError: The folder cannot be written to.
    """
    if not found:
        return []
    folder = settings.folders.mappings
    kept = dict(load_answers(folder))
    before = {signature: answers for signature, (_, answers) in kept.items()}
    for one in found:
        path, old = kept.get(one.assinatura) or (_free(folder, one), NO_ANSWERS)
        new = merged(old, replace(one.answers, data=today), one.esquecidas)
        kept[one.assinatura] = (path, new)
    changed: list[Path] = []
    for signature, planilha in {one.assinatura: one.planilha for one in found}.items():
        path, answers = kept[signature]
        if not same(answers, before.get(signature, NO_ANSWERS)):
            changed.append(write_bytes(path, written(signature, planilha, answers).encode()))
    return changed


def _said(entrada: Path) -> Iterator[SourceAnswers]:
    """What each workbook to mend says, from the oldest to the newest."""
    files = [path for path in entrada.rglob("*.xlsx") if path.is_file()]
    for path in sorted(files, key=lambda one: (one.stat().st_mtime_ns, one.name)):
        if not _may_be_ours(path):
            continue
        try:
            data = path.read_bytes()
        except OSError:
            # It is read again with the others, and told there.
            continue
        if bears(data, TO_MEND):
            book = read(data, path.relative_to(entrada).as_posix()).book
            if book is not None:
                yield from read_answers(book)[1].source


def _may_be_ours(path: Path) -> bool:
    """A look at the list of sheets alone: thousands of files are passed by without reading them."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = [each for each in package.infolist() if each.filename.endswith("workbook.xml")]
            return any(
                TO_MEND.encode() in package.read(part)
                for part in parts[:1]
                if part.file_size <= _LONGEST_LIST
            )
    except (OSError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return False


def _free(folder: Path, one: SourceAnswers) -> Path:
    """A name nobody has: what the user wrote by hand is never written over."""
    stem = PurePosixPath(one.answers.arquivo).stem
    name = slug(stem).removesuffix("_corrigir") or "planilha"
    return free(folder / f"respostas_{name}_{one.assinatura[:6]}.toml", "_{}")
