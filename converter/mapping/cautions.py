"""Columns that say of a row that its note may be another than the sheet makes it: asked by word.

Another paper in its place, another day, another customer or issuer, more notes than one, or taxes
that are not those of the rest.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from converter.brazil import yesno
from converter.brazil.headers import fold_words
from converter.mapping.remarks import begins, is_situation, says_no, ticks
from converter.mapping.row_marks import is_ticked
from converter.mapping.rows import Column
from converter.mapping.sense import DOCUMENTS, Mark, Sense
from converter.mapping.value_kinds import (
    has_email,
    is_amount,
    is_code,
    is_company,
    is_count,
    is_month,
    is_phone,
    is_words,
    looks_day,
    number_in,
)
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue

_BRAND = re.compile(r"[a-z](?<!Mc)(?<!Mac)(?<!De)(?<!Di)[A-Z]|&|[^\W\d_]\d")
"""A capital within a word, as brands have it, or a sign that no name of a person has."""
_SHORT = 40
"""Characters of the longest value that is one word of a column and no text."""


def mark_cautions(found: Sequence[Sense]) -> None:
    """Mark the columns of which each word that is not as in the other rows holds its rows."""
    named = _named(found)
    for one in found:
        if one.mark is None and not one.profile.blank:
            one.mark = next((mark for mark, says in _SAYS.items() if says(one, named)), None)


@dataclass(frozen=True, slots=True)
class _Named:
    """Whom the columns of a sheet name: those of the `customers`, by index.

    `pays` tells that the customer is named as who pays for another, `issuer` that a column has the
    document of whoever issues.
    """

    customers: frozenset[int]
    pays: bool
    issuer: bool

    def beside(self, one: Sense) -> bool:
        """Whether another column names the customer."""
        return bool(self.customers - {one.index})


def _named(found: Sequence[Sense]) -> _Named:
    payers = vocabulary().statuses["ja_paga"]
    headers = (fold_words(one.cell.column.header) for one in found if one.party == "tomador")
    return _Named(
        frozenset(one.index for one in found if _is_customer(one)),
        any(header.startswith(payers) for header in headers),
        any(one.party == "prestador" and one.ideas & DOCUMENTS for one in found),
    )


def _is_customer(one: Sense) -> bool:
    bare = one.party in ("tomador", "responsavel", "dependente") and not one.ideas - {"nome"}
    return bare and one.profile.half(is_words)


def careful(mark: Mark) -> Callable[[RawValue, Column], bool]:
    """The test of a value, among those of its column, that holds the rows of a marked column."""
    return _HOLDS[mark]


def _says_paper(one: Sense, _: _Named) -> bool:
    """Notes and receipts in one column, or receipts alone under a header that says what is made."""
    profile, statuses = one.profile, vocabulary().statuses
    papers = statuses["e_nota"] + statuses["outro_papel"]
    of_goods = statuses["tipo_de_nota"] if one.speaks_of("papeis_da_nota") else ()
    if not profile.most(lambda value: _is_one_of(value, papers + of_goods)):
        return False
    others = profile.some(lambda value: _is_one_of(value, statuses["outro_papel"] + of_goods))
    notes = profile.some(lambda value: _is_one_of(value, statuses["e_nota"]))
    return others and (notes or one.speaks_of("papeis_da_nota"))


def _another_paper(value: RawValue, column: Column) -> bool:
    """Whether a value is no NFS-e; `NF-e` is one unless `NFS-e` stands beside it."""
    statuses = vocabulary().statuses
    if _is_one_of(value, statuses["nota_de_produto"]):
        return any(_is_one_of(other, statuses["nota_de_servico"]) for other in {*column})
    return not _is_one_of(value, statuses["e_nota"])


def _puts_off(one: Sense, _: _Named) -> bool:
    """`Emissão` with `imediata`, `após pagto`, `dia 5`."""
    return one.is_only("do_envio") and not one.party and one.profile.some(_waits)


def _waits(value: RawValue) -> bool:
    late = isinstance(value, str) and len(value) <= _SHORT and not looks_day(value)
    return late and fold_words(str(value)).startswith(vocabulary().statuses["adia"])


def _says_how_many(one: Sense, _: _Named) -> bool:
    """`Qtd. notas` with a two."""
    several = one.ideas == {"quantidade", "nota"} and one.profile.most(is_count)
    return several and one.profile.some(_is_several)


def _is_several(value: RawValue) -> bool:
    return is_count(value) and number_in(value) != 1


def _joins_rows(one: Sense, _: _Named) -> bool:
    """`Agrupar na nota` with the same number in several rows."""
    header = fold_words(one.cell.column.header)
    return header.startswith(vocabulary().statuses["agrupa"]) and one.profile.most(is_code)


def _says_whom(one: Sense, named: _Named) -> bool:
    """`Emitir para`, `Convênio`: beside a customer, whom the note may be for instead of him."""
    header, statuses = fold_words(one.cell.column.header), vocabulary().statuses
    told = header.startswith(statuses["para_quem"]) and not one.ideas & (DOCUMENTS | {"email"})
    pays = header in statuses["quem_cobre"] and not one.ideas - {"nome"}
    if not (told or (pays and not named.pays)) or not named.beside(one):
        return False
    return one.profile.half(is_words) and not _says_otherwise(one)


def _says_otherwise(one: Sense) -> bool:
    """Whether values are days, addresses of mail, amounts or situations, and nobody's name."""
    tests = (looks_day, has_email, is_phone, is_amount, ticks, is_situation)
    return any(map(one.profile.half, tests))


