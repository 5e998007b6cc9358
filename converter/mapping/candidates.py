"""The fields one column may fill: by its header, for whom, and whether its values agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from converter.brazil.documents_in_text import name_and_document
from converter.mapping.parties import LEASE, UNSURE, as_tomador, ranks_of
from converter.mapping.profile import Holds
from converter.mapping.sense import DESCRICAO, DOCUMENTS, LIQUIDO, VALOR, WHO, Candidate, Sense
from converter.mapping.value_kinds import (
    evident_amount,
    has_cents,
    is_city,
    is_cnpj,
    is_company,
    is_cpf,
    is_email,
    is_number,
    is_percent,
    is_phone,
    is_round,
    is_yes_no,
)
from converter.mapping.vocabulary import Says, vocabulary
from converter.model.cells import RawValue
from converter.schemas.catalogue import BY_PATH, Kind, kind_of

_AS_PRESTADOR = {
    "cnpj": "prestador.cnpj",
    "cpf_cnpj": "prestador.cnpj",
    "inscricao_municipal": "prestador.inscricao_municipal",
    "endereco.codigo_municipio": "prestador.codigo_municipio",
    "endereco.nome_municipio": "prestador.codigo_municipio",
}
_HIS_CITY = "prestador.codigo_municipio"
_HOUSE = "tomador.endereco.numero"
_OTHER = {"cpf": is_cnpj, "cnpj": is_cpf}
_REACHED = {"telefone": is_phone, "email": is_email}
_FEW = 2
"""Words nobody knows beside one that says what was done: more of them are a sentence."""
_NEAR = 2
"""Columns from what is the tomador's to a nameless inscrição: that of the state may lie between."""
_MOST = 0.8
"""The share of rows in which a column says something that says it of nearly all."""
_WIDE = 3
"""Columns right of the street in which a bare `Nº` is the house's."""


def candidates(found: Sequence[Sense]) -> None:
    """Give every column of a sheet what it may be; those that tell of the row stay without."""
    streets = [one for one in found if one.speaks_of("enderecos")]
    sheet = _Sheet(found, ranks_of(found), streets, any(one.words.money for one in found))
    for one in found:
        if one.mark is None:
            may = _distinct(_candidates(one, sheet))
            one.candidates = [each for each in may if not _is_spoken_against(one, each.path, sheet)]
            if _is_bare_number(one) and _is_of_a_house(one, streets):
                one.candidates.extend(_weighed(one, _HOUSE, Says.CERTO))
    _nearly_empty(found)


def _nearly_empty(found: Sequence[Sense]) -> None:
    """Doubt a customer said in few rows beside one who is said in nearly all: `Titular`, `Nome`."""
    for path in WHO:
        said = [one for one in found if any(each.path == path for each in one.candidates)]
        full = any(_MOST * one.profile.rows <= one.profile.filled for one in said)
        for one in said if full else ():
            if 2 * one.profile.filled < one.profile.rows:
                one.seldom = one.party in vocabulary().customers
                one.candidates = [
                    replace(each, says=min(each.says, Says.TALVEZ)) if each.path == path else each
                    for each in one.candidates
                ]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The columns of a sheet, and what they say together: who takes the service, where money is."""

    columns: Sequence[Sense]
    ranks: Mapping[str, int]
    streets: Sequence[Sense]
    money: bool


def _candidates(one: Sense, sheet: _Sheet) -> Iterator[Candidate]:
    if one.party == "outro":
        return
    if not one.party and one.words.parties and not one.ideas:
        # `A cobrar` that is amounts.
        yield from _weighed(one, VALOR, Says.SOZINHO)
    for end, says in _ends_of(one).items():
        yield from _personal(one, end, says, sheet)
    yield from _of_the_note(one)
    if one.words.unknown:
        yield from _partly(one)
    if _speaks_of_an_amount(one):
        billed = one.speaks_of("da_emissao") and not one.words.unknown
        yield from _weighed(one, VALOR, Says.CERTO if billed else Says.SOZINHO)


def _ends_of(one: Sense) -> Mapping[str, Says]:
    """What the header says of somebody; his name where his document stands in the cell with it."""
    ends = vocabulary().ends(one.ideas) or _bare(one)
    if ends.keys() & DOCUMENTS and one.profile.most(_is_named_document):
        return {"razao_social": max(ends.values())}
    return ends


def _is_named_document(value: RawValue) -> bool:
    """A name with its document in one cell, as under `Cliente / CPF`."""
    return isinstance(value, str) and name_and_document(value) is not None


def _of_the_note(one: Sense) -> Iterator[Candidate]:
    """What the header says that is nobody's; what is passed on to a landlord is net too."""
    for path, says in vocabulary().paths(one.ideas).items():
        unsure = one.party in LEASE and path == LIQUIDO
        if path != "referencia" or not one.party:
            yield from _weighed(one, path, Says.TALVEZ if unsure else says)


