"""What a name or the text of a note says besides: `Ana Prado (emitir p/ marido)`, `Lúmen ???`."""

import re
from collections.abc import Sequence

from converter.brazil.headers import fold_words
from converter.mapping.remarks import remarks
from converter.mapping.rows import Column
from converter.mapping.sense import DESCRICAO, NOME
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue

_APART = re.compile(r"[()\[\]{};,/]|\s[-–—]+\s|:\s|\*")
"""Where one piece of a text ends and another begins."""
_IN_DOUBT = {NOME: re.compile(r"\?(?![\w?])"), DESCRICAO: re.compile(r"\?\?(?![\w?])")}
"""A doubt, and no letter that was lost: `Jo?o`."""


def asides(column: Column, path: str | None) -> dict[RawValue, None]:
    """The distinct texts of a column of names or descriptions that are also a word to the office.

    The first piece of a name is the name, whatever it says; of a text any piece may be such a word.
    """
    kinds = {NOME: ("recado_no_nome", 1), DESCRICAO: ("recado_na_descricao", 0)}
    if path not in kinds:
        return {}
    kind, first = kinds[path]
    phrases = vocabulary().statuses[kind]
    told = [text for text in remarks(column, phrases) if _is_said(text, phrases, first)]
    if path == DESCRICAO:
        told += remarks(column, vocabulary().statuses["em_partes"])
    asking = (value for value in {*column} if type(value) is str and "?" in value)
    doubted = (text for text in asking if _IN_DOUBT[path].search(text))
    return dict.fromkeys((*told, *doubted))


def _is_said(text: RawValue, phrases: Sequence[str], first: int) -> bool:
    pieces = [piece for piece in map(fold_words, _APART.split(str(text))) if piece]
    return any(piece.startswith(tuple(phrases)) for piece in pieces[first:])
