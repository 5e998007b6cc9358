"""One column on its way to being understood: what its header says, its values, what it may be."""

from dataclasses import dataclass, field
from enum import StrEnum

from converter.mapping.header import HeaderCell
from converter.mapping.header_words import HeaderWords
from converter.mapping.profile import Holds, Profile
from converter.mapping.vocabulary import Says, vocabulary

DOCUMENTS = frozenset({"cpf", "cnpj", "cpf_cnpj"})
VALOR, LIQUIDO = "servico.valor_servicos", "servico.valor_liquido"
DESCRICAO = "servico.discriminacao"
NOME = "tomador.razao_social"
WHO = (NOME, *(f"tomador.{end}" for end in ("cpf_cnpj", "cnpj", "cpf")))
"""The fields that say who the customer is."""


class Mark(StrEnum):
    """A column that says of its row whether a note is to be made, instead of filling a field."""

    SITUACAO = "situacao"
    VENDA = "venda"
    """The same of a sale, which is none until it is paid: `Status da transação`."""
    EMITIDA = "emitida"
    EMITIR = "emitir"
    NOTA = "nota"
    """`NF?` over yes and no: whether there is a note, or whether one is wanted."""
    IMPEDE = "impede"
    """`Cancelado?` over yes and no: no note goes where it is so."""
    FEITO = "feito"
    """`Realizado?` over yes and no: no note goes where it is not so."""
    MOEDA = "moeda"
    """In which currency the amounts of a row are: that of a note is the real."""
    CIF = "cif"
    """Who pays the freight, where of those it may be only the sender is named."""
    FOB = "fob"
    """Likewise, where only the recipient is."""
    PAPEL = "papel"
    """Which paper is made for a row: a note, or a receipt."""
    ADIA = "adia"
    """When the note is to be made, in words: `após pagto`."""
    QUANTAS = "quantas"
    """How many notes a row is of."""
    AGRUPA = "agrupa"
    """Which rows are of one note together."""
    QUEM = "quem"
    """For whom the note is to be, beside a customer."""
    EMITENTE = "emitente"
    """Which company issues the note, by its name."""
    IMPOSTO = "imposto_da_linha"
    """`Imune` over yes and no: where it is so, the taxes are not those of the other rows."""
    TRIBUTA = "tributa"
    """`ISS a recolher` over yes and no: likewise, where it is not so."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field one column may fill: how plainly the header says it, how well the values agree."""

    path: str
    says: Says
    holds: Holds

    @property
    def weight(self) -> tuple[int, int]:
        """The heavier, the likelier."""
        return self.says, self.holds


@dataclass(slots=True)
class Sense:
    """One column on its way to being understood.

    `party` is whom the header, or the group above it, names; `group` the group's text where it
    counted. `nothing` tells that the header says something that is none of the note's. `seldom`
    that it says a customer in few rows, and another column in nearly all. `unfit` are
    the fields it says for certain, of which none of its values can be.
    """

    cell: HeaderCell
    words: HeaderWords
    profile: Profile
    party: str = ""
    group: str = ""
    inherited: bool = False
    nothing: bool = False
    mark: Mark | None = None
    candidates: list[Candidate] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)
    seldom: bool = False

    @property
    def index(self) -> int:
        """The column, from A = 0."""
        return self.cell.index

    @property
    def ideas(self) -> frozenset[str]:
        """What the header says."""
        return self.words.ideas

    @property
    def tax(self) -> bool:
        """Whether the header speaks of a tax."""
        return self.speaks_of("tributos")

    def speaks_of(self, kind: str) -> bool:
        """Whether the header has one of the ideas listed under `kind` in the file's [ideias]."""
        return not self.ideas.isdisjoint(vocabulary().ideas_of[kind])

    def is_only(self, kind: str) -> bool:
        """Whether the header has ideas, and none but those listed under `kind`."""
        return bool(self.ideas) and self.ideas <= vocabulary().ideas_of[kind]

    @property
    def personal(self) -> bool:
        """Whether the header is about someone: names him, or says what only persons have."""
        return bool(self.party) or bool(vocabulary().ends(self.ideas))

    @property
    def names_someone(self) -> bool:
        """Whether the column is someone, or of him: `Saldo devedor` is neither."""
        return not self.ideas or self.words.leads or bool(vocabulary().ends(self.ideas))

    def best(self) -> list[Candidate]:
        """The candidates, the likeliest first."""
        return sorted(self.candidates, key=lambda one: one.weight, reverse=True)
