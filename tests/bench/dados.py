"""Invented months of invoices, the same every time they are made."""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import xlsxwriter

from converter.brazil import cnpj, cpf

HEADERS = (
    "Data de emissão",
    "CNPJ do prestador",
    "Inscrição municipal do prestador",
    "Município do prestador (código IBGE)",
    "CPF/CNPJ do tomador",
    "Nome ou razão social do tomador",
    "E-mail do tomador",
    "CEP",
    "Logradouro",
    "Número do endereço",
    "Complemento",
    "Bairro",
    "Município do tomador",
    "UF",
    "Discriminação do serviço",
    "Item da lista de serviços (LC 116)",
    "Código tributário do município",
    "Município da prestação (código IBGE)",
    "Valor dos serviços",
    "Alíquota do ISS (%)",
    "ISS retido",
    "Optante pelo Simples Nacional",
)
"""The columns of `templates/modelo-simples.xlsx`, as in `entrada/exemplo-servicos.xlsx`."""
DATA, TOMADOR, NOME, UF, VALOR, ALIQUOTA = 0, 4, 5, 13, 18, 19

Cell = str | float | datetime
Row = list[Cell]

_FIRST_DAY = datetime(2026, 10, 1, 8, 0)
_CITIES = (
    ("Curitiba", "PR", "80045165", "Alto da XV"),
    ("Barueri", "SP", "06454000", "Alphaville"),
    ("São Paulo", "SP", "01310100", "Bela Vista"),
    ("Belo Horizonte", "MG", "30130010", "Serra"),
    ("Florianópolis", "SC", "88015200", "Centro"),
    ("Goiânia", "GO", "74030010", "Setor Sul"),
    ("Vitória", "ES", "29010120", "Praia do Suá"),
)
_TRADES = ("Padaria", "Ótica", "Agência", "Clínica", "Serralheria", "Confeitaria", "Farmácia")
_NAMES = ("Trigo Dourado", "Visão Clara", "São José", "Ponte Alta", "Três Irmãos", "Água Boa")
_PEOPLE = ("Conceição Antunes", "João Brandão", "Luísa Simões", "Antônio Araújo", "Inês Gusmão")
_STREETS = ("Rua das Acácias", "Alameda dos Ipês", "Avenida Brasília", "Rua São Sebastião")
_SERVICES = (
    ("Suporte técnico em informática", "01.07", "620910000", 2.9),
    ("Elaboração de programas de computador", "01.01", "620150100", 2.0),
    ("Manutenção e conservação de elevadores, peças à parte", "14.01", "331470800", 5.0),
)


@dataclass(frozen=True, slots=True)
class Month:
    """What a file of the bench is like. `bad` is the share of rows with one mistake."""

    rows: int
    prestadores: int = 1
    bad: float = 0.0
    seed: int = 0

    @property
    def name(self) -> str:
        """A file name that tells what is in it."""
        return f"notas-{self.rows}-{self.prestadores}-{self.bad * 100:g}-{self.seed}"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A cell made wrong on purpose: its place in `HEADERS` and Excel's row number."""

    row: int
    column: int


def rows(month: Month) -> Iterator[tuple[Row, Mistake | None]]:
    """The rows of a month; no two are the same note."""
    draw = random.Random(f"planilote {month}")  # noqa: S311 - invented data, no secret
    issuers = [_cnpj(month.seed * 1_000 + number) for number in range(month.prestadores)]
    clients = _clients(max(20, month.rows // 20))
    for number in range(month.rows):
        issuer = issuers[number % len(issuers)]
        client = draw.choice(clients)
        text, item, code, rate = draw.choice(_SERVICES)
        minutes = number * 31 * 24 * 60 // month.rows
        row: Row = [
            _FIRST_DAY + timedelta(minutes=minutes - minutes % 5),
            issuer,
            "4521873",
            "3505708",
            *client,
            f"{text}, outubro de 2026, contrato {month.seed}.{number:07d}",
            item,
            code,
            "3505708",
            draw.randrange(5_000, 2_500_000) / 100,
            rate,
            draw.choice(("Não", "Não", "Sim")),
            "Não",
        ]
        mistake = _spoil(row, draw, number + 2) if draw.random() < month.bad else None
        yield row, mistake


def csv_bytes(month: Month) -> bytes:
    """The month as Excel saves it in Brazil: `;`, decimal commas, cp1252."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADERS)
    writer.writerows(map(_as_text, (row for row, _ in rows(month))))
    return text.getvalue().encode("cp1252")


def write_xlsx(month: Month, path: Path) -> None:
    """The month as a workbook with shared strings, dates and numbers as Excel keeps them."""
    constant = month.rows > 200_000
    options = {"constant_memory": constant, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": datetime(2026, 11, 1)})
        sheet = book.add_worksheet("Notas")
        when = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        money = book.add_format({"num_format": "#,##0.00"})
        for place, header in enumerate(HEADERS):
            sheet.write_string(0, place, header)
        for number, (row, _) in enumerate(rows(month), 1):
            for place, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, place, value, when)
                elif isinstance(value, str):
                    sheet.write_string(number, place, value)
                else:
                    sheet.write_number(number, place, value, money if place == VALOR else None)


def _as_text(row: Row) -> list[str]:
    return [
        f"{value:%d/%m/%Y %H:%M}"
        if isinstance(value, datetime)
        else value
        if isinstance(value, str)
        else f"{value:_.2f}".replace(".", ",").replace("_", ".")
        for value in row
    ]


@cache
def _clients(count: int) -> Sequence[tuple[Cell, ...]]:
    draw = random.Random(count)  # noqa: S311 - invented data, no secret
    return [_client(number, draw) for number in range(count)]


def _client(number: int, draw: random.Random) -> tuple[Cell, ...]:
    city, state, code, district = draw.choice(_CITIES)
    if number % 5 == 4:
        document = _cpf(number)
        name = f"{draw.choice(('Maria', 'José', 'Antônia'))} {draw.choice(_PEOPLE)} {number}"
    else:
        document = _cnpj(500_000 + number)
        name = f"{draw.choice(_TRADES)} {draw.choice(_NAMES)} {number} Ltda"
    return (
        document,
        name,
        f"contas{number}@cliente.example",
        code,
        draw.choice(_STREETS),
        str(draw.randrange(1, 2_000)),
        draw.choice(("", "Sala 34", "Bloco B", "Fundos")),
        district,
        city,
        state,
    )


def _cnpj(number: int) -> str:
    stem = f"{11_000_000 + number:08d}0001"
    return cnpj.masked(stem + cnpj.calc_check_digits(stem))


def _cpf(number: int) -> str:
    stem = f"{110_000_000 + number:09d}"
    return cpf.masked(stem + cpf.calc_check_digits(stem))


def _spoil(row: Row, draw: random.Random, place: int) -> Mistake:
    """One cell of the row made wrong, as people do it."""
    column = draw.choice((DATA, TOMADOR, NOME, UF, VALOR, ALIQUOTA))
    if column == DATA:
        row[column] = "31/09/2026"
    elif column == TOMADOR:
        document = str(row[column])
        row[column] = document[:-1] + str((int(document[-1]) + 1) % 10)
    elif column == NOME:
        row[column] = ""
    elif column == UF:
        row[column] = "XX"
    elif column == VALOR:
        row[column] = "mil e quinhentos"
    else:
        row[column] = 290.0
    return Mistake(place, column)
