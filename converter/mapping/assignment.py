"""Which column fills which field: one column a field, the rest asked or left."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from converter.mapping.guesses import by_values
from converter.mapping.portions import portions
from converter.mapping.preferred import preferred
from converter.mapping.profile import Holds, says_a_party
from converter.mapping.rows import Column
from converter.mapping.sense import DOCUMENTS, Candidate, Sense
from converter.mapping.sums import adds_up, cents
from converter.mapping.value_kinds import (
    evident_amount,
    is_amount,
    is_company,
    is_percent,
    is_phrase,
    is_round,
)
from converter.mapping.vocabulary import Says, vocabulary
from converter.model.cells import RawValue, is_blank
from converter.model.columns import ColumnUse
from converter.schemas.catalogue import Kind, kind_of

MOST_SUGGESTED = 3
_HALF = 0.5
_COMPETENCIA = "data_competencia"
_VALOR = "servico.valor_servicos"
_DESCRICAO = "servico.discriminacao"
_SENSITIVE = frozenset(
    {
        Kind.MONEY,
        Kind.RATE,
        Kind.BOOLEAN,
        Kind.DATE,
        Kind.DATETIME,
        Kind.CNPJ,
        Kind.CPF,
        Kind.CPF_CNPJ,
        Kind.CHOICE,
        Kind.ITEM_SERVICO,
    }
)
_AMOUNTS = frozenset({Kind.MONEY, Kind.RATE, Kind.BOOLEAN})
_IN_EVERY_NOTE = frozenset({_DESCRICAO, "tomador.razao_social"})
NUMBERS = "numera"
"""Why a column is left that numbers the rows: it tells rows apart that are alike in all else."""
_FREE = frozenset({"referencia"})
"""Paths that are filled where the header says so, and are not worth a question."""
_WHO = frozenset({"tomador.razao_social", "tomador.cpf", "tomador.cnpj", "tomador.cpf_cnpj"})


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


def assign(
    found: Sequence[Sense], fixed: Mapping[int, Decision], taken: Collection[str]
) -> Assigned:
    """Decide for every column of a sheet.

    Args:
        found: The columns not yet decided, from left to right.
        fixed: What a person or a mapping said, by index.
        taken: Paths that have a column already.
    """
    work = _Work(found, dict(fixed), dict.fromkeys(taken, -1))
    undecided = [one for one in found if one.index not in work.decisions and one.mark is None]
    _told_by_sums(work, undecided)
    _claim(work, undecided, Says.CERTO)
    if not work.has(_VALOR):
        work.amounts = {one.index for one in undecided if _may_be_amount(one, work)}
    _claim(work, undecided, Says.SOZINHO)
    for one in undecided:
        if one.index not in work.decisions:
            decision = _left_over(one, work)
            unknown = decision.why == "desconhecida" and not one.profile.blank
            work.decisions[one.index] = (unknown and _misfit(one, work)) or decision
    return Assigned(work.decisions, work.disputed)


def _told_by_sums(work: "_Work", undecided: Sequence[Sense]) -> None:
    """Use the amount that the sums of the rows tell, and leave what is around it."""
    told = None if work.has(_VALOR) else portions(undecided)
    if told is not None:
        work.use(told.valor, _VALOR, told.why)
        for index, why in told.left.items():
            work.decisions[index] = Decision(ColumnUse.IGNORADA, why=why)


def _misfit(one: Sense, work: "_Work") -> Decision | None:
    """A header that surely says a field of which none of the values can be: asked about."""
    # Which of the row's people is meant is told nowhere else.
    points = one.profile.most(says_a_party)
    missed = (path for path in one.unfit if _worth(path) and (points or not work.has(path)))
    path = next(missed, None)
    return Decision(ColumnUse.PERGUNTA, None, (path,), "talvez") if path else None


def _may_be_amount(one: Sense, work: "_Work") -> bool:
    """Whether the values of a column may be what the notes are of, as far as its header allows."""
    if one.index in work.decisions or one.nothing or one.profile.blank or one.profile.zero:
        return False
    if one.tax or _numbers_rows(one) or one.profile.counts or not one.profile.most(is_amount):
        return False
    return one.words.money or one.profile.most(evident_amount)


def _worth(path: str) -> bool:
    """Whether a column is asked about whose header says this, though no value can be it."""
    if path in vocabulary().paths_of["procurados"]:
        return True
    return kind_of(path) in _SENSITIVE or kind_of(path) in (Kind.CEP, Kind.CODE)


def _numbers_rows(one: Sense) -> bool:
    """Whether a header says a number that tells rows apart, and is none of the note's."""
    return bool(one.ideas & vocabulary().ideas_of["numeracao"])


