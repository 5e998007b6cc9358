"""A column that fills nothing for certain: what it may be is asked, the rest is left."""

from collections.abc import Sequence

from converter.mapping.adjustments import adjustment
from converter.mapping.amount_parts import amount_or_percent, beside_the_amount
from converter.mapping.charges import is_charged, may_be_money
from converter.mapping.customers import names_another_payer, signs_for_a_company
from converter.mapping.decisions import SENSITIVE, Decision, Work, asked
from converter.mapping.looks import guesses
from converter.mapping.places import place
from converter.mapping.profile import says_a_party
from converter.mapping.rivals import rival
from converter.mapping.sense import DESCRICAO, NOME, VALOR, Sense
from converter.mapping.sums import adds_up
from converter.mapping.value_kinds import (
    evident_amount,
    has_email,
    is_amount,
    is_company,
    is_count,
    is_email,
    is_month,
    is_percent,
    is_phrase,
)
from converter.mapping.vocabulary import vocabulary
from converter.mapping.withheld import RETIDO, says_who_pays
from converter.model.columns import ColumnUse
from converter.schemas.catalogue import Kind, kind_of

NUMBERS = "numera"
"""Why a column is left that numbers the rows: it tells rows apart that are alike in all else."""
_EMISSAO = "data_emissao"
_COMPETENCIA = "data_competencia"


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
    told = _adds_nothing(one, work) or adjustment(one, work)
    if told:
        return told
    if says_who_pays(one) and not work.has(RETIDO):
        return Decision(ColumnUse.PERGUNTA, None, (RETIDO,), "talvez")
    if _changes_the_amount(one):
        return asked(one, [each.path for each in one.best()], "desconto")
    found = beside_the_amount(one, work) or _asked_about(one, work) or place(one, work)
    return found or _adds_or_takes(one) or _let_be(one, work)


def _adds_nothing(one: Sense, work: Work) -> Decision | None:
    """Why a column is left that is zeros, or the sum of the taxes that have theirs."""
    if one.profile.zero:
        return Decision(ColumnUse.IGNORADA, why="zeros")
    if one.tax and adds_up(one.profile.amounts, work.withheld()):
        return Decision(ColumnUse.IGNORADA, why="soma")
    return None


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
        return asked(one, [NOME], "outro_pagador", NOME)
    if one.nothing:
        return Decision(ColumnUse.IGNORADA, why=NUMBERS if one.speaks_of("numeracao") else "nada")
    return rival(one, work) if one.candidates else _by_values(one, work)


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
    return [path for path in offered if not work.has(path) or is_charged(one)]


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
    if not offered and may_be_money(one, work):
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
