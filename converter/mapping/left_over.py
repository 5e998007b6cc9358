"""A column that fills nothing for certain: what it may be is asked, the rest is left."""

from collections.abc import Sequence

from converter.mapping.adjustments import adjustment
from converter.mapping.amount_parts import amount_or_percent, beside_the_amount
from converter.mapping.customers import NAME, names_another_payer
from converter.mapping.decisions import (
    AMOUNTS,
    SENSITIVE,
    Decision,
    Work,
    asked,
)
from converter.mapping.other_customers import may_be_customer, signs_for_a_company
from converter.mapping.places import place
from converter.mapping.profile import Holds, Profile, says_a_party
from converter.mapping.sense import DESCRICAO, VALOR, Candidate, Sense
from converter.mapping.sums import adds_up
from converter.mapping.value_kinds import (
    evident_amount,
    has_cents,
    has_email,
    is_amount,
    is_cep,
    is_city,
    is_company,
    is_count,
    is_day,
    is_document,
    is_email,
    is_item,
    is_large,
    is_month,
    is_name,
    is_number,
    is_percent,
    is_phrase,
    is_round,
    is_uf,
    is_words,
    is_yes_no,
)
from converter.mapping.vocabulary import Says, vocabulary
from converter.mapping.withheld import RETIDO, says_who_pays
from converter.model.cells import RawValue
from converter.model.columns import ColumnUse
from converter.schemas.catalogue import Kind, kind_of

NUMBERS = "numera"
"""Why a column is left that numbers the rows: it tells rows apart that are alike in all else."""
_EMISSAO = "data_emissao"
_COMPETENCIA = "data_competencia"
_PLACE = "servico.nome_municipio"
_PERSONS = (Kind.CNPJ, Kind.CPF, Kind.CPF_CNPJ)
_LEAST = 10
"""From which on a whole number may be what something is charged for, and is hardly how many."""
_STEP = 5
"""What whole prices are a multiple of, where some of their column are large."""
_LONG = 25
"""Letters from which a text says more than a name."""


def left_over(one: Sense, work: Work) -> Decision:
    """What is decided of a column that no path was given to."""
    decision = _left(one, work)
    return (decision.why == "desconhecida" and _misfit(one, work)) or decision


def may_be_amount(one: Sense, work: Work) -> bool:
    """Whether the values of a column may be what the notes are of, as far as its header allows."""
    if one.index in work.decisions or one.nothing or one.profile.zero or one.profile.counts:
        return False
    if one.tax or one.speaks_of("numeracao") or one.speaks_of("antes") or work.is_list_price(one):
        return False
    return one.profile.most(is_amount if one.words.money else evident_amount)


def may_be_text(one: Sense, work: Work) -> bool:
    """Whether a column may be what the notes are for, under a header nobody knows."""
    if one.index in work.decisions or one.nothing or one.party or not one.words.unknown:
        return False
    return not one.profile.sparse and one.profile.half(is_phrase)


def _left(one: Sense, work: Work) -> Decision:
    """A column that fills nothing for certain: what it may be is asked, the rest is left."""
    if one.profile.zero:
        return Decision(ColumnUse.IGNORADA, why="zeros")
    if one.tax and adds_up(one.profile.amounts, work.withheld()):
        return Decision(ColumnUse.IGNORADA, why="soma")
    adjusted = adjustment(one, work)
    if adjusted:
        return adjusted
    if says_who_pays(one) and not work.has(RETIDO):
        return Decision(ColumnUse.PERGUNTA, None, (RETIDO,), "talvez")
    if _changes_the_amount(one):
        return asked(one, [each.path for each in one.best()], "desconto")
    found = beside_the_amount(one, work) or _asked_about(one, work) or place(one, work)
    return found or _adds_or_takes(one) or _let_be(one, work)


def _asked_about(one: Sense, work: Work) -> Decision | None:
    free = _worth_asking(one, work)
    if free:
        return asked(one, free, "talvez")
    if one.ideas > {"dia"} and one.is_only("do_envio") and one.profile.most(is_count):
        return Decision(ColumnUse.PERGUNTA, why="dia_da_nota")
    if one.ideas == {"dia"} and one.profile.most(is_count) and not work.has(_EMISSAO):
        # The day alone, of a month told elsewhere.
        return Decision(ColumnUse.PERGUNTA, None, (_EMISSAO,), "talvez")
    if one.nothing and one.profile.most(is_month) and not work.has(_COMPETENCIA):
        return asked(one, [_COMPETENCIA], "valores")
    return None