class _Work:
    def __init__(
        self, found: Sequence[Sense], decisions: dict[int, Decision], taken: dict[str, int]
    ) -> None:
        self.found = found
        self.decisions = decisions
        self.taken = taken
        self.disputed: dict[str, tuple[int, ...]] = {}
        self.amounts: set[int] = set()
        """Columns that may be the amount of the notes, where none surely is."""

    def has(self, path: str, says: Says = Says.NADA) -> bool:
        """Whether a column fills `path`, or says the same thing under another path.

        A field's own label `says` it whatever else there is.
        """
        if path in self.taken or path in self.disputed:
            return True
        if says is Says.ROTULO:
            return False
        party, _, end = path.partition(".")
        if end in DOCUMENTS:
            others = {"cpf_cnpj"} if end != "cpf_cnpj" else {"cpf", "cnpj"}
            return any(f"{party}.{other}" in self.taken for other in others)
        same = _SAME.get(path)
        return same is not None and same in self.taken

    def may_ask(self, one: Sense, path: str) -> bool:
        """Whether a column may still be what a path is asked of.

        So it may where several claim an amount already, and this one says more than is known; a
        total of something nobody knows may be the note's, though another column says an amount.
        """
        if one.words.unknown and kind_of(path) in _AMOUNTS:
            winner = self._filling(path)
            total = path == _VALOR and "total" in one.ideas and winner is not None
            if path in self.disputed or (total and winner != one.profile.values):
                return True
        return not self.has(path) and path not in _FREE

    def _filling(self, path: str) -> Column | None:
        """The values of the column that fills a path, None where none does."""
        at = self.taken.get(path)
        return next((one.profile.values for one in self.found if one.index == at), None)

    def withheld(self) -> list[Column]:
        """The amounts of the columns of what is withheld."""
        indexes = {self.taken.get(path) for path in vocabulary().paths_of["retidos"]}
        return [one.profile.values for one in self.found if one.index in indexes]

    def leaves_blank(self, path: str, values: Column) -> bool:
        """Whether one of these values stands where the column of a path is blank."""
        winner = self._filling(path) if path in _WHO else None
        if winner is None or all(map(is_blank, winner)):
            return False
        pairs = zip(winner, values, strict=False)
        return any(is_blank(other) and not is_blank(value) for other, value in pairs)

    def ask(self, columns: Sequence[Sense], path: str, why: str) -> None:
        for one in columns:
            self.decisions[one.index] = _asked(one, [path], why)

    def use(self, one: Sense, path: str, why: str) -> None:
        self.decisions[one.index] = Decision(ColumnUse.USADA, path, why=why, detail=one.group)
        self.taken[path] = one.index


_SAME = {
    "tomador.endereco.codigo_municipio": "tomador.endereco.nome_municipio",
    "servico.codigo_municipio": "servico.nome_municipio",
}


def _claim(work: _Work, found: Sequence[Sense], least: Says) -> None:
    """Give each path to the one column that claims it; what several claim is settled, or asked."""
    claims: dict[str, list[tuple[Sense, Candidate]]] = defaultdict(list)
    for one in found:
        if one.index in work.decisions:
            continue
        top = _choice(one, work, least)
        if len(top) == 1:
            claims[top[0].path].append((one, top[0]))
        elif len(top) > 1:
            work.decisions[one.index] = _asked(one, [each.path for each in top], "ambigua")
    for path in sorted(
        claims, key=lambda path: max(each.weight for _, each in claims[path]), reverse=True
    ):
        if work.has(path, max(each.says for _, each in claims[path])):
            continue
        _settle(work, path, claims[path], least)


