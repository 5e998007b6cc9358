"""A column whose field another column has: asked about where it may be the note's, or left."""

from converter.mapping.customers import may_be_customer
from converter.mapping.decisions import AMOUNTS, SENSITIVE, Decision, Work, asked
from converter.mapping.looks import guesses
from converter.mapping.profile import Holds
from converter.mapping.sense import DESCRICAO, VALOR, Candidate, Sense
from converter.mapping.value_kinds import evident_amount, is_day, is_document
from converter.mapping.vocabulary import Says, vocabulary
from converter.model.columns import ColumnUse
from converter.schemas.catalogue import Kind, kind_of

_PLACE = "servico.nome_municipio"
_PERSONS = (Kind.CNPJ, Kind.CPF, Kind.CPF_CNPJ)


def rival(one: Sense, work: Work) -> Decision:
    """Its field has another column: left, unless both surely say an amount, a date or a tax.

    A customer is asked about who stands where the one that was found is blank, and another city
    than his, which may be where the service was done.
    """
    top = one.best()[0]
    if _is_of_some_notes(one, top.path, work):
        return asked(one, [top.path], "ocupada", top.path)
    if one.words.second and top.path in (VALOR, DESCRICAO):
        return asked(one, [top.path], "segunda")
    if _is_in_doubt(one, top, work) or _of_nobody_known(one, top.path, work):
        return asked(one, [top.path, *_looks_free(one, work)], "ocupada", top.path)
    if kind_of(top.path) is Kind.MUNICIPIO and work.differs(one, top.path) and not work.has(_PLACE):
        return asked(one, [_PLACE], "ocupada", top.path)
    return Decision(ColumnUse.IGNORADA, why="ocupada", detail=top.path)


def _is_of_some_notes(one: Sense, path: str, work: Work) -> bool:
    """Whether it may say of some notes what they are, whatever the column that was found says."""
    if one.seldom or work.leaves_blank(path, one.profile.values):
        return True
    return _is_another_day(one, path, work) or may_be_customer(one, work)


def _is_in_doubt(one: Sense, top: Candidate, work: Work) -> bool:
    """Whether an amount, a date, a document or a tax may be the note's as surely as the other."""
    surely = top.says >= Says.CERTO or _says_more(one, top.path, work)
    return surely and kind_of(top.path) in SENSITIVE and not _is_another_person(one, top)


def _looks_free(one: Sense, work: Work) -> list[str]:
    """What the values look like that no column fills, under a header with a word nobody knows."""
    if one.party or not one.words.unknown:
        return []
    return [path for path in guesses(one.profile) if not work.has(path)]


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