def _adds_or_takes(one: Sense) -> Decision | None:
    """A question about amounts that are added to the note's or taken off it, if they are those."""
    if not one.speaks_of("mudam_o_valor") or one.nothing or one.words.percent:
        return None
    charged = one.profile.most(is_amount) and "quantidade" not in one.ideas
    if not charged or ("extra" in one.ideas and not one.profile.some(evident_amount)):
        return None
    path = "servico.desconto_incondicionado" if "desconto" in one.ideas else VALOR
    return asked(one, [each.path for each in one.best()] or [path], "desconto")


def _let_be(one: Sense, work: Work) -> Decision:
    if names_another_payer(one, work):
        return asked(one, [NAME], "outro_pagador", NAME)
    if one.nothing:
        return Decision(ColumnUse.IGNORADA, why=NUMBERS if one.speaks_of("numeracao") else "nada")
    return _loser(one, work) if one.candidates else _by_values(one, work)


def _worth_asking(one: Sense, work: Work) -> list[str]:
    """The fields no column fills that the header may say, the likeliest first."""
    free = [each.path for each in one.best() if work.may_ask(one, each.path)]
    if signs_for_a_company(one, work):
        free = [path for path in free if path != "tomador.cpf"]
    if one.speaks_of("datas_de_caixa") and free == [_COMPETENCIA]:
        # When it was paid may be when the note is issued, and is no month of its own beside that.
        return []
    return _sought(one, free)


def _sought(one: Sense, free: list[str]) -> list[str]:
    """Those worth asking of a column seldom filled, or of one whose header says nothing."""
    fields = vocabulary().paths_of
    if one.profile.sparse:
        free = [path for path in free if path not in fields["em_toda_nota"]]
    return [path for path in free if path in fields["procurados"]] if one.nothing else free


def _changes_the_amount(one: Sense) -> bool:
    """A full price, a discount in percent: asked about even where another column is the amount."""
    said = one.ideas - one.words.unknown
    if one.words.percent or one.profile.some(is_percent):
        said |= {"percentual"}
    amounts = "emitir_sobre" in said or one.profile.most(amount_or_percent)
    # `Vence dia` over 5 and 10 is no amount.
    amounts = amounts and not ("vencimento" in said and not one.profile.some(evident_amount))
    return said in vocabulary().always and amounts


def _loser(one: Sense, work: Work) -> Decision:
    """Its field has another column: left, unless both surely say an amount, a date or a tax.

    A customer is asked about who stands where the one that was found is blank, and another city
    than his, which may be where the service was done.
    """
    top = one.best()[0]
    if one.seldom or work.leaves_blank(top.path, one.profile.values):
        return asked(one, [top.path], "ocupada", top.path)
    doubted = top.says >= Says.CERTO or _says_more(one, top.path, work)
    doubted = doubted and kind_of(top.path) in SENSITIVE and not _is_another_person(one, top)
    if _is_another_day(one, top.path, work) or may_be_customer(one, work):
        return asked(one, [top.path], "ocupada", top.path)
    if one.words.second and top.path in (VALOR, DESCRICAO):
        return asked(one, [top.path], "segunda")
    if doubted or _of_nobody_known(one, top.path, work):
        told = one.party or not one.words.unknown
        offered = [] if told else [path for path in guesses(one.profile) if not work.has(path)]
        return asked(one, [top.path, *offered], "ocupada", top.path)
    if kind_of(top.path) is Kind.MUNICIPIO and work.differs(one, top.path) and not work.has(_PLACE):
        return asked(one, [_PLACE], "ocupada", top.path)
    return Decision(ColumnUse.IGNORADA, why="ocupada", detail=top.path)


