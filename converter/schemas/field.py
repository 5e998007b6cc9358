"""The form of a catalogue entry: everything the product knows about one field of the API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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

NO_VALUES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its place in the JSON, how to read it, and how to speak of it.

    `path` is dotted, without `lista_nfse`; the prestador's own fields begin with `prestador.`.
    `label` is the template's header. `size` counts characters. `values` maps each allowed value
    to its meaning. `virtual` fields are resolved into others and never sent. `recommended` ones
    are marked mandatory by the documentation yet missing from its lote examples: their absence
    is told, not refused. `pattern` is a regular expression a code must match whole, `shape` says
    the same in words. `emit` defaults to what the kind is written as.
    """

    path: str
    kind: Kind
    label: str
    group: str
    help: str
    synonyms: tuple[str, ...] = ()
    size: int | None = None
    pattern: str = ""
    shape: str = ""
    required: Requirement = Requirement.NUNCA
    when: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: NO_VALUES)
    default: str | None = None
    example: str = ""
    source: str = ""
    virtual: bool = False
    recommended: bool = False
    emit: Emit = Emit.TEXTO

    def __post_init__(self) -> None:
        if self.emit is Emit.TEXTO:
            object.__setattr__(self, "emit", EMIT_OF[self.kind])


NFSE = "Focus NFe, campos de envio da NFS-e (https://focusnfe.com.br/doc/#nfse)"
LOTE = "Focus NFe, NFS-e por arquivo (https://focusnfe.com.br/doc/#nfse-por-arquivo)"
REFORMA = "Focus NFe, campos da reforma tributária na NFS-e (https://focusnfe.com.br/doc/#nfse)"
GUIAS = "Focus NFe, guias por município (https://focusnfe.com.br/guides/nfse/municipios-integrados)"
PLANILOTE = "planilote: conveniência da planilha, não existe na API"
