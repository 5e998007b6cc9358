"""What is understood of each column of a sheet, and what is asked of its rows."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.mapping.defaults import Defaults
from converter.model.cells import RawSheet, RawValue
from converter.model.columns import (
    Answered,
    Answers,
    AnswerUse,
    ColumnAnswer,
    ColumnUse,
    Question,
    RowAnswer,
)
from converter.stages.map import MappedBook, map_book
from tests.mapping.books import ONE, book, mappings, sheet

NAMES = ("Padaria Pão Quente Ltda", "Mercearia São José ME", "Auto Peças Silva")
DOCS = ("52.601.815/0001-20", "90.830.166/0001-28", "13.186.091/0001-43")
TEXTS = ("Consultoria em gestão", "Suporte técnico de redes", "Treinamento de equipe")
DATES = ("19/03/2026", "20/03/2026", "23/03/2026")
AMOUNTS = (1200.0, 890.5, 450.0)
WHOLE: dict[str, Sequence[RawValue]] = {
    "Data": DATES,
    "Cliente": NAMES,
    "CNPJ": DOCS,
    "Descrição": TEXTS,
    "Valor": AMOUNTS,
}


def table(columns: dict[str, Sequence[RawValue]]) -> RawSheet:
    return sheet(tuple(columns), *zip(*columns.values(), strict=True))


def read(one: RawSheet, answers: Answers | None = None, defaults: Defaults = ONE) -> MappedBook:
    answered = Answered({one.name: answers}) if answers else Answered()
    return map_book(book(one), mappings(), choice=None, defaults=defaults, answered=answered)


def said(mapped: MappedBook) -> dict[str, tuple[str, str | None]]:
    return {one.cabecalho: (str(one.situacao), one.campo) for one in mapped.columns}


def test_every_column_with_data_has_one_reading() -> None:
    mapped = read(table({**WHOLE, "Box": ("12", "13", "14"), "Vazia": ("", "", "")}))
    assert said(mapped) == {
        "Data": ("usada", "data_emissao"),
        "Cliente": ("usada", "tomador.razao_social"),
        "CNPJ": ("usada", "tomador.cnpj"),
        "Descrição": ("usada", "servico.discriminacao"),
        "Valor": ("usada", "servico.valor_servicos"),
        "Box": ("ignorada", None),
    }
    assert mapped.columns[0].amostras == DATES


@pytest.mark.parametrize(
    ("header", "values", "path"),
    [
        ("CPF/CNPJ (somente números)", DOCS, "tomador.cpf_cnpj"),
        ("3 - Dt. Emissão (DD/MM/AAAA) *", DATES, "data_emissao"),
        ("Vlr. Serv. (R$)", AMOUNTS, "servico.valor_servicos"),
        ("INSS 11%", (10.5, 8.25, 6.0), "servico.valor_inss"),
        ("PIS/PASEP", (10.5, 8.25, 6.0), "servico.valor_pis"),
        ("RETIDO (SIM/NÃO)", ("Sim", "Não", "Não"), "servico.iss_retido"),
        ("ISS", ("5%", "5%", "2%"), "servico.aliquota"),
        ("ISS", (60.0, 44.53, 22.5), "servico.valor_iss"),
        ("Cód. Serv.", ("1.07", "1.07", "17.01"), "servico.item_lista_servico"),
        ("Cód. Serv.", ("620910000",) * 3, "servico.codigo_tributario_municipio"),
        ("RazaoSocialTomador", NAMES, "tomador.razao_social"),
        ("A1_MUN", ("CAMPINAS", "VALINHOS", "SÃO PAULO"), "tomador.endereco.nome_municipio"),
    ],
)
def test_a_header_is_understood_however_it_is_written(
    header: str, values: Sequence[RawValue], path: str
) -> None:
    kept = {
        name: column
        for name, column in WHOLE.items()
        if column is not values and not (column is DOCS and path.startswith("tomador.c"))
    }
    assert said(read(table({**kept, header: values})))[header] == ("usada", path)


@pytest.mark.parametrize(
    ("header", "values", "first"),
    [
        ("Retenções Federais", (10.5, 8.25, 6.0), "servico.outras_retencoes"),
        ("Desconto", (10.5, 8.25, 6.0), "servico.desconto_incondicionado"),
        ("PIS/COFINS/CSLL", (10.5, 8.25, 6.0), "servico.outras_retencoes"),
        ("Xpto", ("1,50", "2,75", "3,10"), "servico.valor_deducoes"),
    ],
)
def test_what_may_be_of_the_note_is_asked_and_holds_its_rows(
    header: str, values: Sequence[RawValue], first: str
) -> None:
    mapped = read(table({**WHOLE, header: values}))
    reading = mapped.columns[-1]
    assert (reading.situacao, reading.sugestoes[0]) == (ColumnUse.PERGUNTA, first)
    assert len(reading.sugestoes) <= 3
    assert mapped.waiting == {("Notas", 2), ("Notas", 3), ("Notas", 4)}


SERVICE_DATES = ("Dt Atend.", "Dt. Coleta", "Data do evento", "Data da prestação", "Executado em")


@pytest.mark.parametrize(
    "header", ["Dia", "Pago em", "Data do pedido", "Data de matrícula", *SERVICE_DATES]
)
def test_a_day_that_may_be_either_is_asked_with_both(header: str) -> None:
    columns = {name: column for name, column in WHOLE.items() if name != "Data"}
    reading = read(table({header: DATES, **columns})).columns[0]
    assert set(reading.sugestoes) == {"data_emissao", "data_competencia"}


@pytest.mark.parametrize(
    ("header", "values"),
    [("Mensal. R$", [280, 390, 340]), ("Já pago", [3900, 2600, 3200]), ("Xis", [1300, 900, 750])],
)
def test_of_several_amounts_none_of_them_surely_the_notes_every_one_is_asked(
    header: str, values: Sequence[RawValue]
) -> None:
    columns = {name: column for name, column in WHOLE.items() if name != "Valor"}
    readings = read(table({header: values, "Ípsilon": [700, 850, 910], **columns})).columns[:2]
    assert [each.situacao for each in readings] == [ColumnUse.PERGUNTA] * 2
    assert {each.sugestoes[0] for each in readings} == {"servico.valor_servicos"}


def test_numbers_in_a_row_are_no_amounts() -> None:
    columns = {name: column for name, column in WHOLE.items() if name != "Valor"}
    found = said(read(table({"Proc.": [2210, 2211, 2212], **columns})))["Proc."]
    assert found[0] != "usada"


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Nº do contrato", ("A-1", "A-2", "A-3")),
        ("Proc. nº", ("5001122-10.2025", "0003344-77.2024", "0001234-56.2023")),
        ("Job", ("J-210", "J-214", "J-215")),
        ("Valor por sessão", (80.5, 90.0, 100.0)),
        ("Contato financeiro", ("Ana", "Bia", "Caio")),
        ("Forma pgto", ("pix", "cartão", "dinheiro")),
        ("Data nasc.", DATES),
    ],
)
def test_what_numbers_the_rows_or_is_nobodys_of_the_note_is_ignored(
    header: str, values: Sequence[RawValue]
) -> None:
    assert said(read(table({header: values, **WHOLE})))[header] == ("ignorada", None)


def test_what_is_to_be_invoiced_goes_before_a_total() -> None:
    columns = {name: column for name, column in WHOLE.items() if name != "Valor"}
    both = {"Total do contrato": (9000.0, 8000.0, 7000.0), "Valor a faturar": AMOUNTS}
    told = said(read(table({**columns, **both})))
    assert told["Valor a faturar"] == ("usada", "servico.valor_servicos")


@pytest.mark.parametrize(
    ("columns", "who"),
    [
        (("Empresa", "CNPJ da empresa", "Paciente"), "Empresa"),
        (("Clínica", "Paciente", "CPF do paciente"), "Paciente"),
        (("Seguradora", "CNPJ da seguradora", "Segurado"), "Seguradora"),
        (("Síndico", "Condomínio", "CNPJ"), "Condomínio"),
    ],
)
def test_who_takes_the_service_among_those_named(columns: tuple[str, ...], who: str) -> None:
    people = {"Paciente": ("Ana Luz", "Bia Sá", "Caio Reis"), "Segurado": ("Ana", "Bia", "Caio")}
    rest = {name: WHOLE[name] for name in ("Data", "Descrição", "Valor")}
    made = {
        name: DOCS if "C" in name[:2] and "P" in name else people.get(name, NAMES)
        for name in columns
    }
    told = said(read(table({**made, **rest})))
    named = [name for name in columns if told[name] == ("usada", "tomador.razao_social")]
    assert named == [who]


def test_a_default_never_answers_for_a_column() -> None:
    defaults = replace(ONE, general={"servico.iss_retido": False})
    mapped = read(table({**WHOLE, "Descontar ISS": ("Sim", "Não", "Não")}), defaults=defaults)
    assert mapped.columns[-1].sugestoes == ("servico.iss_retido",)
    assert mapped.waiting


def test_under_the_group_of_the_prestador_nothing_is_the_tomadores() -> None:
    head = ("", "Dados do Prestador", "", "", "Tomador", "", "")
    names = ("Data", "Razão social", "E-mail", "Cidade", "Nome", "CNPJ", "Valor")
    rows = [
        (day, "Ponte Clara", "a@b.com.br", "Campinas", name, document, amount)
        for day, name, document, amount in zip(DATES, NAMES, DOCS, AMOUNTS, strict=True)
    ]
    told = said(read(sheet(head, names, *rows)))
    assert told["Razão social"][0] == told["E-mail"][0] == "ignorada"
    assert told["Cidade"] == ("usada", "prestador.codigo_municipio")
    assert told["Nome"] == ("usada", "tomador.razao_social")


def test_an_answer_about_a_column_holds() -> None:
    asked = table({**WHOLE, "Desconto": (10.5, 8.25, 6.0)})
    path = "servico.desconto_incondicionado"
    answer = ColumnAnswer("F", "desconto", AnswerUse.CAMPO, path)
    mapped = read(asked, Answers((answer,)))
    assert said(mapped)["Desconto"] == ("usada", path)
    assert not mapped.questions
    nothing = read(asked, Answers((replace(answer, uso=AnswerUse.NADA, campo=None),)))
    assert said(nothing)["Desconto"] == ("ignorada", None)
    assert not nothing.questions


def answer(question: Question, option: int) -> RowAnswer:
    """One of the options of a question."""
    text = question.opcoes[option]
    return RowAnswer(question.codigo, question.coluna, text, valor=question.valor)


@pytest.mark.parametrize(
    ("header", "values", "code", "rows"),
    [
        ("Status", ("Faturar", "Cancelado", "Pago"), "situacao-da-nota", (3,)),
        ("Situação", ("Faturada", "A faturar", "Não faturada"), "situacao-da-nota", (2,)),
        ("Nota emitida?", ("", "Sim", "Não"), "coluna-de-nota-emitida", (3,)),
        ("Nº NFS-e", ("", "910", ""), "coluna-de-nota-emitida", (3,)),
        ("Emitir NF?", ("Sim", "Sim", "Não"), "nota-nao-pedida", (4,)),
        ("Obs", ("", "cancelado pelo cliente", ""), "aviso-no-texto", (3,)),
    ],
)
def test_rows_that_must_not_go_without_a_word(
    header: str, values: Sequence[RawValue], code: str, rows: tuple[int, ...]
) -> None:
    one = table({**WHOLE, header: values})
    (question,) = read(one).questions
    assert (question.codigo, question.coluna, question.linhas) == (code, "F", rows)
    dropped = read(one, Answers(perguntas=(answer(question, 0),)))
    assert not dropped.questions
    assert not set(rows) & set(dropped.sheets[0].rows)
    released = read(one, Answers(perguntas=(answer(question, 1),)))
    assert not released.questions
    assert set(rows) <= set(released.sheets[0].rows)


def test_hidden_rows_wait() -> None:
    one = replace(table(WHOLE), hidden_rows=frozenset({3}), hidden_by_filter=frozenset({3}))
    (question,) = read(one).questions
    assert (question.codigo, question.linhas) == ("linhas-ocultas", (3,))
    assert "por um filtro" in question.texto


def test_a_blank_customer_among_others_may_be_the_one_above() -> None:
    one = table({**WHOLE, "Cliente": (NAMES[0], "", NAMES[2]), "CNPJ": (DOCS[0], "", DOCS[2])})
    (question,) = read(one).questions
    assert (question.codigo, question.linhas) == ("cliente-em-branco", (3,))
    answer = RowAnswer(question.codigo, question.coluna, question.opcoes[0])
    fields = read(one, Answers(perguntas=(answer,))).sheets[0].fields
    assert list(fields["tomador.cnpj"].values) == [DOCS[0], DOCS[0], DOCS[2]]


def test_a_merged_cell_gives_its_value_to_all_its_rows() -> None:
    one = table({**WHOLE, "Cliente": (NAMES[0], "", NAMES[2]), "CNPJ": (DOCS[0], "", DOCS[2])})
    mapped = read(replace(one, merged=((2, 2, 3, 2), (2, 3, 3, 3))))
    assert list(mapped.sheets[0].fields["tomador.cnpj"].values) == [DOCS[0], DOCS[0], DOCS[2]]
    assert "celulas-mescladas" in [each.code for each in mapped.sheets[0].assumptions]
    assert not mapped.questions


def test_one_column_a_month_asks_which() -> None:
    one = table({"Cliente": NAMES, "CNPJ": DOCS, "JAN": AMOUNTS, "FEV": AMOUNTS, "MAR": AMOUNTS})
    (question,) = read(one).questions
    assert question.codigo == "matriz-de-meses"
    assert question.linhas == (2, 3, 4)
    answer = RowAnswer(question.codigo, None, question.opcoes[1])
    chosen = read(one, Answers(perguntas=(answer,)))
    assert said(chosen)["FEV"] == ("usada", "servico.valor_servicos")
    assert not chosen.questions


def test_what_is_labelled_above_the_table_is_used_and_said() -> None:
    rows = table(WHOLE).rows
    head = (("PRESTADOR:", "Ponte"), ("CNPJ: 11.444.777/0001-61",), ("Competência:", "03/2026"), ())
    mapped = read(sheet(*head, *rows)).sheets[0]
    assert list(mapped.fields["prestador.cnpj"].values) == ["11.444.777/0001-61"] * 3
    assert list(mapped.fields["data_competencia"].values) == ["03/2026"] * 3
    origins = [one.details.get("origem") for one in mapped.assumptions]
    assert {"a linha 2, acima da tabela", "a linha 3, acima da tabela"} <= set(origins)


def test_beside_a_customer_a_cnpj_above_the_table_is_nobodys() -> None:
    head = (("Cliente:", "Padaria"), ("CNPJ:", "11.444.777/0001-61"), ())
    mapped = read(sheet(*head, *table(WHOLE).rows)).sheets[0]
    assert list(mapped.fields["prestador.cnpj"].values) == ["11222333000181"] * 3


def test_prices_of_services_beside_notes_are_no_notes() -> None:
    prices = replace(
        sheet(("Serviço", "Preço"), *zip(TEXTS, AMOUNTS, strict=True)), name="Tabela de preços"
    )
    notes = table(WHOLE)
    beside = map_book(book(notes, prices), mappings(), choice=None, defaults=ONE)
    assert [one.planilha for one in beside.sheets] == [notes.name]
    assert [one.details["planilha"] for one in beside.skipped] == ["Tabela de preços"]
    alone = map_book(book(prices), mappings(), choice=None, defaults=ONE)
    assert [one.planilha for one in alone.sheets] == ["Tabela de preços"]


def test_a_phrase_nobody_knows_is_asked_where_nothing_says_what_the_notes_are_for() -> None:
    plain = {key: value for key, value in WHOLE.items() if key != "Descrição"}
    assert said(read(table({**plain, "Do que tratou": TEXTS})))["Do que tratou"] == (
        "pergunta",
        None,
    )
    assert said(read(table({**WHOLE, "Do que tratou": TEXTS})))["Do que tratou"] == (
        "ignorada",
        None,
    )


def test_what_is_said_under_nota_is_never_taken_for_the_description() -> None:
    plain = {key: value for key, value in WHOLE.items() if key != "Descrição"}
    words = ("fazer", "já emitida nº 188", "cancelou, não fazer")
    mapped = read(table({**plain, "nota?": words}))
    assert said(mapped)["nota?"] == ("pergunta", None)


def test_a_column_that_says_which_of_the_rows_people_is_nobodys_name() -> None:
    plain = {key: value for key, value in WHOLE.items() if key != "Cliente"}
    which = ("seguradora", "cliente", "seguradora")
    mapped = said(read(table({**plain, "Segurado": NAMES, "Faturar para": which})))
    assert mapped["Faturar para"] == ("pergunta", None)


def test_a_notes_number_in_a_column_that_is_nothing_else_holds_its_row() -> None:
    mapped = read(table({**WHOLE, "Xis": ("liberado", "NF 2217", "liberado")}))
    (question,) = mapped.questions
    assert (question.codigo, question.linhas) == ("aviso-no-texto", (3,))


NOISE: dict[str, Sequence[RawValue]] = {
    "Box": ("1", "2", "3"),
    "Vendedor": ("Ana", "Bia", "Ana"),
    "Vencimento": DATES,
    "Forma de pagamento": ("PIX", "Boleto", "PIX"),
    "Centro de custo": ("Geral",) * 3,
}
RENAMED = {
    "Data": ("Data", "DT EMISSÃO", "Emissão", "Data de emissão *"),
    "Cliente": ("Cliente", "Nome do Cliente", "TOMADOR", "Razão Social"),
    "CNPJ": ("CNPJ", "CNPJ do cliente", "CNPJ TOMADOR", "C.N.P.J."),
    "Descrição": ("Descrição", "DESC SERV", "Discriminação dos serviços", "Histórico"),
    "Valor": ("Valor", "VLR SERV", "Valor (R$)", "Valor dos Serviços"),
}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_meaningful_column_is_silent(data: st.DataObject) -> None:
    """Shuffled, renamed within the vocabulary, among columns that carry nothing."""
    columns = {data.draw(st.sampled_from(names)): WHOLE[plain] for plain, names in RENAMED.items()}
    meant = set(columns)
    noise = data.draw(st.sets(st.sampled_from(sorted(NOISE))))
    columns |= {name: NOISE[name] for name in noise}
    order = data.draw(st.permutations(sorted(columns)))
    told = said(read(table({name: columns[name] for name in order})))
    assert not {name for name in meant if told[name][0] == "ignorada"}
    assert all(told[name][0] == "ignorada" for name in noise)


GUIDE = Path(__file__).parents[2] / "docs" / "guia" / "colunas.md"
SHOWN = re.compile(r"^\| `([^|]+)` \| ([^|]+) \| (\w+) \| ?(?:`([^`]+)` )?\|$", re.MULTILINE)


@pytest.mark.parametrize(
    ("header", "values", "use", "path"), SHOWN.findall(GUIDE.read_text(encoding="utf-8"))
)
def test_each_example_of_the_guide(header: str, values: str, use: str, path: str) -> None:
    column = re.findall("`([^`]+)`", values)
    reading = read(table({**WHOLE, header: column})).columns[-1]
    assert str(reading.situacao) == use
    assert (reading.campo or next(iter(reading.sugestoes), "")) == path


def test_the_guide_shows_the_three_ways() -> None:
    shown = SHOWN.findall(GUIDE.read_text(encoding="utf-8"))
    assert {use for _, _, use, _ in shown} == set(ColumnUse)