def _choice(one: Sense, work: _Work, least: Says) -> list[Candidate]:
    """The likeliest of what the header says at least so plainly; several where they are equal."""
    plain = [
        each for each in one.best() if each.says >= least and not work.has(each.path, each.says)
    ]
    first = plain[:1]
    return [each for each in plain if each.weight == first[0].weight] if first else []


def _settle(work: _Work, path: str, claims: list[tuple[Sense, Candidate]], least: Says) -> None:
    sure = least is Says.CERTO
    best = _strongest(path, claims, sure=sure)
    if not sure and path == _VALOR and work.amounts - {best[0].index}:
        work.ask(best, path, "varias")
    elif len(best) == 1 or (sure and not _must_be_sure(path)):
        work.use(best[0], path, "cabecalho" if sure else "sozinha")
    else:
        # Of several, which one is asked: all the more where none of them is surely the note's.
        work.disputed[path] = tuple(one.index for one in best) if sure else ()
        work.ask(best, path, "disputada" if sure else "varias")


def _must_be_sure(path: str) -> bool:
    """Whether of two columns that say this field neither is just taken: they are asked about."""
    return kind_of(path) in _SENSITIVE or path == "tomador.razao_social"


def _strongest(path: str, claims: list[tuple[Sense, Candidate]], *, sure: bool) -> list[Sense]:
    """The columns whose claim to a path is the heaviest."""
    amount = kind_of(path) in _AMOUNTS
    # A label is no proof against another column that surely says the same amount.
    most = Says.CERTO if amount else Says.ROTULO
    weights = [(min(each.says, most), Holds.BEM if amount else each.holds) for _, each in claims]
    best = [one for (one, _), weight in zip(claims, weights, strict=True) if weight == max(weights)]
    return preferred(path, best) if sure and len(best) > 1 else best


def _left_over(one: Sense, work: _Work) -> Decision:
    """A column that fills nothing for certain: what it may be is asked, the rest is left."""
    empty = _says_no_amount(one, work)
    if empty:
        return Decision(ColumnUse.IGNORADA, why=empty)
    if _changes_the_amount(one):
        return _asked(one, [each.path for each in one.best()], "desconto")
    free = _worth_asking(one, work)
    if free:
        return _asked(one, free, "talvez")
    if one.nothing:
        return Decision(ColumnUse.IGNORADA, why=NUMBERS if _numbers_rows(one) else "nada")
    return _loser(one, work) if one.candidates else _by_values(one, work)


def _worth_asking(one: Sense, work: _Work) -> list[str]:
    """The fields no column fills that the header may say, the likeliest first."""
    free = [each.path for each in one.best() if work.may_ask(one, each.path)]
    if one.ideas & vocabulary().days["caixa"] and free == [_COMPETENCIA]:
        # When it was paid may be when the note is issued, and is no month of its own beside that.
        return []
    if one.profile.sparse:
        free = [path for path in free if path not in _IN_EVERY_NOTE]
    needed = vocabulary().paths_of["procurados"]
    return [path for path in free if path in needed] if one.nothing else free


def _says_no_amount(one: Sense, work: _Work) -> str:
    """Why the amounts of a column say nothing: all nought, or the sum of those beside them."""
    if one.profile.zero:
        return "zeros"
    return "soma" if one.tax and _sums_what_is_withheld(one, work) else ""


def _sums_what_is_withheld(one: Sense, work: _Work) -> bool:
    total, parts = cents(one.profile.values), list(map(cents, work.withheld()))
    return total is not None and None not in parts and adds_up(total, list(filter(None, parts)))


def _changes_the_amount(one: Sense) -> bool:
    """A full price, a discount in percent: asked about even where another column is the amount."""
    said = one.ideas | {"percentual"} if one.words.percent else one.ideas
    return said - one.words.unknown in vocabulary().always and one.profile.most(_amount_or_percent)


def _amount_or_percent(value: RawValue) -> bool:
    return is_amount(value) or is_percent(value)


