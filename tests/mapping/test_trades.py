"""Offices of some seventy trades: nothing meant is silent or wrong, most is understood at once."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from converter.mapping.load import load_mappings
from converter.model.address import letters_of
from converter.model.cells import Percent, RawValue
from converter.model.columns import ColumnReading, ColumnUse
from converter.stages.map import MappedBook, map_book
from tests.mapping.books import ONE, book, sheet

HERE = Path(__file__).parent
TRADES = tomllib.loads((HERE / "trades.toml").read_text(encoding="utf-8"))
KINDS = tomllib.loads((HERE / "kinds.toml").read_text(encoding="utf-8"))
ROWS = 4
MAPPINGS = load_mappings([])
ABOUT_ROWS = {"situacao-da-nota", "coluna-de-nota-emitida", "nota-nao-pedida", "aviso-no-texto"}
ENOUGH, NEEDLESS = 0.75, 0.1
VALUES: dict[str, Sequence[RawValue]] = {
    "doc": ("52.601.815/0001-20", "90.830.166/0001-28", "13.186.091/0001-43", "52.601.815/0001-20"),
    "cpf": ("082.462.819-50", "482.199.351-11", "819.093.786-31", "529.982.247-25"),
    "mix": ("52.601.815/0001-20", "482.199.351-11", "13.186.091/0001-43", "529.982.247-25"),
    "own": ("11.222.333/0001-81", "11.222.333/0001-81", "11.222.333/0001-81", "11.222.333/0001-81"),
    "emp": (
        "Padaria Pão Quente Ltda",
        "Mercearia São José ME",
        "Auto Peças Silva Ltda",
        "Condomínio Edifício Aurora",
    ),
    "pes": (
        "Maria Aparecida de Souza",
        "João Carlos Pereira",
        "Antônio Sant'Anna",
        "Lívia Prado Nunes",
    ),
    "pes2": ("Bia Souza", "Caio Pereira", "Theo Sant Anna", "Nina Nunes"),
    "med": ("Dr. Paulo", "Dra. Ana", "Dr. Paulo", "Dra. Ana"),
    "fun": ("Ana", "Bia", "Ana", "Leo"),
    "d": (date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 12)),
    "d2": (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 7)),
    "venc": (date(2026, 4, 1), date(2026, 4, 5), date(2026, 4, 10), date(2026, 4, 12)),
    "nasc": (date(1990, 1, 2), date(1985, 5, 6), date(1979, 8, 9), date(2001, 2, 3)),
    "dh": (
        datetime(2026, 3, 5, 14, 20),
        datetime(2026, 3, 6, 9, 0),
        datetime(2026, 3, 9, 10, 5),
        datetime(2026, 3, 12, 11, 0),
    ),
    "val": (1200.0, 890.5, 450.0, 310.25),
    "val2": (1500.0, 1000.5, 500.0, 400.0),
    "liq": (1140.0, 850.0, 440.0, 300.0),
    "peq": (10.5, 8.2, 6.0, 4.15),
    "iss": (60.0, 44.53, 22.5, 15.51),
    "zero": (0.0, 0.0, 0.0, 0.0),
    "valtxt": ("R$ 1.200,00", "R$ 890,50", "R$ 450,00", "R$ 310,25"),
    "desc0": (0.0, 20.0, 0.0, 15.5),
    "desci": (0, 50, 0, 0),
    "dnf": ("", "", "", date(2026, 3, 10)),
    "bolsap": ("25%", "", "10%", "100%"),
    "cem": (310, 0, 310, 120),
    "mil": (2400, 1800, 3000, 3300),
    "mil2": (2280, 1710, 2850, 3135),
    "serial": (45100, 46050, 45000, 44000),
    "vezes": ("3x 800,00", "à vista", "6x 500,00", "entr. 1.300 + 4x 500,00"),
    "plano": ("DentePlus", "Particular", "DentePlus", "OdontoBem"),
    "sobre": ("saldo", "total", "saldo", "total"),
    "usd": ("BRL", "BRL", "USD", "BRL"),
    "stv": ("Aprovado", "Completo", "Aguardando pagamento", "Aprovado"),
    "cif": ("CIF", "FOB", "CIF", "Terceiro"),
    "cpf2": ("482.199.351-11", "082.462.819-50", "529.982.247-25", "819.093.786-31"),
    "empo": ("", "", "Outra Empresa Ltda", ""),
    "pesdoc": ("", "", "Munhoz Eng. Ltda 36.611.828/0001-23", ""),
    "nf0": (0, 0, 9981, 0),
    "codst": (1, 1, 2, 3),
    "email": ("a@b.com.br", "c@d.com.br", "e@f.com", "g@h.com.br"),
    "tel": ("(19) 99876-5432", "(11) 3333-4444", "(31) 98888-7777", "(21) 97777-1212"),
    "rua": ("Rua das Acácias", "Av. Brasil", "Rua Sete de Setembro", "Al. Santos"),
    "end": (
        "Rua das Acácias, 120",
        "Av. Brasil, 1500",
        "Rua Sete de Setembro, 45",
        "Al. Santos, 900",
    ),
    "endc": (
        "Rua das Acácias, 120 - Centro - Campinas/SP - 13010-040",
        "Av. Brasil, 1500 - Jardim Brasil - Valinhos/SP - 13270-000",
        "Rua Sete de Setembro, 45 - Serra - São Paulo/SP - 01001-000",
        "Al. Santos, 900 - Jardins - São Paulo/SP - 01418-000",
    ),
    "num": ("120", "1500", "45", "900"),
    "bai": ("Centro", "Jardim Brasil", "Serra", "Jardins"),
    "cid": ("Campinas", "Valinhos", "São Paulo", "São Paulo"),
    "ciduf": ("Campinas/SP", "Valinhos/SP", "São Paulo/SP", "São Paulo/SP"),
    "uf": ("SP", "SP", "SP", "SP"),
    "cep": ("13010-040", "13270-000", "01001-000", "01418-000"),
    "cmp": ("ap 12", "", "sala 3", ""),
    "txt": (
        "Consultoria mensal em TI",
        "Suporte técnico de redes",
        "Treinamento de equipe",
        "Consultoria avulsa",
    ),
    "proc": ("Limpeza de pele", "Drenagem linfática", "Restauração", "Avaliação inicial"),
    "item": ("1.07", "1.07", "17.01", "17.01"),
    "pct": (
        Percent(fraction=0.05),
        Percent(fraction=0.05),
        Percent(fraction=0.02),
        Percent(fraction=0.03),
    ),
    "aliq": (5.0, 2.0, 5.0, 3.0),
    "sn": ("Sim", "Não", "Não", "Sim"),
    "snn": ("Sim", "Sim", "Sim", "Sim"),
    "int": (1.0, 2.0, 3.0, 4.0),
    "int2": (12, 5, 30, 8),
    "cod": ("A123", "A124", "A125", "A126"),
    "cod2": ("J-210", "J-214", "J-215", "J-219"),
    "ordem": (3101, 3104, 3105, 3110),
    "proc_n": ("5001122-10.2025", "0003344-77.2024", "5009871-05.2026", "0001234-56.2023"),
    "comp": ("03/2026", "03/2026", "03/2026", "03/2026"),
    "comp2": ("mar/26", "mar/26", "mar/26", "mar/26"),
    "mes": ("Março", "Março", "Março", "Março"),
    "pay": ("PIX", "Boleto", "Cartão", "PIX"),
    "st": ("Pago", "Pendente", "Pago", "Pago"),
    "stc": ("Pago", "Cancelado", "Pago", "Pago"),
    "blank": ("", "", "", ""),
    "nf": ("1001", "1002", "", ""),
    "nfull": ("910", "911", "912", "913"),
    "obs": ("", "ligar antes", "", ""),
    "cats": ("Ouro", "Prata", "Ouro", "Bronze"),
    "placa": ("ABC1D23", "BRA2E19", "XYZ9Z99", "QWE4R56"),
    "im": ("12345", "67890", "55555", "98765"),
    "trib": ("620910000", "620910000", "620910000", "620910000"),
    "trib2": ("07498", "07498", "07498", "07498"),
    "parc": ("1/4", "2/3", "3/3", "1/2"),
    "hora": ("14:00", "15:30", "09:00", "10:00"),
    "per": ("01/03 a 31/03", "01/03 a 31/03", "01/03 a 31/03", "01/03 a 31/03"),
    "dia": (5, 10, 15, 5),
    "txt1": ("Manhã", "Tarde", "Manhã", "Noite"),
    "unid": ("Unidade Centro", "Unidade Centro", "Unidade Sul", "Unidade Sul"),
    "bolsa": ("", "50%", "", "10%"),
    "stn": ("emitir", "emitida 3391", "aguardar pgto", "emitir"),
    "reg": ("SIMPLES", "PRESUMIDO", "SIMPLES", "CARNE-LEAO"),
    "pesg": ("", "", "Antônio Sant'Anna", "Lívia Prado Nunes"),
    "cpfg": ("", "", "819.093.786-31", "529.982.247-25"),
    "empg": ("", "", "Auto Peças Silva Ltda", "Condomínio Edifício Aurora"),
    "docg": ("", "", "13.186.091/0001-43", "52.601.815/0001-20"),
    "pais": ("Estados Unidos", "Alemanha", "Brasil", "Brasil"),
    "paisbr": ("Brasil", "Brasil", "Brasil", "Brasil"),
    "zipm": ("98109", "20457", "01310-100", "10115"),
    "artl": ("28027020263098846", "28027020267059275", "28027020262237096", "28027020262237100"),
    "curto": ("3/nov", "5/nov", "9/nov", "9/nov"),
    "tique": ("✓", "", "✓", ""),
    "ibge": ("3509502", "3550308", "3509502", "3550308"),
    "obra": ("90.802.62673/78", "90.756.68922/76", "90.767.96370/72", "90.800.62284/71"),
}
"""Four values of each kind, one a row."""


def columns(trade: str) -> list[tuple[str, str, list[str]]]:
    """Header, kind of the values and what is accepted, column by column."""
    lines = TRADES.get(trade) or KINDS[trade]
    parts = [[part.strip() for part in line.rsplit("|", 2)] for line in lines]
    return [(header, kind, meant.split()) for header, kind, meant in parts]


def read(trade: str) -> MappedBook:
    said = columns(trade)
    rows = [[VALUES[kind][row] for _, kind, _ in said] for row in range(ROWS)]
    table = sheet([header for header, _, _ in said], *rows)
    return map_book(book(table), MAPPINGS, choice=None, defaults=ONE)


def judged(trade: str) -> Iterator[tuple[str, str]]:
    """Each header with data, and how it was read: as an accountant would judge it."""
    mapped = read(trade)
    readings = {one.coluna: one for one in mapped.columns}
    about_rows = {one.coluna for one in mapped.questions if one.codigo in ABOUT_ROWS}
    for place, (header, kind, meant) in enumerate(columns(trade), start=1):
        letter = letters_of(place)
        if any(value not in ("", None) for value in VALUES[kind]):
            yield header, _judged(readings.get(letter), meant, asked=letter in about_rows)


def _judged(reading: ColumnReading | None, meant: Sequence[str], *, asked: bool) -> str:
    paths = {path for path in meant if len(path) > 1}
    paths |= {
        f"{path.rpartition('.')[0]}.cpf_cnpj" for path in paths if path.endswith((".cpf", ".cnpj"))
    }
    if asked:
        return "quiet"
    if reading is None or reading.situacao is ColumnUse.IGNORADA:
        return "quiet" if "-" in meant else "silent"
    if reading.situacao is ColumnUse.USADA:
        return "right" if reading.campo in paths else "wrong"
    if list(meant) == ["-"]:
        return "needless"
    return "asked" if {"?", "-"} & set(meant) or paths & set(reading.sugestoes) else "badly"


@pytest.mark.parametrize("trade", TRADES)
def test_nothing_an_accountant_would_use_is_wrong_or_silent(trade: str) -> None:
    assert not [one for one in judged(trade) if one[1] in ("wrong", "silent", "badly")]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_a_kind_is_wrong_silent_or_asked_without_need(kind: str) -> None:
    faults = ("wrong", "silent", "badly", "needless")
    assert not [one for one in judged(kind) if one[1] in faults]


def test_most_is_understood_at_once_and_little_is_asked_without_need() -> None:
    count = Counter(verdict for trade in TRADES for _, verdict in judged(trade))
    meant = sum(count[verdict] for verdict in ("right", "asked", "badly", "silent", "wrong"))
    assert count["right"] >= ENOUGH * meant
    assert count["needless"] <= NEEDLESS * (count["needless"] + count["quiet"])
