"""The sentences about no problem: `sentences.toml`, each by where it is read and its name there."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from converter import facts
from converter.texts.command import commands

_SENTENCES = Path(__file__).with_name("sentences.toml")


class Detail:
    """What fills a placeholder; `{notas:# nota|# notas}` agrees with a count, `1` or `12.000`."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __format__(self, spec: str) -> str:
        one, several, many = spec.partition("|")
        if not several:
            return format(self._value, spec)
        count = self._value
        number = f"{count:,}".replace(",", ".") if isinstance(count, int) else str(count)
        return (one if number == "1" else many).replace("#", number)


def sentence(key: str, /, **details: object) -> str:
    """The sentence `where.name` with its details; of an ambiente, with what to type there.

    Raises:
        KeyError: There is no such sentence, or a detail is missing: `make check` finds both.
    """
    known = {word: Detail(value) for word, value in details.items()}
    if "ambiente" in details:
        typed = commands(str(details["ambiente"]))
        known = {word: Detail(value) for word, value in typed.items()} | known
    return sentences()[key].format(**known)


@cache
def table(where: str) -> Mapping[str, str]:
    """The sentences of one table, by name: of each state of a lote, `pagina.estados`."""
    every = sentences().items()
    return {key[len(where) + 1 :]: said for key, said in every if key.startswith(f"{where}.")}


@cache
def sentences() -> Mapping[str, str]:
    """Every sentence as it is written, by its key."""
    return dict(_flat(facts.load(_SENTENCES), ""))


def _flat(tables: Mapping[str, object], where: str) -> Iterator[tuple[str, str]]:
    for name, said in tables.items():
        if isinstance(said, dict):
            yield from _flat(said, f"{where}{name}.")
        else:
            yield f"{where}{name}", str(said)
