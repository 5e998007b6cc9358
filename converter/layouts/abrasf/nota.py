"""What an ABRASF city checks in one RPS: rules as data, each a code and what makes it apply."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial

from converter.brazil import cnae, cnpj, cpf, pais, servico
from converter.brazil.municipio import EXTERIOR
from converter.brazil.uf import EXTERIOR as UF_EXTERIOR
from converter.layouts import dados
from converter.layouts.base import City

_RPS = "Rps/IdentificacaoRps/"
_VALUES = "Servico/Valores/"
_TOMADOR = "Tomador/IdentificacaoTomador/CpfCnpj/"
_INTERMEDIARY = "Intermediario/IdentificacaoIntermediario/CpfCnpj/"
_ADDRESS = "Tomador/Endereco/"
_REGISTRATION = "Tomador/IdentificacaoTomador/InscricaoMunicipal"
_REPLACED = "Rps/RpsSubstituido/"
_FEDERAL = ("ValorPis", "ValorCofins", "ValorInss", "ValorIr", "ValorCsll", "OutrasRetencoes")
_ZERO = Decimal(0)

Values = Mapping[str, str]


def rps_key(values: Values) -> str:
    """Série, tipo and number: what the city remembers a RPS by."""
    return "-".join(values.get(_RPS + name, "") for name in ("Serie", "Tipo", "Numero"))


def is_person(values: Values) -> bool:
    """True when the tomador has a CPF."""
    return bool(values.get(f"{_TOMADOR}Cpf"))


@dataclass(frozen=True, slots=True)
class _View:
    """A RPS beside its lote and its city."""

    values: Values
    lote: Values
    city: City

    def __getitem__(self, caminho: str) -> str:
        return self.values.get(caminho, "").strip()

    def money(self, nome: str) -> Decimal:
        return number(self[_VALUES + nome]) or _ZERO

    def wrong(self, nome: str) -> bool:
        raw = self[_VALUES + nome]
        return bool(raw) and number(raw) is None

    def negative(self, nome: str) -> bool:
        return self.money(nome) < 0

    def total(self, *nomes: str) -> Decimal:
        return sum((self.money(nome) for nome in nomes), _ZERO)

    @property
    def retained(self) -> bool:
        return self["Servico/IssRetido"] == "1"


def number(raw: str) -> Decimal | None:
    """A decimal as XML writes it, None when it is none."""
    try:
        found = Decimal(raw)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def day(raw: str) -> date | None:
    """An XML date, None when it is none."""
    return dados.day(raw.replace("-", "")) if len(raw) == 10 else None


Rule = tuple[str, Callable[[_View], bool]]


def _is_issuer(view: _View) -> bool:
    """True where the tomador is who issues."""
    tomador = view[f"{_TOMADOR}Cnpj"]
    return bool(tomador) and tomador == view["Prestador/CpfCnpj/Cnpj"]


def _retained_in(view: _View, regime: str) -> bool:
    return view.retained and view["RegimeEspecialTributacao"] == regime


_RULES: tuple[Rule, ...] = (
    ("E11", lambda n: not n[f"{_RPS}Numero"].strip("0")),
    ("E150", lambda n: not n[f"{_RPS}Serie"]),
    ("E93", lambda n: not _is_series(n[f"{_RPS}Serie"])),
    ("E12", lambda n: not n[f"{_RPS}Tipo"]),
    ("E191", lambda n: n[f"{_RPS}Tipo"] not in {"", *"123"}),
    ("E10", lambda n: rps_key(n.values) in n.city.rps),
    ("E14", lambda n: not n["Rps/DataEmissao"]),
    ("E15", lambda n: bool(n["Rps/DataEmissao"]) and day(n["Rps/DataEmissao"]) is None),
    ("E16", lambda n: (day(n["Rps/DataEmissao"]) or date.min) > n.city.clock.date()),
    ("E148", lambda n: not n["Rps/Status"]),
    ("E68", lambda n: n["Rps/Status"] not in {"", *"12"}),
    ("E94", lambda n: not n["Competencia"]),
    ("E95", lambda n: bool(n["Competencia"]) and day(n["Competencia"]) is None),
    ("E2", lambda n: (day(n["Competencia"]) or date.min) > (day(n["Rps/DataEmissao"]) or date.max)),
    ("E98", lambda n: not n[f"{_VALUES}ValorServicos"]),
    ("E100", lambda n: n.wrong("ValorServicos")),
    ("E18", lambda n: not _is_positive(n[f"{_VALUES}ValorServicos"])),
    ("E101", lambda n: n.wrong("ValorDeducoes")),
    ("E20", lambda n: n.negative("ValorDeducoes")),
    ("E19", lambda n: n.money("ValorDeducoes") > n.money("ValorServicos")),
    ("E102", lambda n: n.wrong("DescontoIncondicionado") or n.wrong("DescontoCondicionado")),
    ("E22", lambda n: n.negative("DescontoIncondicionado") or n.negative("DescontoCondicionado")),
    ("E21", lambda n: _discounts(n) > n.money("ValorServicos")),
    ("E193", lambda n: n.wrong("ValorPis")),
    ("E194", lambda n: n.wrong("ValorCofins")),
    ("E195", lambda n: n.wrong("ValorInss")),
    ("E196", lambda n: n.wrong("ValorIr")),
    ("E197", lambda n: n.wrong("ValorCsll")),
    ("E198", lambda n: n.wrong("OutrasRetencoes")),
    ("E23", lambda n: n.negative("ValorPis")),
    ("E24", lambda n: n.negative("ValorCofins")),
    ("E25", lambda n: n.negative("ValorInss")),
    ("E26", lambda n: n.negative("ValorIr")),
    ("E27", lambda n: n.negative("ValorCsll")),
    ("E175", lambda n: _exceeds(n, n.total("ValorDeducoes", "DescontoIncondicionado"))),
    ("E99", lambda n: any(_exceeds(n, n.money(nome)) for nome in _FEDERAL)),
    ("E241", lambda n: n.total(*_FEDERAL[:-1]) > 0 and not _company(n)),
    ("E164", lambda n: n.wrong("ValorIss")),
    ("E176", lambda n: _exceeds(n, _discounts(n) + n.total(*_FEDERAL) + _retained_iss(n))),
    ("E165", lambda n: n.wrong("Aliquota") or n.negative("Aliquota")),
    ("E227", lambda n: _owed_elsewhere(n) and not _is_rate(n)),
    ("E341", lambda n: _owed_elsewhere(n) and not n[f"{_VALUES}Aliquota"]),
    ("E340", lambda n: _owed_elsewhere(n) and not n[f"{_VALUES}ValorIss"]),
    ("E163", lambda n: n.retained and _is_simples(n) and not n.money("Aliquota")),
    ("E228", lambda n: not _owed_elsewhere(n) and n.money("Aliquota") > 5),
    ("E152", lambda n: not n["Servico/IssRetido"]),
    ("E36", lambda n: n["Servico/IssRetido"] not in {"", *"12"}),
    ("E281", lambda n: n["Servico/ResponsavelRetencao"] not in {"", *"12"}),
    ("E280", lambda n: n.retained and not n["Servico/ResponsavelRetencao"]),
    ("E282", lambda n: bool(n["Servico/ResponsavelRetencao"]) and not n.retained),
    ("E242", lambda n: _retained_by(n, "1") and _is_issuer(n)),
    *(
        (codigo, partial(_retained_in, regime=regime))
        for codigo, regime in (("E331", "1"), ("E332", "2"), ("E333", "3"))
    ),
    ("E334", lambda n: n.retained and n["IncentivoFiscal"] == "1"),
    ("E177", lambda n: _retained_by(n, "1") and is_person(n.values)),
    ("E293", lambda n: _retained_by(n, "2") and not _has(n, "Intermediario/")),
    ("E295", lambda n: _retained_by(n, "2") and bool(n[f"{_INTERMEDIARY}Cpf"])),
    ("E329", lambda n: n.retained and n["Servico/ExigibilidadeISS"] != "1"),
    ("E31", lambda n: not n["Servico/ItemListaServico"]),
    ("E30", lambda n: bool(n["Servico/ItemListaServico"]) and not _is_item(n)),
    (
        "E33",
        lambda n: bool(n["Servico/CodigoCnae"]) and not cnae.descricao(n["Servico/CodigoCnae"]),
    ),
    ("E41", lambda n: not n["Servico/Discriminacao"]),
    ("E111", lambda n: not n["Servico/CodigoMunicipio"]),
    ("E42", lambda n: _no_city(n["Servico/CodigoMunicipio"])),
    ("E306", lambda n: not n["Servico/ExigibilidadeISS"]),
    ("E307", lambda n: n["Servico/ExigibilidadeISS"] not in {"", *"1234567"}),
    ("E311", lambda n: _liable(n, "167") and not n["Servico/MunicipioIncidencia"]),
    ("E309", lambda n: _no_city(n["Servico/MunicipioIncidencia"])),
    ("E314", lambda n: _liable(n, "67") and not n["Servico/NumeroProcesso"]),
    ("E313", lambda n: not _liable(n, "67") and bool(n["Servico/NumeroProcesso"])),
    ("E260", lambda n: not n["Prestador/CpfCnpj/Cnpj"]),
    (
        "E258",
        lambda n: (
            bool(n["Prestador/CpfCnpj/Cnpj"]) and not cnpj.is_valid(n["Prestador/CpfCnpj/Cnpj"])
        ),
    ),
    ("E348", lambda n: n["Prestador/CpfCnpj/Cnpj"] != n.lote.get("CpfCnpj/Cnpj", "")),
    ("E141", lambda n: not n["Prestador/InscricaoMunicipal"]),
    ("E70", lambda n: n["Prestador/InscricaoMunicipal"] != n.lote.get("InscricaoMunicipal", "")),
    ("E43", lambda n: not _is_registered(n["Prestador/InscricaoMunicipal"], n.city)),
    ("E47", lambda n: not _is_document(n, _TOMADOR)),
    ("E52", _is_issuer),
    ("E53", lambda n: _lives_elsewhere(n) and bool(n[_REGISTRATION])),
    ("E118", lambda n: _has(n, "Tomador/") and not n["Tomador/RazaoSocial"]),
    ("E56", lambda n: _company(n) and not n[f"{_ADDRESS}Endereco"]),
    ("E59", lambda n: _company(n) and not n[f"{_ADDRESS}CodigoMunicipio"]),
    ("E60", lambda n: _no_city(n[f"{_ADDRESS}CodigoMunicipio"])),
    ("E116", lambda n: not _is_state(n)),
    ("E288", lambda n: not _agree(n[f"{_ADDRESS}CodigoMunicipio"], n[f"{_ADDRESS}Uf"])),
    ("E168", lambda n: _abroad(n) and bool(n[f"{_ADDRESS}Cep"])),
    ("E169", lambda n: _abroad(n) and (is_person(n.values) or _company(n))),
    ("E292", lambda n: bool(n[f"{_ADDRESS}CodigoPais"]) and not _abroad(n)),
    ("E289", lambda n: _no_country(n[f"{_ADDRESS}CodigoPais"])),
    ("E284", lambda n: _no_country(n["Servico/CodigoPais"])),
    ("E285", lambda n: _liable(n, "4") and not n["Servico/CodigoPais"]),
    ("E287", lambda n: bool(n["Servico/CodigoPais"]) and not _liable(n, "4")),
    ("E336", lambda n: _abroad(n) and bool(n[_REGISTRATION])),
    ("E125", lambda n: bool(n[f"{_ADDRESS}Cep"]) and not dados.is_cep(n[f"{_ADDRESS}Cep"])),
    (
        "A8",
        lambda n: (
            bool(n["Tomador/Contato/Email"]) and not dados.are_emails(n["Tomador/Contato/Email"], 1)
        ),
    ),
    ("E154", lambda n: not _is_document(n, _INTERMEDIARY)),
    ("E296", lambda n: _has(n, "Intermediario/") and not _identified(n)),
    ("E294", lambda n: bool(n[f"{_INTERMEDIARY}Cpf"])),
    ("E63", lambda n: _has(n, "Intermediario/") and not n["Intermediario/RazaoSocial"]),
    ("E305", lambda n: bool(n["ConstrucaoCivil/CodigoObra"]) and not n["ConstrucaoCivil/Art"]),
    ("E145", lambda n: n["RegimeEspecialTributacao"] not in {"", *"123456"}),
    ("E166", lambda n: _is_simples(n) and not n["RegimeEspecialTributacao"]),
    ("E250", lambda n: _is_simples(n) and n["RegimeEspecialTributacao"] == "3"),
    ("E249", lambda n: n["RegimeEspecialTributacao"] == "5" and _owed_elsewhere(n)),
    ("E265", lambda n: _replaces(n, "Serie", "Tipo") and not n[f"{_REPLACED}Numero"]),
    ("E268", lambda n: _replaces(n, "Numero", "Tipo") and not n[f"{_REPLACED}Serie"]),
    ("E271", lambda n: _replaces(n, "Numero", "Serie") and not n[f"{_REPLACED}Tipo"]),
    ("E267", lambda n: not _is_series(n[f"{_REPLACED}Serie"])),
    ("E270", lambda n: n[f"{_REPLACED}Tipo"] not in {"", *"123"}),
    ("E188", lambda n: _of_simples(n) and n["OptanteSimplesNacional"] == "2"),
    ("E8", lambda n: not n["OptanteSimplesNacional"]),
    ("E146", lambda n: n["OptanteSimplesNacional"] not in {"", *"12"}),
    ("E337", lambda n: not n["IncentivoFiscal"]),
    ("E338", lambda n: n["IncentivoFiscal"] not in {"", *"12"}),
)


def faults(values: Values, lote: Values, city: City, seen: set[str]) -> Iterator[str]:
    """The codes of all that is wrong in a RPS; `seen` gathers the RPS of the file."""
    view = _View(values, lote, city)
    yield from (codigo for codigo, wrong in _RULES if wrong(view))
    key = rps_key(values)
    if key in seen:
        yield "E71"
    seen.add(key)


def _is_positive(raw: str) -> bool:
    """True for what is no number too: that has a code of its own."""
    amount = number(raw)
    return amount is None or amount > 0


def _discounts(view: _View) -> Decimal:
    return view.total("DescontoIncondicionado", "DescontoCondicionado")


def _retained_iss(view: _View) -> Decimal:
    return view.money("ValorIss") if view.retained else _ZERO


def _exceeds(view: _View, amount: Decimal) -> bool:
    return amount > view.money("ValorServicos")


def _owed_elsewhere(view: _View) -> bool:
    """True where the tax goes to another city, whose rate the file has to say (E227)."""
    owed, here = view["Servico/MunicipioIncidencia"], view.city.codigo_municipio
    return _liable(view, "1") and bool(here) and owed not in {"", here}


def _is_rate(view: _View) -> bool:
    """From 2 to 5 %, or none; LC 116/2003, art. 8-A, § 1 lets some items have less."""
    rate = view.money("Aliquota")
    item = servico.parse(view["Servico/ItemListaServico"]).value or ""
    least = 2 if servico.minimum_rate_applies(item) else 0
    return rate == 0 or least <= rate <= 5


def _retained_by(view: _View, who: str) -> bool:
    return view.retained and (view["Servico/ResponsavelRetencao"] or "1") == who


def _of_simples(view: _View) -> bool:
    return view["RegimeEspecialTributacao"] in {"5", "6"}


def _is_simples(view: _View) -> bool:
    return view["OptanteSimplesNacional"] == "1"


def _lives_elsewhere(view: _View) -> bool:
    """True for a tomador of another city of Brazil."""
    own, here = view[f"{_ADDRESS}CodigoMunicipio"], view.city.codigo_municipio
    return bool(own and here) and own != here and not _abroad(view)


def _is_series(raw: str) -> bool:
    return len(raw) <= 5 and dados.is_plain(raw)


def _replaces(view: _View, *parts: str) -> bool:
    return any(view[_REPLACED + part] for part in parts)


def _identified(view: _View) -> bool:
    return bool(view[f"{_INTERMEDIARY}Cpf"] or view[f"{_INTERMEDIARY}Cnpj"])


def _abroad(view: _View) -> bool:
    return view[f"{_ADDRESS}CodigoMunicipio"] == EXTERIOR


def _is_state(view: _View) -> bool:
    """EX goes with the city 9999999, and with no other (E116)."""
    uf = view[f"{_ADDRESS}Uf"]
    return not uf or (uf == UF_EXTERIOR if _abroad(view) else dados.is_uf(uf))


def _no_country(raw: str) -> bool:
    return bool(raw) and (raw == pais.BRASIL or pais.nome(raw) is None)


def _liable(view: _View, kinds: str) -> bool:
    return view["Servico/ExigibilidadeISS"] in {*kinds}


def _is_item(view: _View) -> bool:
    known = view.city.servicos
    item = view["Servico/ItemListaServico"]
    return servico.parse(item).value is not None and (known is None or item in known)


def _no_city(raw: str) -> bool:
    return bool(raw) and raw != EXTERIOR and not dados.is_municipio(raw)


def _is_registered(own: str, city: City) -> bool:
    return city.inscricoes is None or not own or own in city.inscricoes


def _is_document(view: _View, path: str) -> bool:
    person, company = view[f"{path}Cpf"], view[f"{path}Cnpj"]
    return (not person or cpf.is_valid(person)) and (not company or cnpj.is_valid(company))


def _has(view: _View, prefix: str) -> bool:
    return any(path.startswith(prefix) for path in view.values)


def _company(view: _View) -> bool:
    return bool(view[f"{_TOMADOR}Cnpj"])


def _agree(codigo: str, uf: str) -> bool:
    place = dados.place(codigo)
    return place is None or not dados.is_uf(uf) or uf == place.uf
