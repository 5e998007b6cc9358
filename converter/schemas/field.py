"""The form of a catalogue entry: everything the product knows about one field of the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """How a cell is read. The parser of each kind lives in `brazil`."""

    TEXT = "texto"
    CODE = "codigo"
    MONEY = "dinheiro"
    RATE = "percentual"
    DECIMAL = "decimal"
    INTEGER = "inteiro"
    BOOLEAN = "sim_nao"
    DATETIME = "data_hora"
    DATE = "data"
    CNPJ = "cnpj"
    CPF = "cpf"
    CPF_CNPJ = "cpf_cnpj"
    CEP = "cep"
    MUNICIPIO = "municipio"
    UF = "uf"
    PAIS = "pais"
    ITEM_SERVICO = "item_servico"
    CNAE = "cnae"
    NBS = "nbs"
    EMAIL = "email"
    PHONE = "telefone"
    CHOICE = "opcao"


class Requirement(StrEnum):
    """When a field must be filled; `CONDICIONAL` is explained by `Field.when`."""

    SEMPRE = "sempre"
    CONDICIONAL = "condicional"
    NUNCA = "nunca"


class Emit(StrEnum):
    """The JSON type a field has in the payload."""

    TEXTO = "texto"
    NUMERO = "numero"
    BOOLEANO = "booleano"
    DATA_HORA = "data_hora"


EMIT_OF: Mapping[Kind, Emit] = MappingProxyType(
    dict.fromkeys(Kind, Emit.TEXTO)
    | dict.fromkeys((Kind.MONEY, Kind.RATE, Kind.DECIMAL, Kind.INTEGER), Emit.NUMERO)
    | {Kind.BOOLEAN: Emit.BOOLEANO, Kind.DATETIME: Emit.DATA_HORA}
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its place in the JSON, how to read it, and how to speak of it.

    `path` is dotted, without `lista_nfse`; the prestador's own fields begin with `prestador.`.
    The head of `fields.toml` says what each of the others is.
    """

    path: str
    kind: Kind
    label: str
    group: str
    help: str
    synonyms: tuple[str, ...]
    size: int | None
    pattern: str
    shape: str
    required: Requirement
    when: str
    values: Mapping[str, str]
    default: str | None
    example: str
    source: str
    virtual: bool
    recommended: bool
    computed: bool
    emit: Emit

    @property
    def indispensable(self) -> bool:
        """Whether every note needs a value that nothing but a sheet or the user can give."""
        return self.required is Requirement.SEMPRE and self.default is None
