"""What a TOML file of the user's says, key by key; what cannot be is refused at its line."""

import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

from converter.errors import MappingError
from converter.mapping.spec import Constant
from converter.schemas.catalogue import BY_PATH

PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", re.ASCII)


class TomlReader:
    """Takes values out of the tables of one file; every refusal is a `MappingError` at its line.

    `at` are the keys that lead to a table, `key` is the one in it.
    """

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text

    def refuse(self, at: Iterable[str], sentence: str) -> NoReturn:
        """Raise a `MappingError` at the line where the keys `at` stand."""
        raise MappingError(self._file, line_of(self._text, tuple(at)), sentence)

    def only(
        self,
        table: Mapping[str, object],
        keys: Sequence[str],
        at: Sequence[str] = (),
        where: str = "aqui",
    ) -> None:
        """Refuse a key that is none of `keys`, with the one it may have been meant as."""
        for key in table:
            if key not in keys:
                near = difflib.get_close_matches(key, keys, n=1)
                meant = f'; você quis dizer "{near[0]}"?' if near else f"; há {', '.join(keys)}."
                self.refuse((*at, key), f'a chave "{key}" não existe {where}{meant}')

    def table(self, tables: Mapping[str, object], key: str) -> dict[str, object]:
        """The table under `key`, empty where there is none."""
        table = tables.get(key, {})
        if not isinstance(table, dict):
            self.refuse((key,), f"[{key}] precisa ser uma tabela.")
        return table

    def text(self, table: Mapping[str, object], key: str, at: Sequence[str] = ()) -> str | None:
        """The text under `key`, None where there is none."""
        value = table.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            self.refuse((*at, key), f'"{key}" é um texto entre aspas.')
        return value

    def texts(self, value: object, at: Sequence[str], *, blank: bool = False) -> tuple[str, ...]:
        """The texts that stand at the keys `at`, or the one alone; empty ones only if `blank`."""
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(
            isinstance(text, str) and (text or blank) for text in texts
        ):
            self.refuse(at, f'"{at[-1]}" é um texto entre aspas ou uma lista deles.')
        return tuple(texts)

    def flag(self, table: Mapping[str, object], key: str) -> bool | None:
        """True, false, or None where nothing is said."""
        value = table.get(key)
        if value is not None and not isinstance(value, bool):
            self.refuse((key,), f"{key} aceita só true ou false.")
        return value

    def known(self, path: str, at: Iterable[str]) -> None:
        """Refuse a path that cannot stand in a mapping, at the keys `at`."""
        wrong = complaint(path)
        if wrong is not None:
            self.refuse(at, wrong)

    def constant(self, value: object, at: Sequence[str], name: str = "") -> Constant:
        """A value that one cell may have; `name` is how it is called, the last of `at` if empty."""
        if not isinstance(value, Constant):
            self.refuse(at, f'"{name or at[-1]}" é um texto, um número, true ou false.')
        return value


def complaint(path: str) -> str | None:
    """Give what is wrong with `path`, None when nothing is.

    A path outside the catalogue passes, since cities have fields of their own, unless it is a
    letter or two away from one inside it.
    """
    if not PATH.fullmatch(path):
        return f'"{path}" não é um campo da API: use letras minúsculas, _ e pontos.'
    if path in BY_PATH:
        return None
    near = [
        known
        for known in difflib.get_close_matches(path, BY_PATH, n=3, cutoff=0.9)
        if abs(len(known) - len(path)) <= 2
    ]
    # A field without the object it is in would go to another place of the JSON, unseen.
    near += [known for known in BY_PATH if known.endswith(f".{path}")]
    if near:
        return (
            f'o campo "{path}" não existe no catálogo; você quis dizer "{near[0]}"? '
            "Se é mesmo um campo da sua prefeitura, escreva campo_novo = true."
        )
    return None


def quoted(value: str) -> str:
    """A text as a TOML basic string: JSON writes the same escapes."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


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