def _speaks_of_an_amount(one: Sense) -> bool:
    """`Valor liberado`, `Total faturado`: an amount, whatever else the header says of it."""
    known = vocabulary()
    said = one.ideas - one.words.unknown
    if not said & known.ideas_of["quantia"] or said & known.ideas_of["outra_quantia"]:
        return False
    # A word that may be mistyped is asked about, never taken.
    told = one.ideas in known.nothing or one.words.near or VALOR in known.paths(one.ideas)
    return not (told or one.tax or one.words.percent)


def _bare(one: Sense) -> dict[str, Says]:
    """`Cliente` alone is the name of the cliente, or his document; so is `Tomador do frete`.

    `Sede` alone may be where someone is, and `Contato` how someone is reached.
    """
    if one.party == "tomador" and one.is_only("objetos") and one.profile.some(is_company):
        # `Posto / tomador`: what the service is of, by whose it is.
        return {"razao_social": Says.CERTO}
    if not one.party or (one.ideas and not one.words.leads):
        return {}
    if UNSURE & {one.party, *one.words.parties} and one.profile.most(is_city):
        return {"endereco.nome_municipio": Says.TALVEZ}
    says = Says.SOZINHO if one.words.unknown else Says.CERTO
    for end, test in _REACHED.items():
        if one.profile.most(test):
            return {end: says}
    return {"razao_social": says, "cpf_cnpj": says}


def _personal(one: Sense, end: str, says: Says, sheet: _Sheet) -> Iterator[Candidate]:
    if one.party == "prestador":
        yield from _of_prestador(one, end, says, sheet)
    elif one.party == "intermediario":
        yield from _weighed(one, f"intermediario.{end}", says)
    else:
        yield from _of_the_house(one, end)
        says = min(says, as_tomador(one.party, end, sheet.ranks))
        if end == "inscricao_municipal" and not one.party:
            says = _registered(one, sheet)
        if end == "endereco.nome_municipio" and _beside_a_place(one, sheet):
            yield from _weighed(one, "servico.nome_municipio", Says.TALVEZ)
            says = Says.TALVEZ
        yield from _weighed(one, f"tomador.{_document_end(one, end)}", says)


def _beside_a_place(one: Sense, sheet: _Sheet) -> bool:
    """Whether a nameless city stands right after a place: `Local`, `Cidade` of an event."""
    before = (other for other in sheet.columns if other.index + 1 == one.index)
    return not one.party and any("local" in other.ideas for other in before)


def _of_the_house(one: Sense, end: str) -> Iterator[Candidate]:
    """What may be of whoever issues: the CNPJ of a branch, an inscrição of nobody."""
    if one.party in ("incerto", "unidade") and end in DOCUMENTS:
        constant = one.profile.distinct == 1 and one.profile.filled > 1
        yield from _weighed(one, "prestador.cnpj", Says.CERTO if constant else Says.TALVEZ)
    if end == "inscricao_municipal" and one.party in ("", "incerto", "unidade"):
        yield from _weighed(one, "prestador.inscricao_municipal", Says.TALVEZ)


def _of_prestador(one: Sense, end: str, says: Says, sheet: _Sheet) -> Iterator[Candidate]:
    """What a note says of its prestador; of what only stands beside him it may be the tomador."""
    path = _AS_PRESTADOR.get(end)
    if path is None:
        return
    unsure = one.inherited and end != "inscricao_municipal"
    if end == "inscricao_municipal" and not one.inherited:
        # A note says no other inscrição of whoever issues it.
        says = Says.CERTO
    yield from _weighed(one, path, Says.TALVEZ if unsure else says)
    if unsure:
        yield from _weighed(one, f"tomador.{end}", Says.TALVEZ)
    named = any(other.party == "prestador" and other.ideas & DOCUMENTS for other in sheet.columns)
    if path == _HIS_CITY and one.profile.distinct > 1 and not named:
        # Of one who is named nowhere there is one city: `Mun. prest.` is where it was done.
        yield from _weighed(one, "servico.nome_municipio", says)


def _registered(one: Sense, sheet: _Sheet) -> Says:
    """A nameless inscrição is the tomador's where it stands beside what is his, or next to that."""
    beside = [other for other in sheet.columns if 0 < abs(other.index - one.index) <= _NEAR]
    his = any(other.personal and other.party in ("", "tomador") for other in beside)
    varied = one.profile.distinct > 1 or one.profile.filled <= 1
    return Says.CERTO if his and varied and "im" in one.ideas else Says.TALVEZ


def _document_end(one: Sense, end: str) -> str:
    """A column of CPFs that also has CNPJs, or the other way about, holds both."""
    return "cpf_cnpj" if end in _OTHER and one.profile.some(_OTHER[end]) else end


