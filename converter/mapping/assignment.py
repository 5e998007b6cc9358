"""Which column fills which field: one column a field, the rest asked or left."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from converter.brazil.headers import fold_words
from converter.mapping.currency import told_by_currency
from converter.mapping.customers import ask_of_both, ask_of_their_names
from converter.mapping.decisions import (
    AMOUNTS,
    SENSITIVE,
    Assigned,
    Decision,
    Work,
    asked,
)
from converter.mapping.descriptions import say_surely, say_together
from converter.mapping.doubts import doubt_the_amount, doubt_the_net, doubt_the_whole
from converter.mapping.left_over import left_over, may_be_amount, may_be_text
from converter.mapping.portions import Portions, portions
from converter.mapping.preferred import preferred
from converter.mapping.profile import Holds
from converter.mapping.sense import DESCRICAO, LIQUIDO, NOME, VALOR, Candidate, Sense
from converter.mapping.vocabulary import Says, vocabulary
from converter.model.columns import ColumnUse
from converter.schemas.catalogue import kind_of


def assign(
    found: Sequence[Sense], fixed: Mapping[int, Decision], taken: Collection[str]
) -> Assigned:
    """Decide for every column of a sheet.

    Args:
        found: The columns not yet decided, from left to right.
        fixed: What a person or a mapping said, by index.
        taken: Paths that have a column already.
    """
    work = Work(found, dict(fixed), dict.fromkeys(taken, -1))
    unmarked = [one for one in found if one.mark is None]
    told_by_currency(work)
    _told_by_sums(work)
    _claim(work, unmarked, Says.CERTO)
    if not work.has(VALOR):
        work.amounts = {one.index for one in unmarked if may_be_amount(one, work)}
    work.texts = {one.index for one in unmarked if may_be_text(one, work)}
    _claim(work, unmarked, Says.SOZINHO)
    for one in unmarked:
        if one.index not in work.decisions:
            work.decisions[one.index] = left_over(one, work)
    ask_of_their_names(work)
    doubt_the_amount(work)
    doubt_the_whole(work)
    doubt_the_net(work)
    ask_of_both(work)
    return Assigned(work.decisions, work.disputed)


def _told_by_sums(work: Work) -> None:
    """Use the amount that the sums of the rows tell, and leave what is around it.

    What a person said of one of the columns does not change what the others add up to.
    """
    told = portions(work.found)
    if told is None:
        return
    chosen = told.valor[0]
    decided = work.has(VALOR) or any(one.index in work.decisions for one in told.valor)
    if decided and work.taken.get(VALOR) != chosen.index:
        return
    if len(told.valor) > 1:
        work.dispute(told.valor, VALOR)
        return
    if not decided:
        work.use(chosen, VALOR, told.why)
    for one in work.found:
        if one.index not in work.decisions:
            _leave(work, told, one)


def _leave(work: Work, told: Portions, one: Sense) -> None:
    """Decide of a column around the amount, where its sum tells what it is."""
    if one.index in told.left:
        work.decisions[one.index] = Decision(ColumnUse.IGNORADA, why=told.left[one.index])
    elif one.index == told.liquido and told.certain and not work.has(LIQUIDO):
        work.use(one, LIQUIDO, "depois_das_retencoes")
    elif one.index == told.liquido:
        # Beside a discount not yet answered for, it would differ from the amount of the note.
        work.ask([one], LIQUIDO, "com_desconto")


def _claim(work: Work, found: Sequence[Sense], least: Says) -> None:
    """Give each path to the one column that claims it; what several claim is settled, or asked."""
    claims: dict[str, list[tuple[Sense, Candidate]]] = defaultdict(list)
    for one in found:
        if one.index in work.decisions:
            continue
        top = _choice(one, work, least)
        if len(top) == 1:
            claims[top[0].path].append((one, top[0]))
        elif len(top) > 1:
            work.decisions[one.index] = asked(one, [each.path for each in top], "ambigua")
    for path in sorted(
        claims, key=lambda path: max(each.weight for _, each in claims[path]), reverse=True
    ):
        if any(_is_free(each, work) for _, each in claims[path]):
            _settle(work, path, claims[path], least)


def _choice(one: Sense, work: Work, least: Says) -> list[Candidate]:
    """The likeliest of what the header says at least so plainly; several where they are equal."""
    plain = [each for each in one.best() if each.says >= least and _is_free(each, work)]
    return [each for each in plain if each.weight == plain[0].weight]


def _is_free(each: Candidate, work: Work) -> bool:
    """Whether no column has the field; the full code of a city stands beside the city's name."""
    if each.path.endswith(".codigo_municipio") and each.holds is Holds.BEM:
        return each.path not in work.taken
    return not work.has(each.path, each.says)


