"""States in which a spreadsheet is converted, mended or answered."""

import openpyxl

from tests.runs import VALOR, Rows, exemplo
from tests.told_commands.office import REAL, Office, said, said_of


def wrong() -> Rows:
    first, *good = exemplo()
    return [{**first, VALOR: "muito"}, *good]


def iniciar(office: Office) -> None:
    text = office.types(
        "planilote iniciar . --cnpj 45.782.190/0001-84 --municipio Barueri/SP --inscricao 1 "
        "--simples n"
    )
    assert "24 notas" in office.follows(text)


def exemplo_(office: Office) -> None:
    assert "24 notas" in office.follows(office.types("planilote exemplo"))


def nenhum_lote(office: Office) -> None:
    text = office.types("planilote situacao --ambiente homologacao")
    office.has(exemplo())
    assert "12 com arquivo gerado" in office.follows(text)


def nada_para_ler(office: Office) -> None:
    text = office.sends()
    assert "Nada para ler" in text
    office.has(exemplo())
    assert "12 com arquivo gerado" in office.follows(text)


def a_prefeitura(office: Office) -> None:
    """The whole loop, from the first run to the authorised notes, by its own words."""
    office.has(exemplo())
    text = office.follows(office.types(f"planilote conferir {' '.join(REAL)}"))
    for place in (
        text,
        office.follows("planilote situacao --ambiente homologacao"),
        office.resumo(),
    ):
        assert said(place)[-1] == "planilote converter --ambiente homologacao"
    for line in text.splitlines():
        if "/lotes/" in line:
            assert (office.folder / line.strip().partition(": ")[0]).is_file()
    office.goes_to_the_prefeitura()
    assert "12 autorizadas" in office.follows(said(text)[-1])
    assert "Nada a fazer" in office.types("planilote situacao --ambiente homologacao")


def corrigir(office: Office) -> None:
    office.has(wrong())
    texts = [office.sends(), office.resumo(), office.types("planilote situacao " + " ".join(REAL))]
    for text in texts:
        assert {*said(text)} == {"planilote converter --ambiente homologacao"}
    book = openpyxl.load_workbook("saida/notas de setembro_corrigir.xlsx")
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "muito":
                cell.value = 1234.5
    book.save("entrada/notas de setembro_corrigir.xlsx")
    assert "7 com arquivo gerado" in office.types(said(texts[0])[-1])


def checked(office: Office) -> None:
    office.has(exemplo())
    office.types(f"planilote conferir {' '.join(REAL)}")
    assert "12 com arquivo gerado" in office.follows(said(office.messages())[0])


def ambiente_nao_dito(office: Office) -> None:
    office.has(exemplo())
    office.sends()
    text = office.types("planilote converter")
    going_on, rehearsing = said(text)
    assert "nada de novo" in office.types(going_on)
    assert "12 autorizadas" in office.types(rehearsing, embedded=True)


def linha_alterada(office: Office) -> None:
    office.has(exemplo())
    office.sends()
    office.has([{**exemplo()[0], VALOR: "1.999,00"}, *exemplo()[1:]])
    text = office.sends()
    line = next(line for line in text.splitlines() if "--reenviar" in line)
    assert "com arquivo gerado" in office.follows(line)


def guia(office: Office) -> None:
    (office.folder / "planilote.toml").write_text('[severidade]\nx-y = "aviso"\n', encoding="utf-8")
    assert office.follows(office.types("planilote conferir")).count("# Erros e avisos")
    (office.folder / "planilote.toml").unlink()
    iniciar(office)
    text = (office.folder / "planilote.toml").read_text(encoding="utf-8").splitlines()[0]
    assert "planilote.toml" in office.follows(text)


def sem_cabecalho(office: Office) -> None:
    office.has([{"a": "1", "b": "2"}])
    office.sends()
    step = said_of(office.resumo(), "o que impede de aproveitar a planilha")
    office.has(exemplo())
    assert "12 com arquivo gerado" in office.follows(step)


def perguntas(office: Office) -> None:
    office.has([{**row, "Preço": "123,45"} for row in exemplo()])
    text = office.sends()
    step = said_of(office.resumo(), "Responda 2 perguntas")
    assert said(text)[-1] == said(step)[-1]
    book = openpyxl.load_workbook("saida/notas de setembro_corrigir.xlsx")
    for row in book["Colunas"].iter_rows(min_row=6):
        if row[2].value == "Preço":
            row[7].value = "não é da nota"
    book.save("entrada/notas de setembro_corrigir.xlsx")
    assert "12 com arquivo gerado" in office.follows(said_of(text, "há perguntas"))
