"""Who knows only the workbook has every note out in two rounds, each equal to the sheet."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.escritorio.contador import play

NAMES = ("Padaria Pão Quente Ltda", "Mercearia São José ME", "Auto Peças Silva")
DOCS = ("52.601.815/0001-20", "90.830.166/0001-28", "13.186.091/0001-43")
PEOPLE = ("Maria Aparecida de Souza", "João Carlos Pereira", "Lívia Prado Nunes")
CPFS = ("082.462.819-50", "482.199.351-11", "819.093.786-31")
TEXTS = ("Consultoria em gestão", "Suporte técnico de redes", "Treinamento de equipe")
DAYS = (datetime(2026, 3, 5), datetime(2026, 3, 6), datetime(2026, 3, 9))
AMOUNTS = (1200.0, 890.5, 450.0)
WHERE = (
    "Rua das Acácias, 120 - Centro - Campinas/SP - CEP 13010-040",
    "Av. Brasil, 1500 Loja 2 - Jardim Brasil - Campinas/SP - CEP 13070-178",
    "Rua Sete de Setembro, 45 - Centro - Valinhos/SP - CEP 13270-000",
)
NAME, DOCUMENT, TEXT = "tomador.razao_social", "tomador.cpf_cnpj", "servico.discriminacao"
AMOUNT, DAY = "servico.valor_servicos", "data_emissao"

Column = tuple[str, Sequence[Any], str]
WHO: tuple[Column, ...] = (("Cliente", NAMES, NAME), ("CNPJ", DOCS, DOCUMENT))
WHAT: tuple[Column, ...] = (("Descrição", TEXTS, TEXT), ("Valor", AMOUNTS, AMOUNT))
OFFICES: Mapping[str, tuple[Sequence[Column], Sequence[int]]] = {
    "honorarios": ((*WHO, ("Honorários", AMOUNTS, AMOUNT), ("Vencimento", DAYS, "-")), ()),
    "clinica": (
        (
            ("Dt Atend.", DAYS, "data_competencia"),
            ("Paciente", PEOPLE, NAME),
            ("CPF pac.", CPFS, DOCUMENT),
            ("Procedimento", TEXTS, TEXT),
            ("Valor", (350.0, 480.0, 0.0), AMOUNT),
        ),
        (),
    ),
    "endereco": (
        (("Data", DAYS, DAY), *WHO, ("Endereço", WHERE, "tomador.endereco.logradouro"), *WHAT),
        (),
    ),
    "formulario": (
        (
            ("Carimbo de data/hora", DAYS, "?"),
            ("Nome completo", PEOPLE, NAME),
            ("CPF (somente números)", CPFS, DOCUMENT),
            *WHAT,
        ),
        (),
    ),
    "desconto": (
        (("Data", DAYS, DAY), *WHO, *WHAT, ("Desconto", (10.5, 8.25, 6.0), "-")),
        (),
    ),
    "cancelada": (
        (("Data", DAYS, DAY), *WHO, *WHAT, ("Situação", ("Pago", "Cancelado", "Pago"), "-")),
        (3,),
    ),
    "emitida": (
        (("Data", DAYS, DAY), *WHO, *WHAT, ("Nº NFS-e", ("", "910", ""), "-")),
        (3,),
    ),
    "retencoes": (
        (
            ("Emissão", DAYS, DAY),
            *WHO,
            *WHAT,
            ("IRRF 1,5%", (18.0, 13.36, 6.75), "servico.valor_ir"),
            ("CSRF 4,65%", (55.8, 41.41, 20.93), "servico.outras_retencoes"),
        ),
        (),
    ),
    "corretora": (
        (
            ("Seguradora", NAMES, NAME),
            ("CNPJ seguradora", DOCS, DOCUMENT),
            ("Segurado", PEOPLE, "-"),
            ("Ramo", TEXTS, TEXT),
            ("Comissão", AMOUNTS, AMOUNT),
        ),
        (),
    ),
}


def office(folder: Path, name: str) -> tuple[Path, Mapping[str, Any]]:
    """The spreadsheet of an office, and what an accountant reads in it."""
    columns, hold = OFFICES[name]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Notas"
    sheet.append([header for header, _, _ in columns])
    for row in zip(*(values for _, values, _ in columns), strict=True):
        sheet.append(list(row))
    path = folder / f"{name}.xlsx"
    book.save(path)
    amounts = next(values for _, values, path_of in columns if path_of == AMOUNT)
    rules = {
        "header_row": 1,
        "notes": sum(amount > 0 for amount in amounts) - len(hold),
        "hold": list(hold),
        "columns": {header: path_of for header, _, path_of in columns},
    }
    return path, {"file": path.name, "sheets": {"Notas": rules}}


@pytest.mark.longo
@pytest.mark.parametrize("name", OFFICES)
def test_two_rounds_are_enough_and_every_note_is_the_sheets(tmp_path: Path, name: str) -> None:
    played = play(*office(tmp_path, name))
    assert played.wrong == []
    assert played.authorised == played.wanted > 0
    assert played.rounds <= 2
