"""What São Paulo checks in one note: rules as data, each a code and what makes it apply."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from converter.brazil import cnpj, cpf
from converter.layouts import dados
from converter.layouts.base import City
from converter.layouts.positional import amount, is_amount, used
from converter.layouts.sao_paulo.tables import ENVIO, EXEMPT, INSIDE, MUNICIPIO, OUTSIDE, RATED

FIRST_DAY = date(2006, 6, 1)

_DOCUMENT = "DocumentoIntermediario"

Fields = dict[str, str]
Period = tuple[date | None, date | None]


def rps_key(fields: Fields) -> str:
    """Série and number: what the city remembers a RPS by."""
    return f"{fields['SerieRPS']}-{fields['NumeroRPS'].lstrip('0')}"


@dataclass(slots=True)
class Nota:
    """The detail line of a note, its fields, and the intermediário under it."""

    linha: int
    line: str
    fields: Fields
    intermediary: tuple[int, Fields] | None = None

    def cents(self, nome: str) -> int:
        """A value of the note, zero where it is no number."""
        return amount(self.fields.get(nome, "")) or 0


@dataclass(frozen=True, slots=True)
class _View:
    """A note beside its city, with what several rules ask worked out once."""

    nota: Nota
    city: City
    period: Period
    day: date | None
    cancelling: bool
    coupon: bool

    def __getitem__(self, nome: str) -> str:
        return self.nota.fields.get(nome, "")


Rule = tuple[str, Callable[[_View], bool]]

_ALWAYS: tuple[Rule, ...] = (
    ("204", lambda n: not n.coupon and n["TipoRPS"] not in {"RPS", "RPS-M"}),
    ("205", lambda n: n.coupon and n["TipoRPS"] != "RPS-C"),
    ("206", lambda n: n["Situacao"] not in ({*"TC"} if n.coupon else INSIDE | OUTSIDE | {"C"})),
    ("228", lambda n: amount(n["NumeroRPS"]) is None),
    ("315", lambda n: amount(n["NumeroRPS"]) == 0),
    ("312", lambda n: n.day is None),
    ("313", lambda n: n.day is not None and n.day > n.city.clock.date()),
    ("314", lambda n: n.day is not None and n.day < FIRST_DAY),
    ("207", lambda n: n.day is not None and not _within(n.day, n.period)),
    ("217", lambda n: rps_key(n.nota.fields) in n.city.rps),
)
_ISSUED: tuple[Rule, ...] = (
    ("303", lambda n: not is_amount(n["ValorServicos"])),
    ("305", lambda n: not is_amount(n["ValorDeducoes"])),
    ("304", lambda n: n.nota.cents("ValorDeducoes") > n.nota.cents("ValorServicos")),
    ("333", lambda n: amount(n["CodigoServico"]) is None),
    ("310", lambda n: amount(n["CodigoServico"]) == 0),
    ("306", lambda n: not _known(n["CodigoServico"], n.city)),
    ("227", lambda n: amount(n["Aliquota"]) is None),
    ("225", lambda n: n["Situacao"] in RATED and not 200 <= n.nota.cents("Aliquota") <= 500),
    ("210", lambda n: n["ISSRetido"] not in ({*"12"} if n.coupon else {*"123"})),
    ("321", lambda n: n["ISSRetido"] == "1" and n["Situacao"] not in {*"TFD"}),
    ("1616", lambda n: n["ISSRetido"] == "1" and n["IndicadorTomador"] != "2"),
    ("517", lambda n: n["ISSRetido"] == "3" and n.nota.intermediary is None),
    ("518", lambda n: n["ISSRetido"] == "1" and n.nota.intermediary is not None),
    ("213", lambda n: n["IndicadorTomador"] not in {*"123"}),
    ("212", lambda n: n["IndicadorTomador"] == "3" and used(n["DocumentoTomador"])),
    ("360", lambda n: n["IndicadorTomador"] in {*"12"} and not _shaped(n)),
    ("302", lambda n: _is(n, "2") and _shaped(n) and not cnpj.is_valid(n["DocumentoTomador"])),
    ("337", lambda n: _is(n, "1") and _shaped(n) and not cpf.is_valid(n["DocumentoTomador"][-11:])),
    ("301", lambda n: _is(n, "2") and bool(n.city.cnpj) and n["DocumentoTomador"] == n.city.cnpj),
    ("322", lambda n: not n["Discriminacao"].strip("| ")),
    ("341", lambda n: len(n.nota.line) > _most(n)),
)
_FULL: tuple[Rule, ...] = (
    ("229", lambda n: amount(n["InscricaoMunicipalTomador"]) is None),
    ("219", lambda n: used(n["InscricaoMunicipalTomador"]) and n["UFTomador"] not in {"", "SP"}),
    ("230", lambda n: amount(n["InscricaoEstadualTomador"]) is None),
    ("231", lambda n: amount(n["CEPTomador"]) is None),
    ("214", lambda n: bool(n["UFTomador"]) and not dados.is_uf(n["UFTomador"])),
    ("317", lambda n: _is(n, "2") and not n["EnderecoTomador"]),
    ("318", lambda n: _is(n, "2") and not (n["CidadeTomador"] and n["UFTomador"])),
    ("316", lambda n: bool(n["EmailTomador"]) and not dados.are_emails(n["EmailTomador"], 1)),
    ("1214", lambda n: not is_amount(n["ValorIR"])),
    ("1215", lambda n: not is_amount(n["ValorCSLL"])),
    ("1216", lambda n: not is_amount(n["ValorCOFINS"])),
    ("1217", lambda n: not is_amount(n["ValorINSS"])),
    ("1218", lambda n: not is_amount(n["ValorPIS"])),
    ("1219", lambda n: not is_amount(n["CargaTributariaValor"])),
    ("1220", lambda n: not is_amount(n["CargaTributariaPercentual"])),
    ("1221", lambda n: _has_burden(n) and not n["CargaTributariaFonte"]),
    ("1229", lambda n: amount(n["CEI"]) is None),
    ("1226", lambda n: amount(n["MatriculaObra"]) is None),
    ("387", lambda n: used(n["NumeroEncapsulamento"]) and n["Situacao"] in EXEMPT),
    ("378", lambda n: used(n["MatriculaObra"]) and n["Situacao"] in OUTSIDE | {"P"}),
    ("1632", lambda n: not is_amount(n["ValorTotalRecebido"])),
    ("1631", lambda n: 0 < n.nota.cents("ValorTotalRecebido") < n.nota.cents("ValorServicos")),
    ("1633", lambda n: used(n["ValorTotalRecebido"]) and used(n["ValorDeducoes"])),
)
_PLACE: tuple[Rule, ...] = (
    ("1222", lambda n: n["Situacao"] in OUTSIDE and not used(n["MunicipioPrestacao"])),
    ("1223", lambda n: n["Situacao"] in INSIDE and used(n["MunicipioPrestacao"])),
    ("1224", lambda n: amount(n["MunicipioPrestacao"]) is None),
    ("1225", lambda n: n["Situacao"] in OUTSIDE and _unknown_city(n["MunicipioPrestacao"])),
    ("1232", lambda n: n["Situacao"] in OUTSIDE and n["MunicipioPrestacao"] == MUNICIPIO),
)
_INTERMEDIARY: tuple[tuple[str, Callable[[Fields, _View], bool]], ...] = (
    ("507", lambda _, n: n.coupon),
    ("502", lambda f, _: not used(f["IndicadorIntermediario"])),
    ("504", lambda f, _: f["IndicadorIntermediario"] not in {"", "0", "2"}),
    ("501", lambda f, _: not used(f[_DOCUMENT])),
    ("503", lambda f, _: used(f[_DOCUMENT]) and not _is_cnpj_shaped(f[_DOCUMENT])),
    ("505", lambda f, _: _has_wrong_digits(f[_DOCUMENT])),
    ("506", lambda f, _: bool(f["EmailIntermediario"]) and not _email(f["EmailIntermediario"])),
    ("515", lambda f, n: bool(n.city.cnpj) and f["DocumentoIntermediario"] == n.city.cnpj),
)


def faults(note: Nota, city: City, period: Period, seen: set[str]) -> Iterator[tuple[str, int]]:
    """(code, line) of all that is wrong in a note; `seen` gathers the RPS of the file."""
    view = _View(
        nota=note,
        city=city,
        period=period,
        day=dados.day(note.fields["DataEmissao"]),
        cancelling=note.fields["Situacao"] == "C",
        coupon=note.line[0] == "3",
    )
    rules = _ALWAYS
    if not view.cancelling:
        rules += _ISSUED
        if not view.coupon:
            rules += _FULL
        if note.line[0] == "6":
            rules += _PLACE
    yield from ((codigo, note.linha) for codigo, wrong in rules if wrong(view))
    key = rps_key(note.fields)
    if key in seen:
        yield "215", note.linha
    seen.add(key)
    if note.intermediary:
        linha, fields = note.intermediary
        yield from ((codigo, linha) for codigo, wrong in _INTERMEDIARY if wrong(fields, view))


def _is(view: _View, indicador: str) -> bool:
    return view["IndicadorTomador"] == indicador


def _shaped(view: _View) -> bool:
    """True when the document has the shape its kind asks for, right or wrong digits apart."""
    raw = view["DocumentoTomador"]
    if not used(raw):
        return False
    if _is(view, "1"):
        return dados.is_digits(raw) and raw.startswith("000")
    return _is_cnpj_shaped(raw)


def _is_cnpj_shaped(raw: str) -> bool:
    return len(raw) == 14 and raw.isascii() and raw.isalnum()


def _within(day: date, period: Period) -> bool:
    start, end = period
    return (start is None or start <= day) and (end is None or day <= end)


def _known(service: str, city: City) -> bool:
    return city.servicos is None or not used(service) or service in city.servicos


def _email(raw: str) -> bool:
    return dados.are_emails(raw, 1)


def _has_wrong_digits(raw: str) -> bool:
    return used(raw) and _is_cnpj_shaped(raw) and not cnpj.is_valid(raw)


def _unknown_city(raw: str) -> bool:
    return used(raw) and dados.is_digits(raw) and not dados.is_municipio(raw)


def _has_burden(view: _View) -> bool:
    return used(view["CargaTributariaValor"]) or used(view["CargaTributariaPercentual"])


def _most(view: _View) -> int:
    record = ENVIO[view.nota.line[0]]
    return record.width + (record.variable.tamanho if record.variable else 0)
