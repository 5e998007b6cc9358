"""The rules between the fields of a row, and what validation is told from outside.

Each rule is a function of its module: it asks the sheet and yields findings, and changes nothing.
What it depends on besides is here: the clock, the policies, and what each prefeitura asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Self

from converter.brazil.servico import Formato

Published = Sequence[Mapping[str, object]] | None
"""A list of a município as the API gives it; None where it was not asked for."""
SILENCE = "silencio"
"""The policy that neither shows a code nor holds its notes."""

FLAGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "endereco_obrigatorio_nfse": (
            "tomador.endereco.logradouro",
            "tomador.endereco.numero",
            "tomador.endereco.bairro",
            "tomador.endereco.codigo_municipio",
            "tomador.endereco.uf",
            "tomador.endereco.cep",
        ),
        "cpf_cnpj_obrigatorio_nfse": ("tomador.cnpj",),
        "codigo_cnae_obrigatorio_nfse": ("servico.codigo_cnae",),
        "item_lista_servico_obrigatorio_nfse": ("servico.item_lista_servico",),
        "codigo_tributario_municipio_obrigatorio_nfse": ("servico.codigo_tributario_municipio",),
    }
)
"""Which paths each flag of `GET /v2/municipios/CODIGO` makes required (Focus NFe, Municípios)."""


@dataclass(frozen=True, slots=True)
class MunicipioRules:
    """What the prefeitura of one prestador asks.

    A flag is True (required), False (not) or absent (unknown). The lists are None where the
    município publishes none. `formato_item_servico` is `iiss`, `ii.ss`, `iissdd` or `livre`;
    `formato_aliquota` is `percentual` or `fracao`. `opcoes` replaces the table of a field:
    `{"natureza_operacao": {"511": "..."}}`.
    """

    codigo: str
    flags: Mapping[str, bool] = field(default_factory=dict)
    itens_lista_servico: frozenset[str] | None = None
    codigos_tributarios: frozenset[str] | None = None
    formato_item_servico: Formato = "iiss"
    formato_aliquota: str = "percentual"
    opcoes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def from_api(
        cls,
        answer: Mapping[str, object],
        itens: Published = None,
        codigos: Published = None,
    ) -> Self:
        """Build from `GET /v2/municipios/CODIGO` and its two lists."""
        flags = {name: said for name in FLAGS if isinstance(said := answer.get(name), bool)}
        return cls(str(answer["codigo_municipio"]), flags, _codes(itens), _codes(codigos))


def _codes(entries: Published) -> frozenset[str] | None:
    """Give the codes of a published list; an empty list means the município publishes none."""
    return frozenset(str(entry["codigo"]) for entry in entries or ()) or None


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything validation depends on besides the sheet, so that the same rows answer the same.

    `now` is an aware moment. `severities` maps a code to `erro`, `aviso`, `info` or `silencio`.
    `tolerance` is in R$. Of all problems found, `max_problems` are kept and the rest counted.
    """

    now: datetime
    ambiente: str = "simulado"
    alfanumerico: bool = True
    severities: Mapping[str, str] = field(default_factory=dict)
    municipios: Mapping[str, MunicipioRules] = field(default_factory=dict)
    tolerance: Decimal = Decimal("0.01")
    max_problems: int = 20_000

    def municipio(self, codigo: str | None) -> MunicipioRules:
        """Give what is known of a município; the usual rules when nothing is."""
        known = self.municipios.get(codigo or "")
        return known if known is not None else MunicipioRules(codigo or "")
