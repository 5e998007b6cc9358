"""Writes the shipped examples: `entrada/exemplo-servicos.*` and `docs/exemplos/com-erros.xlsx`.

Everybody in them is invented; their numbers have valid check digits. The bytes are the same at
every run, so `--check` can tell whether what is committed is what this script makes.

Usage: python scripts/exemplos.py [--check]
"""

import csv
import io
import sys
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import xlsxwriter

from converter.schemas.catalogue import BY_PATH

ROOT = Path(__file__).parent.parent

PATHS = (
    "data_emissao",
    "prestador.cnpj",
    "prestador.inscricao_municipal",
    "prestador.codigo_municipio",
    "tomador.cpf_cnpj",
    "tomador.razao_social",
    "tomador.email",
    "tomador.endereco.cep",
    "tomador.endereco.logradouro",
    "tomador.endereco.numero",
    "tomador.endereco.complemento",
    "tomador.endereco.bairro",
    "tomador.endereco.nome_municipio",
    "tomador.endereco.uf",
    "servico.discriminacao",
    "servico.item_lista_servico",
    "servico.codigo_tributario_municipio",
    "servico.codigo_municipio",
    "servico.valor_servicos",
    "servico.aliquota",
    "servico.iss_retido",
    "optante_simples_nacional",
)

AURORA = ("45.782.190/0001-84", "4521873", "3505708")
JATOBA = ("30.814.471/0001-02", "0098124", "3547304")

TOMADORES = {
    "trigo": (
        "52.190.638/0001-36", "Padaria Trigo Dourado Ltda", "contas@trigodourado.example",
        "80045165", "Rua das Acácias", "999", "Sala 34", "Alto da XV", "Curitiba", "PR",
    ),
    "lumen": (
        "19.883.745/0002-55", "Lúmen Óptica e Visão S.A.", "fiscal@lumenoptica.example",
        "06454000", "Alameda dos Ipês", "120", "Bloco B", "Alphaville", "Barueri", "SP",
    ),
    "ponte": (
        "60.447.129/0001-74", "Agência Ponte Clara Ltda", "financeiro@ponteclara.example",
        "01310100", "Avenida das Palmeiras", "1500", "", "Bela Vista", "São Paulo", "SP",
    ),
    "maria": (
        "529.982.247-25", "Maria Conceição Antunes", "maria.antunes@correio.example",
        "30130010", "Rua do Ouro", "45", "Ap. 12", "Serra", "Belo Horizonte", "MG",
    ),
    "joao": (
        "318.740.962-87", "João Ângelo Brandão", "",
        "06502025", "Rua São Benedito", "7", "", "Centro", "Santana de Parnaíba", "SP",
    ),
}  # fmt: skip

SUPORTE = ("Suporte técnico em informática", "01.07", "620910000", "2.9")
PROJETO = ("Projeto de sistema sob encomenda", "01.01", "620150100", "2")
CONTABIL = ("Escrituração contábil mensal", "17.19", "692060100", "2")
CURSO = ("Curso de legislação fiscal", "08.02", "859960400", "2.5")

XLSX = (
    ("2026-10-05 09:30", AURORA, "trigo", SUPORTE, "1500.00", False),
    ("2026-10-05 10:15", AURORA, "lumen", SUPORTE, "2480.50", False),
    ("2026-10-07 14:00", AURORA, "ponte", PROJETO, "18900.00", True),
    ("2026-10-09 11:20", AURORA, "maria", SUPORTE, "320.00", False),
    ("2026-10-13 16:45", AURORA, "trigo", PROJETO, "7350.75", False),
    ("2026-10-20 08:50", AURORA, "lumen", PROJETO, "12000.00", True),
    ("2026-10-28 17:05", AURORA, "joao", SUPORTE, "210.90", False),
    ("2026-10-06 09:00", JATOBA, "trigo", CONTABIL, "980.00", False),
    ("2026-10-06 09:10", JATOBA, "ponte", CONTABIL, "1640.00", False),
    ("2026-10-15 13:30", JATOBA, "maria", CURSO, "450.00", False),
    ("2026-10-15 13:35", JATOBA, "joao", CURSO, "450.00", False),
    ("2026-10-30 18:00", JATOBA, "lumen", CONTABIL, "2210.35", False),
)


# What differs from the October of the other file: no month is a copy of the one before.
SETEMBRO = {1: "2935.75", 4: "5180.40", 6: "348.60", 11: "1875.00"}


