"""Real kinds of notes with known answers: accepted, or refused with a code at a cell.

`notas.csv` has one note a line: how it differs from an ordinary note of the city (path=value, with
`|` between), the answer (`aceita`, a code that holds it, `aviso:` and a code that does not, or a
code with the city's own after a colon), the field it is told at, and the law or the manual.
"""

import csv
from pathlib import Path
from typing import NamedTuple

import pytest

from converter.model.problems import Problem, Severity
from tests.checked import NOTE, checked

CITIES = {
    "Curitiba": ("4106902", "620910000"),
    "Rio de Janeiro": ("3304557", "620910000"),
    "Belo Horizonte": ("3106200", "620910000"),
    "Brasília": ("5300108", "620910000"),
    "Manaus": ("1302603", "620910000"),
    "Barueri": ("3505708", "620910000"),
    "São Paulo": ("3550308", "02660"),
    "Franca": ("3516200", "620910000"),
}
TABELA = {"municipios": {"3516200": {"leiaute": "abrasf-2.02"}}}
# What is told of nearly every file and decides nothing.
OF_NO_MATTER = {"coluna-recomendada-ausente", "competencia-antiga"}


class Nota(NamedTuple):
    nota: str
    cidade: str
    mudancas: str
    resposta: str
    campo: str
    fonte: str


def _notas() -> list[Nota]:
    with Path(__file__).with_name("notas.csv").open(encoding="utf-8", newline="") as rows:
        return [Nota(**row) for row in csv.DictReader(rows, delimiter=";")]


NOTAS = _notas()


def row(nota: Nota) -> dict[str, str]:
    codigo, code = CITIES[nota.cidade]
    made = NOTE | {
        "prestador.codigo_municipio": codigo,
        "natureza_operacao": "1",
        "servico.discriminacao": "Suporte técnico",
        "servico.codigo_tributario_municipio": code,
        "servico.codigo_municipio": codigo,
        "servico.aliquota": "5",
    }
    changes = filter(None, nota.mudancas.split("|"))
    return made | dict(change.split("=", 1) for change in changes)  # type: ignore[arg-type]


def problems(nota: Nota) -> tuple[Problem, ...]:
    done, _ = checked([row(nota)], TABELA)
    return tuple(problem for problem in done.problems if problem.code not in OF_NO_MATTER)


def test_there_are_enough_of_them_and_each_has_its_source() -> None:
    assert len(NOTAS) >= 150
    assert all(nota.fonte for nota in NOTAS)
    assert len({nota[:2] for nota in NOTAS}) == len(NOTAS)


@pytest.mark.parametrize("nota", NOTAS, ids=lambda nota: f"{nota.nota} ({nota.cidade})")
def test_a_note_has_its_known_answer(nota: Nota) -> None:
    found = problems(nota)
    errors = [one for one in found if one.severity is Severity.ERRO]
    if nota.resposta == "aceita":
        assert [(one.code, one.field) for one in errors] == []
        return
    warned = nota.resposta.startswith("aviso:")
    code, _, own = nota.resposta.removeprefix("aviso:").partition(":")
    told = [
        one for one in found if one.code == code and (not own or one.details.get("codigo") == own)
    ]
    assert nota.campo in {one.field for one in told}, [(one.code, one.field) for one in found]
    if warned:
        assert [(one.code, one.field) for one in errors] == []
    else:
        assert all(one.severity is Severity.ERRO for one in told)
