"""What a prefeitura refuses is read back in the workbook, at the cell it speaks of."""

import io
from pathlib import Path

import openpyxl
import pytest

from converter.model.exit_code import ExitCode
from converter.schemas.catalogue import BY_PATH
from converter.texts.catalogue import hint
from tests.casos.validacao.arquivo import content
from tests.casos.validacao.origem import BARUERI, ENDERECO, notas
from tests.runs import arquivo, exemplo, one_report, run_in, tabela

PESSOA = {"tomador.cpf_cnpj": "529.982.247-25", "tomador.razao_social": "Ana Prado"}
RETIDO = {"servico.iss_retido": "Sim", "servico.aliquota": "2"}
EVENTO = {"servico.codigo_tributario_municipio": "120100000"}
BOA = {**ENDERECO, "servico.aliquota": "2", "optante_simples_nacional": "Não"}
# By município and its own service code: the row that is refused, the code, and where it is told;
# what no column of the sheet feeds (an event's name) is told at the row.
CIDADES = [
    ("3505708", "620910000", {"tomador.endereco.bairro": ""}, "241", "tomador.endereco.bairro"),
    ("3505708", "620910000", EVENTO, "813", None),
    ("3550308", "02660", PESSOA | RETIDO, "1616", "servico.iss_retido"),
    ("4106902", "620910000", PESSOA | RETIDO, "E177", "servico.iss_retido"),
]


@pytest.mark.parametrize(
    ("municipio", "codigo_tributario", "changes", "codigo", "path"),
    CIDADES,
    ids=[f"{municipio}-{codigo}" for municipio, _, _, codigo, _ in CIDADES],
)
def test_a_refusal_is_in_the_erros_sheet_at_its_cell(
    tmp_path: Path,
    municipio: str,
    codigo_tributario: str,
    changes: dict[str, str],
    codigo: str,
    path: str | None,
) -> None:
    own = {**BOA, "servico.codigo_tributario_municipio": codigo_tributario}
    own["servico.codigo_municipio"] = municipio
    table = notas("", own, {**own, **changes})
    extension, data = content(table)
    # What a known city would refuse is told before sending, unless the user wants it sent.
    toml = (
        BARUERI.replace("4106902", municipio) + '[severidade]\nprefeitura-recusaria = "silencio"\n'
    )
    arquivo(tmp_path, f"notas.{extension}", data, toml)
    report = run_in(tmp_path)
    done = one_report(report)
    assert report.exit_code == ExitCode.REFUSED
    assert done.rows.situacao == ["recusada", "recusada"]

    header = data.decode("utf-8-sig").splitlines()[0].split(";")
    place = header.index(BY_PATH[path].label) + 1 if path else None
    letter = openpyxl.utils.get_column_letter(place) if place else None
    (told,) = (p for p in done.problems if p.details.get("codigo") == codigo and p.row == 3)
    assert (told.code, told.column) == ("prefeitura-recusou", letter)

    (book,) = (tmp_path / "saida").glob("*_resultado.xlsx")
    rows = openpyxl.load_workbook(io.BytesIO(book.read_bytes()))["Erros"].iter_rows()
    (line,) = (
        [str(cell.value) for cell in row] for row in rows if f"código {codigo})" in texts(row)
    )
    assert any(f"{letter}3" in cell for cell in line) if letter else "3" in line, line


@pytest.mark.parametrize(
    ("municipio", "codigo_tributario", "changes", "codigo", "path"),
    CIDADES[:3],
    ids=[f"{municipio}-{codigo}" for municipio, _, _, codigo, _ in CIDADES[:3]],
)
def test_a_refusal_that_can_be_foreseen_is_told_at_its_cell_and_not_sent(
    tmp_path: Path,
    municipio: str,
    codigo_tributario: str,
    changes: dict[str, str],
    codigo: str,
    path: str | None,
) -> None:
    own = {**BOA, "servico.codigo_tributario_municipio": codigo_tributario}
    own["servico.codigo_municipio"] = municipio
    extension, data = content(notas("", own, {**own, **changes}))
    arquivo(tmp_path, f"notas.{extension}", data, BARUERI.replace("4106902", municipio))
    done = one_report(run_in(tmp_path, enviar=False))
    assert done.rows.situacao == ["retida", "rejeitada"]
    header = data.decode("utf-8-sig").splitlines()[0].split(";")
    place = header.index(BY_PATH[path].label) + 1 if path else None
    letter = openpyxl.utils.get_column_letter(place) if place else None
    (told,) = (p for p in done.problems if p.details.get("codigo") == codigo)
    assert (told.code, told.row, told.column) == ("prefeitura-recusaria", 3, letter)


def test_a_refusal_for_want_of_a_column_names_the_column(tmp_path: Path) -> None:
    table = exemplo()
    told = "Inscrição municipal do prestador"
    tabela(tmp_path, [{name: row[name] for name in row if name != told} for row in table])
    done = one_report(run_in(tmp_path))
    (refused, *_) = (problem for problem in done.problems if problem.code == "api-recusou")
    assert refused.field == "prestador.inscricao_municipal"
    assert f"Nenhuma coluna da planilha informa “{told}”." in hint(refused)


def texts(row: tuple) -> str:  # type: ignore[type-arg]  # cells of openpyxl
    return " | ".join(str(cell.value) for cell in row)