def _weighed(one: Sense, path: str, says: Says) -> Iterator[Candidate]:
    if path not in BY_PATH or (path == DESCRICAO and one.profile.identifies):
        return
    kind = BY_PATH[path].kind
    if _of_another_kind(one, kind):
        return
    no_days = kind in (Kind.DATE, Kind.DATETIME) and _are_no_days(one)
    holds = Holds.NAO if no_days else one.profile.holds(path)
    says = min(says, _at_most(one, path, holds))
    if holds:
        yield Candidate(path, says, holds)
    elif says >= Says.CERTO:
        one.unfit.append(path)


def _at_most(one: Sense, path: str, holds: Holds) -> Says:
    """How plainly a header can say a path, as far as its values bear it out."""
    if one.words.second or _unproven(one, path, BY_PATH[path].kind, holds):
        return Says.TALVEZ
    if path == VALOR and one.is_only("objetos") and not _shows_money(one):
        # `Exames` may be how many.
        return Says.SOZINHO
    return max(Says)


def _of_another_kind(one: Sense, kind: Kind) -> bool:
    """Whether a hint in the header (`%`, `R$`, `(S/N)`) speaks against values of `kind`."""
    if kind is Kind.MONEY:
        return one.words.percent or (one.words.yes_no and one.profile.most(is_yes_no))
    rate = kind in (Kind.RATE, Kind.BOOLEAN)
    return one.words.money and rate and not one.profile.most(is_percent)


def _are_no_days(one: Sense) -> bool:
    """Whether plain numbers stand under a header that speaks of no day: `Medição do período`."""
    of_a_thing = "competencia" in one.ideas and one.speaks_of("objetos")
    told = one.is_only("de_dias") and "periodo" not in one.words.words and not of_a_thing
    return not told and one.profile.most(is_number) and not one.words.day


def _of_money(one: Sense) -> bool:
    return one.speaks_of("do_valor") or one.words.money


def _shows_money(one: Sense) -> bool:
    return _of_money(one) or one.profile.some(has_cents)


def _unproven(one: Sense, path: str, kind: Kind, holds: Holds) -> bool:
    """A place that need not be a city, a description that is a code: the values must say so."""
    if one.profile.blank:
        return False
    if path == VALOR:
        return not _of_money(one) and (one.profile.counts or not one.profile.some(evident_amount))
    if holds is Holds.BEM:
        return False
    if kind is Kind.MUNICIPIO and one.ideas & {"cidade", "ibge"}:
        return not one.profile.half(is_city)
    return path in vocabulary().paths_of["comprovados"] or kind is Kind.CHOICE


def _partly(one: Sense) -> Iterator[Candidate]:
    """A header with words nobody knows may be what the rest of it says."""
    # What is only like a word that is known is asked about, never taken.
    for rest, most in (
        (one.words.near, Says.TALVEZ),
        (one.ideas - one.words.unknown, Says.SOZINHO),
    ):
        if rest:
            yield from _perhaps(one, rest, most)


def _perhaps(one: Sense, rest: frozenset[str], most: Says) -> Iterator[Candidate]:
    known = vocabulary()
    for end, says in known.ends(rest).items():
        if one.party in ("", "tomador") and says >= Says.SOZINHO:
            yield from _weighed(one, f"tomador.{end}", Says.TALVEZ)
    done = bool(rest & known.ideas_of["feitos"]) and len(one.words.unknown) <= _FEW
    for path, says in known.paths(rest).items():
        if says >= Says.SOZINHO or kind_of(path) is Kind.MONEY:
            told = path == DESCRICAO and done
            yield from _weighed(one, path, most if told else Says.TALVEZ)


def _is_spoken_against(one: Sense, path: str, sheet: _Sheet) -> bool:
    """Whether the columns beside one tell that it is not what its header may say."""
    if "apartamento" in one.ideas and not sheet.streets:
        # A flat's number is part of an address only where there is a street.
        return True
    if path == VALOR:
        # `Exames` beside `Valor (R$)` is how many.
        shown = _shows_money(one) or one.profile.most(is_round)
        return sheet.money and one.is_only("objetos") and not shown
    return path == _HOUSE and _is_bare_number(one)


def _is_bare_number(one: Sense) -> bool:
    return "numero" in one.ideas and one.party in ("", "tomador")


def _is_of_a_house(one: Sense, streets: Sequence[Sense]) -> bool:
    """Whether a bare `Nº` stands within some columns to the right of its street or CEP.

    So does `Nº cobrança` to the right of `Endereço cobrança`.
    """
    of_it = one.ideas - {"numero"}
    return any(
        0 < one.index - street.index <= _WIDE
        and (not of_it or of_it == street.ideas - vocabulary().ideas_of["enderecos"])
        for street in streets
    )


def _distinct(candidates: Iterator[Candidate]) -> Iterator[Candidate]:
    best: dict[str, Candidate] = {}
    for one in candidates:
        if one.path not in best or one.weight > best[one.path].weight:
            best[one.path] = one
    yield from best.values()