def _moved(month: int, amounts: Mapping[int, str] = MappingProxyType({})) -> tuple:
    """The same notes in another month, with other amounts for some of them, by place."""
    return tuple(
        (moment.replace("2026-10", f"2026-{month:02}"), *said, amounts.get(place, amount), kept)
        for place, (moment, *said, amount, kept) in enumerate(XLSX)
    )


def rows(notes: tuple, month: str) -> list[dict[str, object]]:
    """Each note by API path, typed."""
    made = []
    for moment, prestador, tomador, (texto, item, codigo, aliquota), valor, retido in notes:
        values = (
            datetime.fromisoformat(moment),
            *prestador,
            *TOMADORES[tomador],
            f"{texto}, {month} de 2026",
            item,
            codigo,
            prestador[2],
            Decimal(valor),
            Decimal(aliquota),
            "Sim" if retido else "Não",
            "Não",
        )
        made.append(dict(zip(PATHS, values, strict=True)))
    return made


def workbook(notes: list[dict[str, object]]) -> bytes:
    """An xlsx an office could have made: typed dates and amounts, codes as text."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 11, 3), "author": "Escritório Modelo"})
        header = book.add_format(
            {"bold": True, "bg_color": "#E2EFDA", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        formats = {
            datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            Decimal: book.add_format({"num_format": "#,##0.00"}),
            str: book.add_format({"num_format": "@"}),
        }
        sheet = book.add_worksheet("Notas")
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 46)
        for column, path in enumerate(PATHS):
            sheet.write_string(0, column, BY_PATH[path].label, header)
            longest = max(len(str(note[path])) for note in notes)
            sheet.set_column(column, column, min(max(longest, 12), 42))
        for row, note in enumerate(notes, start=1):
            for column, path in enumerate(PATHS):
                value = note[path]
                style = formats[type(value)]
                if isinstance(value, datetime):
                    sheet.write_datetime(row, column, value, style)
                elif isinstance(value, Decimal):
                    sheet.write_number(row, column, float(value), style)
                elif value:
                    sheet.write_string(row, column, str(value), style)
    return stream.getvalue()


def text(notes: list[dict[str, object]]) -> bytes:
    """What Excel in Portuguese saves as CSV: semicolons, Windows-1252, decimal commas."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([BY_PATH[path].label for path in PATHS])
    for note in notes:
        writer.writerow([_as_typed(note[path]) for path in PATHS])
    return stream.getvalue().encode("cp1252")


def mistakes() -> bytes:
    """The same notes with one of each common mistake."""
    notes = rows(_moved(8), "agosto")
    notes[0]["tomador.cpf_cnpj"] = "52.190.638/0001-37"
    notes[1]["servico.valor_servicos"] = "1.500"
    notes[2]["data_emissao"] = "31/02/2026"
    notes[3]["servico.item_lista_servico"] = "99.99"
    notes[4]["tomador.endereco.uf"] = "SP"
    notes[5]["servico.aliquota"] = Decimal("7.5")
    notes[6]["servico.iss_retido"] = "talvez"
    notes[8]["tomador.endereco.cep"] = "1310100"
    notes[9]["servico.discriminacao"] = ""
    notes[11]["tomador.email"] = "fiscal.lumenoptica.example"
    return workbook(notes)


def _as_typed(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, Decimal):
        return f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return str(value)


def main() -> int:
    """Write the files, or with `--check` say which are not as this script makes them."""
    made = {
        ROOT / "entrada" / "exemplo-servicos.xlsx": workbook(rows(XLSX, "outubro")),
        ROOT / "entrada" / "exemplo-servicos.csv": text(rows(_moved(9, SETEMBRO), "setembro")),
        ROOT / "docs" / "exemplos" / "com-erros.xlsx": mistakes(),
    }
    stale = [path for path, content in made.items() if not same(path, content)]
    if "--check" in sys.argv:
        for path in stale:
            print(f"fora de dia: {path.relative_to(ROOT)} (rode: python scripts/exemplos.py)")
        return bool(stale)
    for path in stale:
        path.write_bytes(made[path])
        print(f"escrito: {path.relative_to(ROOT)}")
    return 0


def same(path: Path, content: bytes) -> bool:
    """Whether the file holds just these bytes."""
    return path.exists() and path.read_bytes() == content


if __name__ == "__main__":
    sys.exit(main())