def _says_more(one: Sense, path: str, work: Work) -> bool:
    """Whether an amount or a tax may be another than that of the column that has its field."""
    kind = kind_of(path)
    if (kind in (Kind.MONEY, Kind.RATE) and one.words.unknown) or (kind in AMOUNTS and one.tax):
        return True
    known = VALOR in vocabulary().paths(one.ideas)
    rival = not known or one.speaks_of("rivais") or _may_be_what_was_paid(one, work)
    rival = rival or _is_beside_another_part(one, work)
    return path == VALOR and rival and work.differs(one, VALOR)


def _is_beside_another_part(one: Sense, work: Work) -> bool:
    """`Serviços` beside the total of a bill, `Locação` beside `Mão de obra`: no sum tells of them.

    The total may be of goods too, and what is of one thing alone is no total.
    """
    winner = work.by_index.get(work.taken.get(VALOR, -1))
    if winner is None or not (one.is_only("objetos") and one.profile.some(evident_amount)):
        return False
    whole = "total" in winner.ideas and not winner.speaks_of("objetos")
    part = not (winner.speaks_of("do_valor") or winner.speaks_of("da_emissao"))
    return whole or (part and not winner.words.money)


def _may_be_what_was_paid(one: Sense, work: Work) -> bool:
    """Whether the notes may be of what was paid: no column says that its amount is the note's."""
    winner = work.by_index.get(work.taken.get(VALOR, -1))
    told = winner is not None and winner.speaks_of("sobre_notas")
    return one.speaks_of("pagos") and not told


def _of_nobody_known(one: Sense, path: str, work: Work) -> bool:
    """Whether documents are others than the notes' own, under a word nobody knows: `CGC_XYZ`."""
    if not one.words.unknown or one.party == "dependente" or kind_of(path) not in _PERSONS:
        return False
    own = [work.filling(each) for each in vocabulary().paths_of["quem"]]
    return one.profile.most(is_document) and one.profile.values not in own


def _is_another_day(one: Sense, path: str, work: Work) -> bool:
    """`Emitir a partir de` with other days than the note's."""
    told = kind_of(path) in (Kind.DATE, Kind.DATETIME) and one.speaks_of("da_emissao")
    return told and one.profile.half(is_day) and work.differs(one, path)


def _is_another_person(one: Sense, top: Candidate) -> bool:
    """Whether documents are surely no other reading of what the winning column says."""
    return kind_of(top.path) in _PERSONS and (
        one.party == "dependente" or top.holds is not Holds.BEM
    )


def _by_values(one: Sense, work: Work) -> Decision:
    """Nobody knows the header: what looks like something of a note is asked."""
    offered = _looks_like(one, work)
    if not offered and one.tax and not one.profile.blank:
        return asked(one, [RETIDO], "imposto")
    left = _why_left(one, offered)
    if left:
        return Decision(ColumnUse.IGNORADA, why=left)
    free = _open_to(one, offered, work)
    if kind_of(offered[0]) in SENSITIVE or one.profile.most(is_company):
        return asked(one, free or offered, "imposto" if one.tax else "valores")
    return asked(one, free, "valores") if free else Decision(ColumnUse.IGNORADA, why="desconhecida")


def _open_to(one: Sense, offered: Sequence[str], work: Work) -> list[str]:
    """Those no column fills yet; all, of what is charged beside the service."""
    return [path for path in offered if not work.has(path) or _is_charged(one)]


def _why_left(one: Sense, offered: Sequence[str]) -> str:
    """Why nothing of what the values look like is asked, empty where it is."""
    kind = kind_of(offered[0]) if offered else None
    if kind is None or (kind is Kind.BOOLEAN and not one.tax):
        return "desconhecida"
    says_another = one.words.known and not one.tax and one.ideas - {"percentual"}
    return "nada" if kind is Kind.RATE and says_another else ""


def _looks_like(one: Sense, work: Work) -> list[str]:
    """What the values suggest, the likeliest first."""
    offered = list(guesses(one.profile))
    if not offered and one.index in work.amounts:
        return [VALOR]
    if not offered and _may_be_money(one, work):
        offered = list(vocabulary().suggestions["dinheiro"])
    if one.profile.half(has_email) and not one.profile.most(is_email):
        # Among other things; what those are by themselves is read where it has a column.
        return ["tomador.email"]
    if not offered and _may_describe(one, work):
        return [DESCRICAO]
    if one.tax:
        offered.sort(key=lambda path: path != "servico.outras_retencoes")
    return offered


