"""What becomes of each column of a sheet, while it is being decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from converter.mapping.rows import Column
from converter.mapping.sense import DOCUMENTS, VALOR, Sense
from converter.mapping.sums import Amounts
from converter.mapping.vocabulary import Says, vocabulary
from converter.model.cells import is_blank
from converter.model.columns import ColumnUse
from converter.schemas.catalogue import Kind, kind_of

AMOUNTS = frozenset({Kind.MONEY, Kind.RATE, Kind.BOOLEAN})
SENSITIVE = AMOUNTS | {
    Kind.DATE,
    Kind.DATETIME,
    Kind.CNPJ,
    Kind.CPF,
    Kind.CPF_CNPJ,
    Kind.CHOICE,
    Kind.ITEM_SERVICO,
}
"""Kinds of fields of which a second column is asked about."""
BETWEEN = " - "
"""What stands between the texts of columns that say one field together."""
_MOST_SUGGESTED = 3
_REFERENCE = "referencia"
"""A path that is filled where the header says so, and is not worth a question."""
_SAME = {
    "tomador.endereco.codigo_municipio": "tomador.endereco.nome_municipio",
    "servico.codigo_municipio": "servico.nome_municipio",
}


def same_as(path: str) -> tuple[str, ...]:
    """The other paths under which a column may say what `path` does."""
    party, _, end = path.partition(".")
    if end in DOCUMENTS:
        others = ("cpf_cnpj",) if end != "cpf_cnpj" else ("cpf", "cnpj")
        return tuple(f"{party}.{other}" for other in others)
    return (_SAME[path],) if path in _SAME else ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one column, and why: `why` is a code of the file's [motivos]."""

    use: ColumnUse
    path: str | None = None
    suggestions: tuple[str, ...] = ()
    why: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A decision for every column by its index; `disputed` are paths that several surely claim."""

    decisions: Mapping[int, Decision]
    disputed: Mapping[str, tuple[int, ...]]


class Work:
    """The columns of a sheet, what was decided of them, and the paths that have a column."""

    def __init__(
        self, found: Sequence[Sense], decisions: dict[int, Decision], taken: dict[str, int]
    ) -> None:
        self.found = found
        self.by_index = {one.index: one for one in found}
        self.decisions = decisions
        self.taken = taken
        self.disputed: dict[str, tuple[int, ...]] = {}
        self.amounts: set[int] = set()
        """Columns that may be the amount of the notes, where none surely is."""
        self.texts: set[int] = set()
        """Columns of texts under words nobody knows."""

    def has(self, path: str, says: Says = Says.NADA) -> bool:
        """Whether a column fills `path`, or says the same thing under another path.

        A field's own label `says` it whatever else there is.
        """
        if path in self.taken or path in self.disputed:
            return True
        if says is Says.ROTULO:
            return False
        return any(other in self.taken for other in same_as(path))

    def may_ask(self, one: Sense, path: str) -> bool:
        """Whether a column may still be what a path is asked of.

        So it may where several claim an amount already, and this one says more than is known; a
        total of something nobody knows may be the note's, though another column says an amount.
        """
        if one.words.unknown and kind_of(path) in AMOUNTS:
            total = path == VALOR and "total" in one.ideas
            if path in self.disputed or (total and self.differs(one, path)):
                return True
        return path != _REFERENCE and not self.has(path)

    def differs(self, one: Sense, path: str) -> bool:
        """Whether a column says other values than the one that fills a path."""
        winner = self.filling(path)
        return winner is not None and winner != one.profile.values

    def filling(self, path: str) -> Column | None:
        """The values of the column that fills a path, None where none does."""
        one = self.by_index.get(self.taken.get(path, -1))
        return None if one is None else one.profile.values

    def is_list_price(self, one: Sense) -> bool:
        """Whether a column is a price of which nothing says what was taken off it."""
        return "cheio" in one.ideas and not any("desconto" in each.ideas for each in self.found)

    def withheld(self) -> list[Amounts]:
        """The amounts of the columns of what is withheld."""
        indexes = {self.taken.get(path) for path in vocabulary().paths_of["retidos"]}
        return [one.profile.amounts for one in self.found if one.index in indexes]

    def beside(self, one: Sense) -> list[Sense]:
        """The columns next to one, to its left and right."""
        near = (self.by_index.get(one.index + step) for step in (-1, 1))
        return list(filter(None, near))

    def leaves_blank(self, path: str, values: Column) -> bool:
        """Whether one of these values stands where the column of a path is blank."""
        winner = self.filling(path) if path in vocabulary().paths_of["quem"] else None
        if winner is None or all(map(is_blank, winner)):
            return False
        pairs = zip(winner, values, strict=False)
        return any(is_blank(other) and not is_blank(value) for other, value in pairs)

    def dispute(self, columns: Sequence[Sense], path: str) -> None:
        """Ask of each of these whether it is a path, that all of them surely claim."""
        self.disputed[path] = tuple(one.index for one in columns)
        self.ask(columns, path, "disputada")

    def ask(self, columns: Sequence[Sense], path: str, why: str) -> None:
        """Ask of each of these whether it is a path."""
        for one in columns:
            self.decisions[one.index] = asked(one, [path], why)

    def use(self, one: Sense, path: str, why: str) -> None:
        """Have a column fill a path."""
        self.decisions[one.index] = Decision(ColumnUse.USADA, path, why=why, detail=one.group)
        self.taken[path] = one.index


def asked(one: Sense, paths: Sequence[str], why: str, detail: str = "") -> Decision:
    """A question about a column: whether it is one of `paths`."""
    return Decision(ColumnUse.PERGUNTA, None, tuple(_offered(one, paths)), why, detail)


def _offered(one: Sense, paths: Sequence[str]) -> Iterator[str]:
    """At most three, each able to hold the values: what is asked of, then what else."""
    also = [each.path for each in one.best()]
    found = list(dict.fromkeys((*paths, *also)))
    yield from [path for path in found if one.profile.holds(path)][:_MOST_SUGGESTED]
