"""The checks of São Paulo that compare fields of one note; of one field: `erros.csv`."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from converter.brazil import cnpj, cpf
from converter.layouts import predicates
from converter.layouts.base import City
from converter.layouts.positional import amount, used
from converter.layouts.rules import CityRules, NoteTest, View
from converter.layouts.sao_paulo.tables import (
    ENVIO,
    ERROS,
    EXEMPT,
    INSIDE,
    MUNICIPIO,
    OUTSIDE,
    RATED,
)

FIRST_DAY = date(2006, 6, 1)

_DOCUMENT = "DocumentoIntermediario"

Fields = dict[str, str]
Period = tuple[date | None, date | None]


def rps_key(fields: Fields) -> str:
    """Série and number: what the city remembers a RPS by."""
    return f"{fields['SerieRPS']}-{fields['NumeroRPS'].lstrip('0')}"


@dataclass(slots=True)
class NotaLines:
    """The detail line of a note, its fields, and the intermediário under it."""

    linha: int
    line: str
    fields: Fields
    intermediary: tuple[int, Fields] | None = None

    def cents(self, nome: str) -> int:
        """A value of the note, zero where it is no number."""
        return amount(self.fields.get(nome, "")) or 0


@dataclass(frozen=True, slots=True)
class _View(View):
    """A note beside its city, with what several rules ask worked out once."""

    nota: NotaLines
    period: Period
    day: date | None
    coupon: bool


def faults(
    note: NotaLines, city: City, period: Period, seen: set[str]
) -> Iterator[tuple[str, int]]:
    """(code, line) of all that is wrong in a note; `seen` gathers the RPS of the file."""
    lines = {"6": note.linha}
    fields = note.fields
    if note.intermediary:
        lines["5"], intermediary = note.intermediary
        fields = intermediary | fields
    view = _View(
        nota=note,
        fields=defaultdict(str, fields),
        city=city,
        period=period,
        day=predicates.day(note.fields["DataEmissao"]),
        coupon=note.line[0] == "3",
    )
    yield from _RULES.broken(view, lines)
    key = rps_key(note.fields)
    if key in seen:
        yield "215", note.linha
    seen.add(key)


def _is(view: _View, indicador: str) -> bool:
    return view["IndicadorTomador"] == indicador


def _shaped(view: _View) -> bool:
    """True when the document has the shape its kind asks for, right or wrong digits apart."""
    raw = view["DocumentoTomador"]
    if not used(raw):
        return False
    if _is(view, "1"):
        return predicates.is_digits(raw) and raw.startswith("000")
    return _is_cnpj_shaped(raw)


def _is_cnpj_shaped(raw: str) -> bool:
    return len(raw) == 14 and raw.isascii() and raw.isalnum()


def _within(day: date, period: Period) -> bool:
    start, end = period
    return (start is None or start <= day) and (end is None or day <= end)


def _known(service: str, city: City) -> bool:
    return city.servicos is None or not used(service) or service in city.servicos


def _is_wrong(raw: str, shaped: Callable[[str], bool], right: Callable[[str], bool]) -> bool:
    """True for what is there in the shape it should have, and is none all the same."""
    return used(raw) and shaped(raw) and not right(raw)


def _most(view: _View) -> int:
    record = ENVIO[view.nota.line[0]]
    return record.width + (record.variable.tamanho if record.variable else 0)


_CIRCUMSTANCES: Mapping[str, NoteTest[_View]] = {
    "cupom": lambda n: n.coupon,
    "não cupom": lambda n: not n.coupon,
    "não cancelada": lambda n: n["Situacao"] != "C",
    "completa": lambda n: not n.coupon,
    "V.002": lambda n: n.nota.line[0] == "6",
    "tomador com CNPJ": lambda n: _is(n, "2"),
    "tomador não informado": lambda n: _is(n, "3"),
    "com carga tributária": lambda n: (
        used(n["CargaTributariaValor"]) or used(n["CargaTributariaPercentual"])
    ),
    "isenta ou imune": lambda n: n["Situacao"] in EXEMPT,
    "na cidade": lambda n: n["Situacao"] in INSIDE,
    "fora da cidade": lambda n: n["Situacao"] in OUTSIDE,
    "fora da cidade ou exportação": lambda n: n["Situacao"] in OUTSIDE | {"P"},
}
_BETWEEN: Mapping[str, NoteTest[_View]] = {
    "206": lambda n: n["Situacao"] not in ({*"TC"} if n.coupon else INSIDE | OUTSIDE | {"C"}),
    "207": lambda n: n.day is not None and not _within(n.day, n.period),
    "210": lambda n: n["ISSRetido"] not in ({*"12"} if n.coupon else {*"123"}),
    "217": lambda n: rps_key(n.nota.fields) in n.city.rps,
    "219": lambda n: used(n["InscricaoMunicipalTomador"]) and n["UFTomador"] not in {"", "SP"},
    "225": lambda n: n["Situacao"] in RATED and not 200 <= n.nota.cents("Aliquota") <= 500,
    "301": lambda n: _is(n, "2") and bool(n.city.cnpj) and n["DocumentoTomador"] == n.city.cnpj,
    "302": lambda n: _is(n, "2") and _shaped(n) and not cnpj.is_valid(n["DocumentoTomador"]),
    "304": lambda n: n.nota.cents("ValorDeducoes") > n.nota.cents("ValorServicos"),
    "306": lambda n: not _known(n["CodigoServico"], n.city),
    "313": lambda n: n.day is not None and n.day > n.city.clock.date(),
    "314": lambda n: n.day is not None and n.day < FIRST_DAY,
    "318": lambda n: not (n["CidadeTomador"] and n["UFTomador"]),
    "321": lambda n: n["ISSRetido"] == "1" and n["Situacao"] not in {*"TFD"},
    "337": lambda n: _is(n, "1") and _shaped(n) and not cpf.is_valid(n["DocumentoTomador"][-11:]),
    "341": lambda n: len(n.nota.line) > _most(n),
    "360": lambda n: n["IndicadorTomador"] in {*"12"} and not _shaped(n),
    "503": lambda n: used(n[_DOCUMENT]) and not _is_cnpj_shaped(n[_DOCUMENT]),
    "505": lambda n: _is_wrong(n[_DOCUMENT], _is_cnpj_shaped, cnpj.is_valid),
    "507": lambda n: n.coupon,
    "515": lambda n: bool(n.city.cnpj) and n[_DOCUMENT] == n.city.cnpj,
    "517": lambda n: n["ISSRetido"] == "3" and n.nota.intermediary is None,
    "518": lambda n: n["ISSRetido"] == "1" and n.nota.intermediary is not None,
    "1225": lambda n: _is_wrong(
        n["MunicipioPrestacao"], predicates.is_digits, predicates.is_municipio
    ),
    "1232": lambda n: n["MunicipioPrestacao"] == MUNICIPIO,
    "1616": lambda n: n["ISSRetido"] == "1" and n["IndicadorTomador"] != "2",
    "1631": lambda n: 0 < n.nota.cents("ValorTotalRecebido") < n.nota.cents("ValorServicos"),
    "1633": lambda n: used(n["ValorTotalRecebido"]) and used(n["ValorDeducoes"]),
}
_RULES = CityRules(ERROS, _CIRCUMSTANCES, _BETWEEN)