def _may_describe(one: Sense, work: Work) -> bool:
    """Whether a text of several words may be what the notes are for, which no column says."""
    profile = one.profile
    phrases = profile.distinct > 1 and not profile.sparse and profile.half(is_phrase)
    return phrases and not work.has(DESCRICAO)


def _may_be_money(one: Sense, work: Work) -> bool:
    """Whether whole numbers are amounts: the header says so, or nobody knows a word of it.

    Then they are round, or large and next to a column of money.
    """
    if one.words.money:
        return one.profile.most(is_amount)
    if _is_charged(one):
        return True
    if not one.ideas or one.ideas != one.words.unknown or one.profile.counts:
        return False
    money = any(map(_is_of_money, work.beside(one)))
    some = [value for value in one.profile.sample if value not in (0, "0")]
    in_steps = money and all(map(_is_in_steps, some)) and any(map(is_large, some))
    return (
        one.profile.most(is_round)
        or (money and one.profile.most(is_large))
        or bool(some and in_steps)
    )


def _is_of_money(one: Sense) -> bool:
    paid = one.words.money or one.speaks_of("quantia") or "mao_obra" in one.ideas
    return paid or (one.is_only("objetos") and one.profile.some(evident_amount))


def _is_in_steps(value: RawValue) -> bool:
    """A whole number as prices are: in steps of five."""
    return is_number(value) and value > 0 and value % _STEP == 0


def _is_charged(one: Sense) -> bool:
    """Whether a header says a thing that is charged beside the service, and no unit of it.

    `Consumo` may be in whole reais; `Consumo (m³)` is how much.
    """
    if not one.ideas or not one.ideas <= vocabulary().portions["gasto"] or one.profile.counts:
        return False
    unit = "(" in one.cell.column.header and not one.words.money
    return not unit and one.profile.most(is_number) and one.profile.some(_is_charge)


def _is_charge(value: RawValue) -> bool:
    return is_number(value) and value >= _LEAST


def _misfit(one: Sense, work: Work) -> Decision | None:
    """A header that surely says a field of which none of the values can be: asked about."""
    # Which of the row's people is meant is told nowhere else.
    points = one.profile.most(says_a_party)
    # What a service is said to be, the codes of services do not say.
    named = vocabulary().paths_of["do_servico"] if one.profile.identifies else ()
    asks = (path for path in one.unfit if _worth(path) and path not in named)
    missed = (path for path in asks if points or not work.has(path))
    path = next(missed, None)
    return Decision(ColumnUse.PERGUNTA, None, (path,), "talvez") if path else None


def _worth(path: str) -> bool:
    """Whether a column is asked about whose header says this, though no value can be it."""
    if path in vocabulary().paths_of["procurados"]:
        return True
    return kind_of(path) in SENSITIVE or kind_of(path) in (Kind.CEP, Kind.CODE)


def guesses(profile: Profile) -> tuple[str, ...]:
    """The paths that values look like, the likeliest first; never used, only asked."""
    paths = vocabulary().suggestions.get(_look(profile), ())
    return tuple(path for path in paths if profile.holds(path))


def _look(profile: Profile) -> str:
    """A name of the file's [sugestoes]; empty where values look like nothing of a note."""
    for look, test in _LOOKS:
        if profile.most(test):
            return look
    if profile.most(is_amount) and profile.share(has_cents) > 0.3:
        return "dinheiro"
    if profile.most(is_words) and profile.half(lambda value: len(str(value)) >= _LONG):
        return "texto"
    return "nome" if profile.most(is_name) and profile.distinct > 1 else ""


_LOOKS = (
    ("documento", is_document),
    ("email", is_email),
    ("percentual", is_percent),
    ("data", is_day),
    ("uf", is_uf),
    ("sim_nao", is_yes_no),
    ("cep", is_cep),
    ("mes", is_month),
    ("item", lambda value: isinstance(value, str) and "." in value and is_item(value)),
    ("dinheiro", lambda value: has_cents(value) or (isinstance(value, str) and "$" in value)),
    ("cidade", is_city),
)
