"""The checks of an ABRASF city that compare fields of one RPS; of one field: `erros.csv`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from converter.brazil import cnae, cnpj, cpf, municipio, pais, servico
from converter.brazil.municipio import EXTERIOR
from converter.brazil.uf import EXTERIOR as UF_EXTERIOR
from converter.layouts import predicates
from converter.layouts.abrasf.tables import ERROS
from converter.layouts.base import City
from converter.layouts.rules import VALUE_TESTS, CityRules, NoteTest, ValueTests, View

_RPS = "Rps/IdentificacaoRps/"
_VALUES = "Servico/Valores/"
_TOMADOR = "Tomador/IdentificacaoTomador/CpfCnpj/"
_INTERMEDIARY = "Intermediario/IdentificacaoIntermediario/CpfCnpj/"
_ADDRESS = "Tomador/Endereco/"
_REPLACED = tuple(f"Rps/RpsSubstituido/{part}" for part in ("Numero", "Serie", "Tipo"))
_DISCOUNTS = ("DescontoIncondicionado", "DescontoCondicionado")
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
class _View(View):
    """A RPS beside its lote and its city."""

    values: Values
    lote: Values

    def money(self, nome: str) -> Decimal:
        return number(self[_VALUES + nome]) or _ZERO

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
    return predicates.day(raw.replace("-", "")) if len(raw) == 10 else None


def faults(values: Values, lote: Values, city: City, seen: set[str]) -> Iterator[str]:
    """The codes of all that is wrong in a RPS; `seen` gathers the RPS of the file."""
    fields = defaultdict(str, {path: value.strip() for path, value in values.items()})
    view = _View(fields, city, values, lote)
    yield from (codigo for codigo, _ in _RULES.broken(view, {"": 0}))
    key = rps_key(values)
    if key in seen:
        yield "E71"
    seen.add(key)


def _wrong(view: _View, nome: str) -> bool:
    """True for an amount that is there and is no number."""
    raw = view[_VALUES + nome]
    return bool(raw) and number(raw) is None


def _is_issuer(view: _View) -> bool:
    """True where the tomador is who issues."""
    tomador = view[f"{_TOMADOR}Cnpj"]
    return bool(tomador) and tomador == view["Prestador/CpfCnpj/Cnpj"]


def _taken(view: _View) -> Decimal:
    """All that is discounted and withheld."""
    iss = view.money("ValorIss") if view.retained else _ZERO
    return view.total(*_DISCOUNTS, *_FEDERAL) + iss


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


def _is_simples(view: _View) -> bool:
    return view["OptanteSimplesNacional"] == "1"


def _lives_elsewhere(view: _View) -> bool:
    """True for a tomador of another city of Brazil."""
    own, here = view[f"{_ADDRESS}CodigoMunicipio"], view.city.codigo_municipio
    return bool(own and here) and own != here and not _abroad(view)


def _abroad(view: _View) -> bool:
    return view[f"{_ADDRESS}CodigoMunicipio"] == EXTERIOR


def _is_state(view: _View) -> bool:
    """EX goes with the city 9999999, and with no other (E116)."""
    uf = view[f"{_ADDRESS}Uf"]
    return not uf or (uf == UF_EXTERIOR if _abroad(view) else predicates.is_uf(uf))


def _liable(view: _View, kinds: str) -> bool:
    return view["Servico/ExigibilidadeISS"] in {*kinds}


def _is_item(view: _View) -> bool:
    known = view.city.servicos
    item = view["Servico/ItemListaServico"]
    return servico.parse(item).value is not None and (known is None or item in known)


def _unregistered(view: _View) -> bool:
    own, known = view["Prestador/InscricaoMunicipal"], view.city.inscricoes
    return known is not None and bool(own) and own not in known


def _is_document(view: _View, path: str) -> bool:
    person, company = view[f"{path}Cpf"], view[f"{path}Cnpj"]
    return (not person or cpf.is_valid(person)) and (not company or cnpj.is_valid(company))


def _has(view: _View, prefix: str) -> bool:
    return any(path.startswith(prefix) for path in view.values)


def _company(view: _View) -> bool:
    return bool(view[f"{_TOMADOR}Cnpj"])


def _agree(codigo: str, uf: str) -> bool:
    own = municipio.uf(codigo)
    return own is None or not predicates.is_uf(uf) or uf == own


_VALUE_TESTS: ValueTests = {
    **VALUE_TESTS,
    "data": lambda raw: day(raw) is not None,
    "decimal": lambda raw: number(raw) is not None,
    "não negativo": lambda raw: (number(raw) or _ZERO) >= 0,
    "positivo": lambda raw: (amount := number(raw)) is None or amount > 0,
    "série": lambda raw: len(raw) <= 5 and predicates.is_plain(raw),
    "CNAE": cnae.exists,
    "CNPJ": cnpj.is_valid,
    "município": lambda raw: raw == EXTERIOR or predicates.is_municipio(raw),
    "país": lambda raw: raw != pais.BRASIL and pais.nome(raw) is not None,
}
"""As XML writes them. What is no number at all has a code of its own, and passes E18 and E20."""

_CIRCUMSTANCES: Mapping[str, NoteTest[_View]] = {
    "retido": lambda n: n.retained,
    "não retido": lambda n: not n.retained,
    "retido pelo intermediário": lambda n: _retained_by(n, "2"),
    "devido a outra cidade": _owed_elsewhere,
    "exigível ou suspenso": lambda n: _liable(n, "167"),
    "suspenso": lambda n: _liable(n, "67"),
    "não suspenso": lambda n: not _liable(n, "67"),
    "exportação": lambda n: _liable(n, "4"),
    "não exportação": lambda n: not _liable(n, "4"),
    "optante do Simples": _is_simples,
    "com tomador": lambda n: _has(n, "Tomador/"),
    "tomador com CNPJ": _company,
    "tomador do exterior": _abroad,
    "tomador do país": lambda n: not _abroad(n),
    "tomador de outra cidade": _lives_elsewhere,
    "com intermediário": lambda n: _has(n, "Intermediario/"),
    "com obra": lambda n: bool(n["ConstrucaoCivil/CodigoObra"]),
    "com RPS substituído": lambda n: any(n[path] for path in _REPLACED),
}
_BETWEEN: Mapping[str, NoteTest[_View]] = {
    "E2": lambda n: (day(n["Competencia"]) or date.min) > (day(n["Rps/DataEmissao"]) or date.max),
    "E10": lambda n: rps_key(n.values) in n.city.rps,
    "E16": lambda n: (day(n["Rps/DataEmissao"]) or date.min) > n.city.clock.date(),
    "E19": lambda n: _exceeds(n, n.money("ValorDeducoes")),
    "E21": lambda n: _exceeds(n, n.total(*_DISCOUNTS)),
    "E22": lambda n: any(n.money(nome) < 0 for nome in _DISCOUNTS),
    "E30": lambda n: bool(n["Servico/ItemListaServico"]) and not _is_item(n),
    "E43": _unregistered,
    "E47": lambda n: not _is_document(n, _TOMADOR),
    "E52": _is_issuer,
    "E70": lambda n: n["Prestador/InscricaoMunicipal"] != n.lote.get("InscricaoMunicipal", ""),
    "E99": lambda n: any(_exceeds(n, n.money(nome)) for nome in _FEDERAL),
    "E102": lambda n: any(_wrong(n, nome) for nome in _DISCOUNTS),
    "E116": lambda n: not _is_state(n),
    "E154": lambda n: not _is_document(n, _INTERMEDIARY),
    "E163": lambda n: n.retained and _is_simples(n) and not n.money("Aliquota"),
    "E165": lambda n: _wrong(n, "Aliquota") or n.money("Aliquota") < 0,
    "E169": lambda n: _abroad(n) and (is_person(n.values) or _company(n)),
    "E175": lambda n: _exceeds(n, n.total("ValorDeducoes", "DescontoIncondicionado")),
    "E176": lambda n: _exceeds(n, _taken(n)),
    "E177": lambda n: _retained_by(n, "1") and is_person(n.values),
    "E188": lambda n: (
        n["RegimeEspecialTributacao"] in {*"56"} and n["OptanteSimplesNacional"] == "2"
    ),
    "E227": lambda n: _owed_elsewhere(n) and not _is_rate(n),
    "E228": lambda n: not _owed_elsewhere(n) and n.money("Aliquota") > 5,
    "E241": lambda n: n.total(*_FEDERAL[:-1]) > 0 and not _company(n),
    "E242": lambda n: _retained_by(n, "1") and _is_issuer(n),
    "E249": lambda n: n["RegimeEspecialTributacao"] == "5" and _owed_elsewhere(n),
    "E250": lambda n: _is_simples(n) and n["RegimeEspecialTributacao"] == "3",
    "E288": lambda n: not _agree(n[f"{_ADDRESS}CodigoMunicipio"], n[f"{_ADDRESS}Uf"]),
    "E293": lambda n: _retained_by(n, "2") and not _has(n, "Intermediario/"),
    "E296": lambda n: (
        _has(n, "Intermediario/") and not (n[f"{_INTERMEDIARY}Cpf"] or n[f"{_INTERMEDIARY}Cnpj"])
    ),
    "E329": lambda n: n.retained and n["Servico/ExigibilidadeISS"] != "1",
    "E331": lambda n: n.retained and n["RegimeEspecialTributacao"] == "1",
    "E332": lambda n: n.retained and n["RegimeEspecialTributacao"] == "2",
    "E333": lambda n: n.retained and n["RegimeEspecialTributacao"] == "3",
    "E334": lambda n: n.retained and n["IncentivoFiscal"] == "1",
    "E348": lambda n: n["Prestador/CpfCnpj/Cnpj"] != n.lote.get("CpfCnpj/Cnpj", ""),
}
_RULES = CityRules(ERROS, _CIRCUMSTANCES, _BETWEEN, _VALUE_TESTS)
