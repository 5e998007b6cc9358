"""Refs the user names on the command line."""

from __future__ import annotations

from collections.abc import Iterable

from converter.errors import SettingsError
from converter.journal.journal import Journal
from converter.texts.sentences import sentence


def known(refs: Iterable[str], journal: Journal, ambiente: str) -> None:
    """Hold the refs against the journal.

    Raises:
        SettingsError: No lote of this ambiente has one of them.
    """
    for ref in sorted(refs):
        if not journal.lotes(ambiente, refs=[ref], whole=False):
            raise SettingsError(sentence("comando.sem-lote", ref=ref, ambiente=ambiente))