def _loser(one: Sense, work: _Work) -> Decision:
    """Its field has another column: left, unless both surely say an amount, a date or a tax.

    A customer is asked about who stands where the one that was found is blank.
    """
    top = one.best()[0]
    kind = kind_of(top.path)
    if top.path.startswith("tomador.") and work.leaves_blank(top.path, one.profile.values):
        return _asked(one, [top.path], "ocupada", str(work.taken.get(top.path, -1)))
    untold = (kind is Kind.MONEY and one.words.unknown) or (kind in _AMOUNTS and one.tax)
    if (untold or top.says >= Says.CERTO) and kind in _SENSITIVE and not _another_person(one, top):
        offered = [path for path in by_values(one.profile) if not work.has(path)]
        return _asked(one, [top.path, *offered], "ocupada", str(work.taken.get(top.path, -1)))
    return Decision(ColumnUse.IGNORADA, why="ocupada")


def _another_person(one: Sense, top: Candidate) -> bool:
    """Whether the values are surely no other reading of what the winning column says."""
    persons = kind_of(top.path) in (Kind.CNPJ, Kind.CPF, Kind.CPF_CNPJ)
    doubted = persons and (one.party == "dependente" or top.holds is not Holds.BEM)
    return doubted or top.holds is Holds.NAO


def _by_values(one: Sense, work: _Work) -> Decision:
    """Nobody knows the header: what looks like something of a note is asked."""
    offered = _looks_like(one, work)
    if not offered and one.tax and not one.profile.blank:
        return _asked(one, ["servico.iss_retido"], "imposto")
    left = _why_left(one, offered)
    if left:
        return Decision(ColumnUse.IGNORADA, why=left)
    free = [path for path in offered if not work.has(path)]
    if kind_of(offered[0]) in _SENSITIVE or one.profile.most(is_company):
        return _asked(one, free or offered, "imposto" if one.tax else "valores")
    return (
        _asked(one, free, "valores") if free else Decision(ColumnUse.IGNORADA, why="desconhecida")
    )


def _why_left(one: Sense, offered: Sequence[str]) -> str:
    """Why nothing of what the values look like is asked, empty where it is."""
    kind = kind_of(offered[0]) if offered else None
    if kind is None or (kind is Kind.BOOLEAN and not one.tax):
        return "desconhecida"
    says_another = one.words.known and not one.tax and one.ideas - {"percentual"}
    return "nada" if kind is Kind.RATE and says_another else ""


def _looks_like(one: Sense, work: _Work) -> list[str]:
    """What the values suggest, the likeliest first."""
    offered = list(by_values(one.profile))
    if not offered and one.index in work.amounts:
        return [_VALOR]
    if not offered and _may_be_money(one):
        offered = list(vocabulary().suggestions["dinheiro"])
    if not offered and _may_describe(one, work):
        return [_DESCRICAO]
    if one.tax:
        offered.sort(key=lambda path: path != "servico.outras_retencoes")
    return offered


def _may_describe(one: Sense, work: _Work) -> bool:
    """Whether a text of several words may be what the notes are for, which no column says."""
    profile = one.profile
    phrases = profile.distinct > 1 and not profile.sparse and profile.share(is_phrase) >= _HALF
    return phrases and not work.has(_DESCRICAO)


def _may_be_money(one: Sense) -> bool:
    """Whole numbers that are amounts: the header says so, or nobody knows it and they are round."""
    if one.words.money:
        return one.profile.most(is_amount)
    unknown = bool(one.ideas) and one.ideas == one.words.unknown
    return unknown and not one.profile.counts and one.profile.most(is_round)


def _asked(one: Sense, paths: Sequence[str], why: str, detail: str = "") -> Decision:
    return Decision(ColumnUse.PERGUNTA, None, tuple(_offered(one, paths)), why, detail)


def _offered(one: Sense, paths: Sequence[str]) -> Iterator[str]:
    """At most three, each able to hold the values: what is asked of, then what else."""
    also = [each.path for each in one.best()]
    found = list(dict.fromkeys((*paths, *also)))
    yield from [path for path in found if one.profile.holds(path)][:MOST_SUGGESTED]
