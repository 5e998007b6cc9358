"""The checks of Barueri that compare fields of one note; of one field: `erros.csv`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from converter.layouts import predicates
from converter.layouts.barueri.tables import ENVIO, ERROS, RETENCOES
from converter.layouts.base import City
from converter.layouts.positional import amount, is_amount, used
from converter.layouts.rules import CityRules, NoteTest, View

_FIRST_DAY = date(2008, 9, 9)
_MOST = 999_999_999_999_999
_CANCEL_WITHIN = timedelta(days=90)
_GOODS = ("2505", "1509", "1712", "1005")
"""Services by which goods or real estate are rented, managed or brokered (error 825)."""
_RENTED = "990401"
_DONATED = ("410003", "410026")
_NO_RECIPIENT = ENVIO["5"].read("")
"""What a note without the record 5 says in it."""

SUBSTITUTION = "03"
"""The motivo of a cancellation that puts another note in the place of the first."""

_REFORM = ("CodigoIndicadorOperacaoFornecimento", "CodigoClassificacaoTributariaIBSCBS")
"""The CST is not asked for: 000 is one, and looks like none."""

Fields = dict[str, str]
Line = tuple[int, Fields]


def rps_key(rps: Fields) -> str:
    """Série and number: what the city remembers a RPS by."""
    return f"{rps['SerieRPS']}-{rps['NumeroRPS'].lstrip('0')}"


def is_cancelling(rps: Fields) -> bool:
    """True where the record cancels an NF-e, whether or not it puts another in its place."""
    return rps["SituacaoRPS"] == "C"


def is_issuing(rps: Fields) -> bool:
    """True where the record asks for an NF-e: a cancelling one only does to replace another."""
    return not is_cancelling(rps) or rps["CodigoMotivoCancelamento"] == SUBSTITUTION


def cancelled_number(rps: Fields) -> str:
    """The number of the NF-e a record cancels, without zeros on the left."""
    return rps["NumeroNFeCancelada"].lstrip("0")


def is_person(rps: Fields) -> bool:
    """True when the tomador has a CPF."""
    return rps.get("IndicadorCPFCNPJTomador") == "1"


@dataclass(slots=True)
class NotaLines:
    """The lines of one note, each with its number in the file."""

    linha: int
    rps: Fields = field(default_factory=dict)
    values: list[Line] = field(default_factory=list)
    complement: Line | None = None
    recipient: Line | None = None

    def keep(self, tipo: str, linha: int, fields: Fields) -> None:
        """Puts the fields of a line of type 2, 3, 4 or 5 in their place."""
        if tipo == "2":
            self.rps = fields
        elif tipo == "3":
            if fields:
                self.values.append((linha, fields))
        elif tipo == "4":
            self.complement = (linha, fields)
        else:
            self.recipient = (linha, fields)

    def cents(self, nome: str) -> int | None:
        """A numeric field of the RPS."""
        return amount(self.rps.get(nome, ""))

    @property
    def services(self) -> int:
        """Quantity times unit value, in cents."""
        return (self.cents("QuantidadeServico") or 0) * (self.cents("ValorServico") or 0)

    @property
    def others(self) -> int:
        """Sum of the records 3, in cents."""
        return sum(amount(fields["Valor"]) or 0 for _, fields in self.values)

    def of(self, *, vn: bool) -> int:
        """Sum of the VN records, or of the retentions, in cents."""
        return sum(
            amount(fields["Valor"]) or 0
            for _, fields in self.values
            if (fields["CodigoOutrosValores"] == "VN") is vn
        )


@dataclass(frozen=True, slots=True)
class _View(View):
    """A note beside its city, with what several rules ask worked out once."""

    nota: NotaLines
    day: date | None
    cancelling: bool


def faults(
    note: NotaLines, city: City, seen: set[str], cancelled: set[str]
) -> Iterator[tuple[str, int]]:
    """(code, line) of all that is wrong in a note; `seen` and `cancelled` gather what was used."""
    if not note.rps:
        return
    lines, fields = _of_rules(note)
    view = _View(
        nota=note,
        fields=defaultdict(str, fields),
        city=city,
        day=predicates.day(note.rps["DataRPS"]),
        cancelling=is_cancelling(note.rps),
    )
    yield from _RULES.broken(view, lines)
    yield from ((codigo, note.linha) for codigo in _repeated(view, seen, cancelled))
    yield from _values(note)


def _of_rules(note: NotaLines) -> tuple[dict[str, int], Fields]:
    """The line of each record that rules speak of, and the fields of all of them.

    A note without the record 5 is asked for it all the same, at the line of its RPS.
    """
    lines, fields = {"2": note.linha}, note.rps
    if note.complement and note.complement[1]:
        lines["4"], complement = note.complement
        linha, recipient = note.recipient or (note.linha, _NO_RECIPIENT)
        if recipient:
            lines["5"] = linha
        fields = recipient | complement | fields
    return lines, fields


def _repeated(view: _View, seen: set[str], cancelled: set[str]) -> Iterator[str]:
    key = rps_key(view.nota.rps)
    if used(view["NumeroRPS"]):
        if key in seen:
            yield "206"
        seen.add(key)
    if view.cancelling:
        if view["NumeroNFeCancelada"] in cancelled:
            yield "257"
        cancelled.add(view["NumeroNFeCancelada"])


def _values(note: NotaLines) -> Iterator[tuple[str, int]]:
    codes: set[str] = set()
    for linha, fields in note.values:
        code, cents = fields["CodigoOutrosValores"], amount(fields["Valor"])
        if code not in RETENCOES:
            yield "301", linha
        if not cents or (cents < 0 and code != "VN"):
            yield "302", linha
        if code in codes:
            yield "304", linha
        codes.add(code)


def _is_rps_number(view: _View) -> bool:
    raw = view["NumeroRPS"]
    if not is_issuing(view.nota.rps):
        return not used(raw)
    return predicates.is_digits(raw) and 0 < int(raw) <= 9_999_999


def _is_service(view: _View) -> bool:
    raw, known = view["CodigoServicoPrestado"], view.city.servicos
    return predicates.is_digits(raw) and used(raw) and (known is None or raw in known)


def _wrong_document(view: _View) -> bool:
    indicador = view["IndicadorCPFCNPJTomador"]
    return indicador in {"1", "2"} and not predicates.is_document(indicador, view["CPFCNPJTomador"])


def _is_regime(fields: _View) -> bool:
    regime = fields["RegimeApuracaoSN"]
    return regime in set("123") if fields["OptanteSimplesNacional"] == "3" else not used(regime)


def _wrong_of_reform(fields: _View, nome: str) -> bool:
    """True for what is no number, or left out where the group of IBS and CBS was begun."""
    begun = any(used(fields[one]) for one in _REFORM)
    return not is_amount(fields[nome]) or (begun and not used(fields[nome]))


_CIRCUMSTANCES: Mapping[str, NoteTest[_View]] = {
    "cancelamento": lambda n: n.cancelling,
    "substituição": lambda n: n.cancelling and is_issuing(n.nota.rps),
    "serviço fora": lambda n: (
        n["LocalPrestacaoServico"] == "2" or n["ServicoPrestadoViasPublicas"] == "1"
    ),
    "exportação": lambda n: n["ServicoExportacao"] == "1",
    "não exportação": lambda n: n["ServicoExportacao"] == "2",
    "tomador estrangeiro": lambda n: n["TomadorEstrangeiro"] == "1",
    "tomador estrangeiro ou exportação": lambda n: (
        n["TomadorEstrangeiro"] == "1" or n["ServicoExportacao"] == "1"
    ),
    "tomador do país": lambda n: n["TomadorEstrangeiro"] != "1",
    "tomador com CNPJ": lambda n: n["IndicadorCPFCNPJTomador"] == "2",
    "com fatura": lambda n: used(n["Fatura"]),
    "evento": lambda n: n["CodigoServicoPrestado"].startswith("12"),
    "operação com ente governamental": lambda n: (
        used(n["TipoOperacaoEntesGovernamentais"])
        or used(n["TipoEnteGovernamental"])
        or n["CodigoServicoPrestado"].startswith(_GOODS)
    ),
    "nota referenciada": lambda n: n["TipoOperacaoEntesGovernamentais"] in {*"23"},
    "locação de bem móvel": lambda n: n["CodigoServicoPrestado"].startswith(_RENTED),
    "doação": lambda n: n["CodigoClassificacaoTributariaIBSCBS"] in _DONATED,
    "destinatário": lambda n: bool(n.nota.recipient) and n["IndicadorDestinatarioServico"] == "1",
    "destinatário do país": lambda n: n["DestinatarioServicoEstrangeiro"] == "2",
    "destinatário estrangeiro": lambda n: n["DestinatarioServicoEstrangeiro"] != "2",
}
_BETWEEN: Mapping[str, NoteTest[_View]] = {
    "204": lambda n: not _is_rps_number(n),
    "205": lambda n: rps_key(n.nota.rps) in n.city.rps and used(n["NumeroRPS"]),
    "207": lambda n: (n.nota.cents("NumeroNFeCancelada") or _MOST) >= n.city.proxima_nfse,
    "209": lambda n: n.day is not None and n.day < _FIRST_DAY,
    "210": lambda n: n.day is not None and n.day > n.city.clock.date(),
    "216": lambda n: not _is_service(n),
    "231": lambda n: (n.nota.cents("ValorTotalRetencoes") or 0) > n.nota.services,
    "232": lambda n: n.nota.cents("ValorTotalRetencoes") != n.nota.of(vn=False),
    "237": _wrong_document,
    "251": lambda n: n.nota.services > _MOST,
    "253": lambda n: (
        n.city.clock.date() - (predicates.day(n["DataEmissaoNFeCancelada"]) or date.max)
        > _CANCEL_WITHIN
    ),
    "254": lambda n: cancelled_number(n.nota.rps) in n.city.canceladas,
    "255": lambda n: n.nota.services == 0 and n.nota.of(vn=True) == 0,
    "262": lambda n: n["SituacaoRPS"] == "R",
    "303": lambda n: n.nota.services + n.nota.of(vn=True) < 0,
    "802": lambda n: not _is_regime(n),
    "817": lambda n: _wrong_of_reform(n, "CodigoIndicadorOperacaoFornecimento"),
    "818": lambda n: _wrong_of_reform(n, "CodigoClassificacaoTributariaIBSCBS"),
}
_RULES = CityRules(ERROS, _CIRCUMSTANCES, _BETWEEN)
