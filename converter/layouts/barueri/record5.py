"""What Barueri checks in record 5: who the service is for, and what IBS and CBS ask of it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from converter.layouts import dados
from converter.layouts.barueri.tables import ENVIO
from converter.layouts.positional import used

Fields = dict[str, str]

ABSENT = ENVIO["5"].read("")
"""What a note without the record says in it."""
_GOODS = ("2505", "1509", "1712", "1005")
"""Services by which goods or real estate are rented, managed or brokered (error 825)."""
_RENTED = "990401"
_DONATED = ("410003", "410026")


class Supply(NamedTuple):
    """What a note supplies: the city's code of the service, and its cClassTrib."""

    servico: str
    classificacao: str


_SUPPLY: tuple[tuple[str, Callable[[Fields, Supply], bool]], ...] = (
    ("824", lambda f, _: f["TipoEnteGovernamental"] not in {"", *"01234"}),
    (
        "825",
        lambda f, s: (
            f["TipoOperacaoEntesGovernamentais"] not in {*"12345"} and _has_operation(f, s)
        ),
    ),
    (
        "826",
        lambda f, _: (
            f["TipoOperacaoEntesGovernamentais"] in {*"23"} and not used(f["ChaveNFSeReferenciada"])
        ),
    ),
    ("827", lambda f, s: _is_rented(s) and not used(f["CodigoNCMBemMovelLocacao"])),
    ("828", lambda f, s: _is_rented(s) and not f["DescricaoBemMovelLocacao"]),
    ("829", lambda f, s: _is_rented(s) and not used(f["QuantidadeBemMovelLocacao"])),
    (
        "830",
        lambda f, s: s.classificacao in _DONATED and f["IndicadorOperacaoDoacao"] not in {*"12"},
    ),
)
_RECIPIENT: tuple[tuple[str, Callable[[Fields], bool]], ...] = (
    ("831", lambda f: f["DestinatarioServicoEstrangeiro"] not in {"1", "2"}),
    ("832", lambda f: _here(f) and not _recipient_document(f["CPFCNPJDestinatarioServico"])),
    ("833", lambda f: not f["RazaoSocialNomeDestinatarioServico"]),
    ("834", lambda f: not f["EnderecoLogradouroDestinatarioServico"]),
    ("835", lambda f: not f["NumeroLogradouroDestinatarioServico"]),
    ("837", lambda f: not f["BairroLogradouroDestinatarioServico"]),
    ("838", lambda f: not f["CidadeLogradouroDestinatarioServico"]),
    ("839", lambda f: _here(f) and not dados.is_municipio(f["CodigoCidadeDestinatarioServico"])),
    ("840", lambda f: _here(f) and not dados.is_uf(f["UFLogradouroDestinatarioServico"])),
    ("841", lambda f: _here(f) is used(f["CodigoPaisDestinatarioServico"])),
    ("842", lambda f: _here(f) and not dados.is_cep(f["CEPLogradouroDestinatarioServico"])),
    (
        "843",
        lambda f: (
            bool(f["EmailDestinatarioServico"])
            and not dados.are_emails(f["EmailDestinatarioServico"])
        ),
    ),
    ("844", lambda f: _here(f) is bool(f["NIFDestinatario"])),
    ("845", lambda f: _here(f) is bool(f["CodigoEnderecoPostalDestinatarioEstrangeiro"])),
    ("846", lambda f: _here(f) is bool(f["EstadoProvinciaRegiaoDestinatarioEstrangeiro"])),
)


def faults(fields: Fields, supply: Supply, *, recipient: bool) -> Iterator[str]:
    """The codes of all that is wrong; `recipient` where record 4 says the service is another's."""
    yield from (codigo for codigo, wrong in _SUPPLY if wrong(fields, supply))
    if recipient:
        yield from (codigo for codigo, wrong in _RECIPIENT if wrong(fields))


def _has_operation(fields: Fields, supply: Supply) -> bool:
    """Where the kind of operation is asked for, or told."""
    kinds = (fields["TipoOperacaoEntesGovernamentais"], fields["TipoEnteGovernamental"])
    return any(map(used, kinds)) or supply.servico.startswith(_GOODS)


def _is_rented(supply: Supply) -> bool:
    return supply.servico.startswith(_RENTED)


def _recipient_document(raw: str) -> bool:
    return dados.is_document("1", raw) or dados.is_document("2", raw)


def _here(fields: Fields) -> bool:
    return fields["DestinatarioServicoEstrangeiro"] == "2"