def _another_customer(value: RawValue, _: Column) -> bool:
    text = fold_words(text_of(value))
    return bool(text) and not text.startswith(vocabulary().statuses["o_proprio"])


def _says_issuer(one: Sense, named: _Named) -> bool:
    """`Empresa emissora`, `NF pela`; `Empresa` where another column names the customer."""
    header = fold_words(one.cell.column.header)
    if named.issuer or not _may_name_issuers(one, header):
        return False
    if header.startswith(vocabulary().statuses["por_quem"]):
        return True
    if one.ideas - {"nome"} or one.inherited:
        return False
    return one.party == "prestador" or _is_of_a_house(one, named)


def _may_name_issuers(one: Sense, header: str) -> bool:
    """Whether values are names or codes; under `Emissor`, one of them a firm's."""
    if one.ideas & DOCUMENTS or one.profile.most(is_count) or _says_otherwise(one):
        return False
    of_another = header in vocabulary().statuses["de_outra_emissao"]
    if of_another and not one.profile.some(_is_of_a_firm):
        return False
    return one.profile.most(lambda value: is_words(value) or is_code(value))


def _is_of_a_firm(value: RawValue) -> bool:
    """Whether a name is a company's by its legal form, a word, or how it is spelt: `TecnoVale`."""
    text = text_of(value)
    words = fold_words(text).split()
    told = any(begins(word, vocabulary().statuses["da_casa"]) for word in words)
    return is_company(value) or told or _BRAND.search(text) is not None


def _is_of_a_house(one: Sense, named: _Named) -> bool:
    """Whether companies beside the customer come again and again: those a firm issues by.

    Whose employee one is, need not.
    """
    house = one.party == "incerto" and not one.group and named.beside(one)
    return house and not one.profile.unique


def is_house(values: Column) -> bool:
    """Whether values that are no registered issuer may be others: several, or a company."""
    return len(values) > 1 or any(map(_is_of_a_firm, values))


def _is_taxed_otherwise(one: Sense, _: _Named) -> bool:
    """`Imune`, `ISS fixo`, `Reter INSS?` over yes and no."""
    header, statuses = fold_words(one.cell.column.header), vocabulary().statuses
    if not is_ticked(one) or one.party:
        return False
    withheld = "retido" in one.ideas and not one.ideas.isdisjoint(statuses["federais"])
    return withheld or begins(header, statuses["sim_muda_imposto"])


def _is_taxed_no_more(one: Sense, _: _Named) -> bool:
    """`ISS a recolher`, `Tributado?` over yes and no."""
    header = fold_words(one.cell.column.header)
    return is_ticked(one) and begins(header, vocabulary().statuses["nao_muda_imposto"])


def _is_one_of(value: RawValue, words: Sequence[str]) -> bool:
    text = text_of(value)
    return len(text) <= _SHORT and fold_words(text) in words


_SAYS: Mapping[Mark, Callable[[Sense, _Named], bool]] = {
    Mark.PAPEL: _says_paper,
    Mark.ADIA: _puts_off,
    Mark.QUANTAS: _says_how_many,
    Mark.AGRUPA: _joins_rows,
    Mark.QUEM: _says_whom,
    Mark.EMITENTE: _says_issuer,
    Mark.IMPOSTO: _is_taxed_otherwise,
    Mark.TRIBUTA: _is_taxed_no_more,
}
_HOLDS: Mapping[Mark, Callable[[RawValue, Column], bool]] = {
    Mark.PAPEL: _another_paper,
    Mark.ADIA: lambda value, _: _waits(value) or looks_day(value) or is_month(value),
    Mark.QUANTAS: lambda value, _: _is_several(value),
    Mark.AGRUPA: lambda value, column: list(column).count(value) > 1,
    Mark.QUEM: _another_customer,
    Mark.EMITENTE: lambda value, _: bool(fold_words(text_of(value))),
    Mark.IMPOSTO: lambda value, _: yesno.parse(value).value is not False,
    Mark.TRIBUTA: lambda value, _: says_no(value),
}
CAUTIONS = frozenset(_HOLDS)
"""The marks of this module."""
