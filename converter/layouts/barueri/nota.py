"""What Barueri checks in one note: rules as data, each a code and what makes it apply."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from converter.layouts import dados
from converter.layouts.barueri import record5
from converter.layouts.barueri.tables import RETENCOES
from converter.layouts.base import City
from converter.layouts.positional import amount, is_amount, used

_FIRST_DAY = date(2008, 9, 9)
_MOST = 999_999_999_999_999
_CANCEL_WITHIN = timedelta(days=90)
_ADDRESS = ("EnderecoLogradouro", "NumeroLogradouro", "BairroLogradouro", "CidadeLogradouro")

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
class Nota:
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
class _View:
    """A note beside its city, with what several rules ask worked out once."""

    nota: Nota
    city: City
    day: date | None
    foreign: bool
    exported: bool
    cancelling: bool
    elsewhere: bool

    def __getitem__(self, nome: str) -> str:
        return self.nota.rps[nome]


Rule = tuple[str, Callable[[_View], bool]]

_RPS: tuple[Rule, ...] = (
    ("201", lambda n: n["TipoRPS"] not in {"RPS", "RPS-C"}),
    ("202", lambda n: not dados.is_plain(n["SerieRPS"])),
    ("203", lambda n: not dados.is_plain(n["SerieNFe"])),
    ("204", lambda n: not _is_rps_number(n)),
    ("205", lambda n: rps_key(n.nota.rps) in n.city.rps and used(n["NumeroRPS"])),
    ("208", lambda n: n.day is None),
    ("209", lambda n: n.day is not None and n.day < _FIRST_DAY),
    ("210", lambda n: n.day is not None and n.day > n.city.clock.date()),
    ("211", lambda n: not dados.is_hour(n["HoraRPS"])),
    ("212", lambda n: n["SituacaoRPS"] not in {"E", "C", "R"}),
    ("262", lambda n: n["SituacaoRPS"] == "R"),
    ("216", lambda n: not _is_service(n)),
    ("217", lambda n: n["LocalPrestacaoServico"] not in {"1", "2"}),
    ("218", lambda n: n["ServicoPrestadoViasPublicas"] not in {"1", "2"}),
    ("219", lambda n: n.elsewhere and not n["EnderecoLogradouroLocalServico"]),
    ("220", lambda n: n.elsewhere and not n["NumeroLogradouroLocalServico"]),
    ("221", lambda n: n.elsewhere and not n["BairroLogradouroLocalServico"]),
    ("222", lambda n: n.elsewhere and not n["CidadeLogradouroLocalServico"]),
    ("223", lambda n: n.elsewhere and not n["UFLogradouroLocalServico"]),
    ("224", lambda n: _wrong_uf(n["UFLogradouroLocalServico"])),
    ("225", lambda n: n.elsewhere and not dados.is_cep(n["CEPLogradouroLocalServico"])),
    ("226", lambda n: not is_amount(n["QuantidadeServico"])),
    ("227", lambda n: not is_amount(n["ValorServico"])),
    ("230", lambda n: not is_amount(n["ValorTotalRetencoes"])),
    ("231", lambda n: (n.nota.cents("ValorTotalRetencoes") or 0) > n.nota.services),
    ("232", lambda n: n.nota.cents("ValorTotalRetencoes") != n.nota.of(vn=False)),
    ("251", lambda n: n.nota.services > _MOST),
    ("255", lambda n: n.nota.services == 0 and n.nota.of(vn=True) == 0),
    ("303", lambda n: n.nota.services + n.nota.of(vn=True) < 0),
    ("233", lambda n: n["TomadorEstrangeiro"] not in {"1", "2"}),
    ("234", lambda n: n.foreign is not used(n["PaisNacionalidadeTomadorEstrangeiro"])),
    ("235", lambda n: n["ServicoExportacao"] not in {"1", "2"}),
    ("236", lambda n: not n.foreign and n["IndicadorCPFCNPJTomador"] not in {"1", "2"}),
    ("237", lambda n: not n.foreign and _wrong_document(n)),
    ("238", lambda n: not n["RazaoSocialNomeTomador"]),
    ("239", lambda n: _company(n) and not n["EnderecoLogradouroTomador"]),
    ("240", lambda n: _company(n) and not n["NumeroLogradouroTomador"]),
    ("241", lambda n: _company(n) and not n["BairroLogradouroTomador"]),
    ("242", lambda n: _company(n) and not n["CidadeLogradouroTomador"]),
    ("243", lambda n: _company(n) and not n["UFLogradouroTomador"]),
    ("244", lambda n: not n.foreign and _wrong_uf(n["UFLogradouroTomador"])),
    ("245", lambda n: _company(n) and not dados.is_cep(n["CEPLogradouroTomador"])),
    ("246", lambda n: bool(n["EmailTomador"]) and not dados.are_emails(n["EmailTomador"])),
    ("247", lambda n: not is_amount(n["Fatura"])),
    ("248", lambda n: not is_amount(n["ValorFatura"])),
    ("249", lambda n: used(n["Fatura"]) and not n["FormaPagamento"]),
    ("250", lambda n: not n["DiscriminacaoServico"].strip("| ")),
)
_CANCEL: tuple[Rule, ...] = (
    ("207", lambda n: (n.nota.cents("NumeroNFeCancelada") or _MOST) >= n.city.proxima_nfse),
    ("254", lambda n: cancelled_number(n.nota.rps) in n.city.canceladas),
    ("213", lambda n: n["CodigoMotivoCancelamento"] not in {"01", "02", "03"}),
    ("214", lambda n: not n["DescricaoCancelamento"]),
    ("252", lambda n: dados.day(n["DataEmissaoNFeCancelada"]) is None),
    (
        "253",
        lambda n: (
            n.city.clock.date() - (dados.day(n["DataEmissaoNFeCancelada"]) or date.max)
            > _CANCEL_WITHIN
        ),
    ),
)
_COMPLEMENT: tuple[tuple[str, Callable[[Fields, _View], bool]], ...] = (
    ("801", lambda f, _: f["OptanteSimplesNacional"] not in {"1", "2", "3"}),
    ("802", lambda f, _: not _is_regime(f)),
    ("803", lambda f, n: n.exported is not used(f["CodigoPaisLocalServico"])),
    (
        "804",
        lambda f, n: (
            n["ServicoExportacao"] == "2"
            and not dados.is_municipio(f["CodigoCidadeLocalPrestacao"])
        ),
    ),
    ("805", lambda f, n: _company(n) and not dados.is_municipio(f["CodigoCidadeTomador"])),
    ("806", lambda f, n: n.foreign is not bool(f["NIF"])),
    ("807", lambda f, _: not is_amount(f["CodigoNBS"])),
    ("808", lambda f, n: n.foreign is not bool(f["CEPExteriorTomador"])),
    ("809", lambda f, n: n.foreign is not bool(f["EstadoProvinciaTomadorExt"])),
    (
        "810",
        lambda f, n: (n.foreign or n.exported) and f["VinculoPartes"] not in set("0123456"),
    ),
    ("811", lambda f, n: n.exported is not bool(f["CEPExteriorLocalServico"])),
    ("812", lambda f, n: n.exported is not bool(f["EstadoProvinciaLocalExt"])),
    ("813", lambda f, n: _event(n) and not f["NomeEvento"]),
    ("814", lambda f, n: _event(n) and dados.day(f["DataInicioEvento"]) is None),
    ("815", lambda f, n: _event(n) and dados.day(f["DataFimEvento"]) is None),
    ("816", lambda f, n: _replacing(n) and f["CodJustifCancelSubst"] not in set("123459")),
    ("817", lambda f, _: _wrong_of_reform(f, "CodigoIndicadorOperacaoFornecimento")),
    ("818", lambda f, _: _wrong_of_reform(f, "CodigoClassificacaoTributariaIBSCBS")),
    ("819", lambda f, _: not is_amount(f["CodigoSituacaoTributariaIBSCBS"])),
    ("820", lambda f, _: f["OperacaoUsoConsumoPessoal"] not in {"", "0", "1"}),
    ("821", lambda f, _: f["IndicadorDestinatarioServico"] not in {"", "0", "1"}),
)


def faults(
    note: Nota, city: City, seen: set[str], cancelled: set[str]
) -> Iterator[tuple[str, int]]:
    """(code, line) of all that is wrong in a note; `seen` and `cancelled` gather what was used."""
    if not note.rps:
        return
    view = _view(note, city)
    rules = _RPS + _CANCEL if view.cancelling else _RPS
    yield from ((codigo, note.linha) for codigo, wrong in rules if wrong(view))
    yield from ((codigo, note.linha) for codigo in _repeated(view, seen, cancelled))
    yield from _values(note)
    if note.complement and note.complement[1]:
        linha, fields = note.complement
        yield from ((codigo, linha) for codigo, wrong in _COMPLEMENT if wrong(fields, view))
        yield from _fifth(note, view, fields)


def _fifth(note: Nota, view: _View, complement: Fields) -> Iterator[tuple[str, int]]:
    """What is wrong in the record 5, or in its absence."""
    linha, fields = note.recipient or (note.linha, record5.ABSENT)
    supply = record5.Supply(
        view["CodigoServicoPrestado"], complement["CodigoClassificacaoTributariaIBSCBS"]
    )
    named = bool(note.recipient) and complement["IndicadorDestinatarioServico"] == "1"
    if fields:
        yield from ((codigo, linha) for codigo in record5.faults(fields, supply, recipient=named))


def _view(note: Nota, city: City) -> _View:
    rps = note.rps
    return _View(
        nota=note,
        city=city,
        day=dados.day(rps["DataRPS"]),
        foreign=rps["TomadorEstrangeiro"] == "1",
        exported=rps["ServicoExportacao"] == "1",
        cancelling=is_cancelling(rps),
        elsewhere=rps["LocalPrestacaoServico"] == "2" or rps["ServicoPrestadoViasPublicas"] == "1",
    )


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


def _values(note: Nota) -> Iterator[tuple[str, int]]:
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
    return dados.is_digits(raw) and 0 < int(raw) <= 9_999_999


def _is_service(view: _View) -> bool:
    raw, known = view["CodigoServicoPrestado"], view.city.servicos
    return dados.is_digits(raw) and used(raw) and (known is None or raw in known)


def _wrong_document(view: _View) -> bool:
    indicador = view["IndicadorCPFCNPJTomador"]
    return indicador in {"1", "2"} and not dados.is_document(indicador, view["CPFCNPJTomador"])


def _company(view: _View) -> bool:
    return not view.foreign and view["IndicadorCPFCNPJTomador"] == "2"


def _event(view: _View) -> bool:
    return view["CodigoServicoPrestado"].startswith("12")


def _replacing(view: _View) -> bool:
    return view.cancelling and is_issuing(view.nota.rps)


def _is_regime(fields: Fields) -> bool:
    regime = fields["RegimeApuracaoSN"]
    return regime in set("123") if fields["OptanteSimplesNacional"] == "3" else not used(regime)


def _wrong_of_reform(fields: Fields, nome: str) -> bool:
    """True for what is no number, or left out where the group of IBS and CBS was begun."""
    begun = any(used(fields[one]) for one in _REFORM)
    return not is_amount(fields[nome]) or (begun and not used(fields[nome]))


def _wrong_uf(raw: str) -> bool:
    return bool(raw) and not dados.is_uf(raw)
