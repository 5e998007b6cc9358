"""Whatever office the spreadsheet comes from: the same notes, the same payloads, no questions."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from converter.mapping.template import TEMPLATES
from converter.model.exit_code import ExitCode
from converter.texts.catalogue import message
from tests.dados.doze.gerar import FOLDER
from tests.runs import arquivo, one_report, run_in

ROOT = Path(__file__).parent.parent
DOZE = sorted(path.name for path in FOLDER.glob("notas*"))
PRESTADOR = """\
[[prestadores]]
cnpj = "11.222.333/0001-81"
inscricao_municipal = "12345"
codigo_municipio = "4106902"
"""
# What the examples of the templates leave to `planilote.toml`: the prestador and its city's code.
COMPLETO = (
    PRESTADOR.replace("4106902", "3505708")
    + """
[prestadores.padroes]
optante_simples_nacional = false
servico.codigo_municipio = "3505708"
servico.codigo_tributario_municipio = "620910000"
"""
)
FOCUS_2015 = (
    *("data_emissao", "nome", "valor", "item_lista_servico", "aliquota_iss", "tax_rate"),
    *("iss_retido", "discriminacao", "email", "cpf_cnpj", "telefone", "logradouro", "numero"),
    *("complemento", "bairro", "cep", "nome_municipio", "codigo_municipio", "uf"),
)
NOTAS_2015 = (
    (
        *("2026-03-19", "Padaria Trigo Dourado", "1500.00", "1.07", "2.00", "13.45", "S"),
        *("Suporte técnico", "contas@trigodourado.example", "12345678000195", "4132568060"),
        *("Rua das Acácias", "999", "Sala 34", "Alto da XV", "80045165", "Curitiba"),
        *("4106902", "PR"),
    ),
    (
        *("2026-03-20", "Ana Prado", "90.50", "8.02", "2.50", "13.45", "N"),
        *("Aula de violão", "", "52998224725", "", "Rua do Ouro", "45", "", "Serra"),
        *("30130010", "Belo Horizonte", "3106200", "MG"),
    ),
)


def payloads(pasta: Path) -> list[bytes]:
    report = one_report(run_in(pasta, enviar=False))
    assert report.balance.lidas == report.balance.retidas == 12
    return [outcome.lote.payload for outcome in report.outcomes]


def test_the_same_twelve_notes_give_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    made: dict[str, list[bytes]] = {}
    for name in DOZE:
        arquivo(tmp_path / name, name, (FOLDER / name).read_bytes())
        made[name] = payloads(tmp_path / name)
    assert len(made) == 9
    assert all(len(lotes) == 2 for lotes in made.values())
    assert made == dict.fromkeys(DOZE, made["notas.xlsx"])


def focus_2015_csv() -> bytes:
    rows = (FOCUS_2015, *NOTAS_2015)
    return "".join(",".join(row) + "\r\n" for row in rows).encode()


def focus_2015_xlsx() -> bytes:
    """As Excel would hold them: dates, amounts and rates typed, codes as numbers."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan1")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, FOCUS_2015)
        for number, nota in enumerate(NOTAS_2015, 1):
            for column, (name, value) in enumerate(zip(FOCUS_2015, nota, strict=True)):
                if name == "data_emissao":
                    sheet.write_datetime(number, column, date.fromisoformat(value), day)
                elif name in {"valor", "aliquota_iss", "tax_rate", "item_lista_servico"}:
                    sheet.write_number(number, column, float(value))
                elif value:
                    sheet.write_string(number, column, value)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_columns_focus_published_in_2015_need_only_the_prestador(
    tmp_path: Path, kind: str
) -> None:
    data = focus_2015_csv() if kind == "csv" else focus_2015_xlsx()
    arquivo(tmp_path, f"plan15.{kind}", data, PRESTADOR)
    report = run_in(tmp_path)
    done = one_report(report)
    assert [message(p) for p in done.problems if p.severity == "erro"] == []
    assert report.exit_code == ExitCode.OK
    assert done.rows.situacao == ["autorizada", "autorizada"]
    assert {sheet.mapeamento for sheet in done.sheets} == {"focus_planilha"}
    assert all(not sheet.ignored for sheet in done.sheets)


@pytest.mark.parametrize("name", [one.name for one in TEMPLATES])
def test_each_template_filled_with_its_example_is_issued_without_a_problem(
    tmp_path: Path, name: str
) -> None:
    book = openpyxl.load_workbook(ROOT / "templates" / f"{name}.xlsx")
    for cell in book["Exemplo"][3]:
        book["Notas"].cell(3, cell.column, cell.value)
    target = io.BytesIO()
    book.save(target)
    arquivo(tmp_path, f"{name}.xlsx", target.getvalue(), COMPLETO)
    report = run_in(tmp_path)
    done = one_report(report)
    # The complete one has columns that Barueri's file has no place for: that is only told.
    assert [message(p) for p in done.problems if p.code != "leiaute-nao-leva"] == []
    assert report.exit_code == ExitCode.OK
    assert done.rows.situacao == ["autorizada"]