def _settle(work: Work, path: str, claims: list[tuple[Sense, Candidate]], least: Says) -> None:
    sure = least is Says.CERTO
    best = _strongest(path, claims, sure=sure)
    if len(best) == 1 and path in vocabulary().paths_of["quem"]:
        best += [one for one, _ in claims if one not in best and _fills_gaps(one, best[0])]
    if sure and path == DESCRICAO:
        say_surely(work, best)
    elif sure and (len(best) == 1 or not _must_be_sure(path)):
        work.use(best[0], path, "cabecalho")
    elif sure:
        work.dispute(best, path)
    else:
        _settle_weak(work, path, best)


def _fills_gaps(one: Sense, best: Sense) -> bool:
    """Whether a column says a customer in most rows, and another that is seldom filled does not."""
    return best.profile.sparse and not one.profile.sparse


def _settle_weak(work: Work, path: str, best: Sequence[Sense]) -> None:
    """Of columns of which none surely is a field, use the only one, and ask about several."""
    best = _without_prices(work, best)
    if _rivals(work, path, best[0]):
        work.ask(best, path, "varias")
    elif path == DESCRICAO and say_together(work, best):
        return
    elif path == DESCRICAO and _names_something_else(best[0]):
        work.ask(best, path, "talvez")
    elif len(best) == 1:
        work.use(best[0], path, "sozinha")
    else:
        # All the more is it asked which one it is.
        work.disputed[path] = ()
        work.ask(best, path, "varias")


def _without_prices(work: Work, best: Sequence[Sense]) -> Sequence[Sense]:
    """The columns but for prices of one, and of a list, where there are others."""
    best = [one for one in best if "unitario" not in one.ideas] or best
    return [one for one in best if not work.is_list_price(one)] or best


def _names_something_else(one: Sense) -> bool:
    """Whether a header speaks of the service only to say whose or which: `Tipo de contrato`."""
    inspector = fold_words(one.cell.column.header).startswith(vocabulary().statuses["fiscais"])
    return inspector or bool(one.party) or {"tipo", "objeto_fraco"} <= one.ideas


def _rivals(work: Work, path: str, one: Sense) -> bool:
    """Whether others may be what a column claims, none of them surely."""
    if path == DESCRICAO and one.words.unknown:
        return bool(work.texts - {one.index})
    return path == VALOR and any(
        _may_be_instead(other, one)
        for other in work.found
        if other.index in work.amounts - {one.index}
    )


def _may_be_instead(other: Sense, one: Sense) -> bool:
    """Whether an amount may be the note's instead of another; not what a commission is on."""
    return not (one.speaks_of("ganhos") and "dinheiro_alheio" in other.ideas)


def _must_be_sure(path: str) -> bool:
    """Whether of two columns that say this field neither is just taken: they are asked about."""
    return kind_of(path) in SENSITIVE or path == NOME


def _strongest(path: str, claims: list[tuple[Sense, Candidate]], *, sure: bool) -> list[Sense]:
    """The columns whose claim to a path is the heaviest."""
    amount = kind_of(path) in AMOUNTS
    # A label is no proof against another column that surely says the same amount.
    most = Says.CERTO if amount else Says.ROTULO
    weights = [(min(each.says, most), Holds.BEM if amount else each.holds) for _, each in claims]
    best = [one for (one, _), weight in zip(claims, weights, strict=True) if weight == max(weights)]
    return preferred(path, best) if sure else best
