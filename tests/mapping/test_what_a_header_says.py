"""From a header and its values to what the column may be, and which of several gets the field."""

from collections.abc import Mapping, Sequence

import pytest

from converter.brazil.headers import fold
from converter.mapping.assignment import assign
from converter.mapping.candidates import candidates
from converter.mapping.decisions import Assigned, Decision
from converter.mapping.header import HeaderCell
from converter.mapping.header_words import words_of
from converter.mapping.left_over import NUMBERS
from converter.mapping.profile import Holds, Profile
from converter.mapping.sense import VALOR, Candidate, Mark, Sense
from converter.mapping.senses import says_something, senses
from converter.mapping.vocabulary import Says
from converter.model.cells import RawValue, SourceColumn
from converter.model.columns import ColumnUse
from tests.test_orcamento import calls

CNPJS = ("11.222.333/0001-81", "11.444.777/0001-61")
NAMES = ("Padaria Trigo Dourado", "Ana Prado")
AMOUNTS = (150.0, 90.5)
Table = Mapping[str, Sequence[RawValue]]


def cell(index: int, text: str, group: str = "") -> HeaderCell:
    return HeaderCell(index, SourceColumn(chr(65 + index), text), fold(text), group=group)


def read(table: Table, groups: Sequence[str] = ()) -> list[Sense]:
    cells = [cell(index, text, groups[index] if groups else "") for index, text in enumerate(table)]
    return senses(cells, {one.index: Profile(table[one.column.header]) for one in cells})


def decided(table: Table, taken: Sequence[str] = ()) -> Assigned:
    return assign(read(table), {}, taken)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("CNPJ do tomador", True),
        ("Valor dos serviços", True),
        ("Situação", True),
        ("Xyzk", False),
        ("a@exemplo.com.br", False),
        ("Valor " * 20, False),
    ],
)
def test_a_text_says_something_as_a_header(text: str, wanted: bool) -> None:
    assert says_something(text) is wanted


@pytest.mark.parametrize(
    ("table", "mark"),
    [
        ({"Situação": ["Paga", "Cancelada"]}, Mark.SITUACAO),
        ({"Situação tributária do ISS": ["T"]}, None),
        ({"Como está": ["Pode faturar", "Faturado NF 9"]}, Mark.SITUACAO),
        ({"Xis": ["Montado", "Cancelado", "Pago", "Montado"]}, Mark.SITUACAO),
        ({"Fase": ["medido", "medido", "em campo", "desistiu"]}, Mark.SITUACAO),
        ({"Fase": ["Recurso", "Execução", "Recurso", "Inicial"]}, None),
        ({"Emitir nota?": ["Sim", "Não"]}, Mark.EMITIR),
        ({"Pode emitir?": ["Sim", "Não"]}, Mark.EMITIR),
        ({"A nota já pode sair?": ["Sim", "Não, aguardar"]}, Mark.EMITIR),
        ({"Liberado p/ faturamento": ["Sim", "Não"]}, Mark.EMITIR),
        ({"Liberado p/ faturamento": ["02/04/2026", "05/04/2026"]}, None),
        ({"NF providenciada?": ["Sim", "Não"]}, Mark.NOTA),
        ({"Mandar nota?": ["Sim", "Não"]}, Mark.NOTA),
        ({"NF?": ["sim", "não", "ok NF 77"]}, Mark.NOTA),
        ({"Nota": ["x", "", "x"]}, Mark.NOTA),
        ({"Nota emitida?": ["Sim", "Não"]}, Mark.EMITIDA),
        ({"Número da nota": ["101", "102"]}, Mark.EMITIDA),
        ({"Número do RPS": ["101", "102"]}, None),
    ],
)
def test_a_column_that_says_whether_a_row_goes_is_marked(table: Table, mark: Mark | None) -> None:
    assert read(table)[0].mark is mark


def test_a_day_of_issue_holds_its_rows_unless_a_number_does() -> None:
    days = ("02/04/2026", "05/04/2026")
    (alone,) = read({"Emitida em": days})
    assert alone.mark is Mark.EMITIDA
    day, number = read({"Emitida em": days, "Nº da nota": ["101", "102"]})
    assert (day.mark, number.mark) == (None, Mark.EMITIDA)
    total, _ = read({"Emitida em": (*days, ""), "Nº da nota": ["101", "102", "Total: 2"]})
    assert total.mark is None
    some, _ = read({"Emitida em": ("02/04/2026", ""), "Nº da nota": ["101", ""]})
    assert some.mark is Mark.EMITIDA


def test_a_nameless_column_after_the_prestadors_cnpj_is_his_too() -> None:
    own, registration = read({"CNPJ do prestador": CNPJS, "IM": ["123", "456"]})
    assert (own.party, own.inherited) == ("prestador", False)
    assert (registration.party, registration.inherited) == ("prestador", True)


def test_a_group_above_says_whose_a_column_is() -> None:
    one, other = read({"CNPJ": CNPJS, "Nome": NAMES}, ["Tomador", "Tomador"])
    assert (one.party, one.group) == ("tomador", "Tomador")
    assert other.party == "tomador"


def test_what_a_note_does_not_say_of_its_prestador_is_nothing() -> None:
    (one,) = read({"E-mail do prestador": ["a@exemplo.com.br"]})
    assert one.nothing


def test_the_likeliest_candidate_is_said_plainly_and_then_held() -> None:
    one = Sense(cell(0, "CNPJ"), words_of("CNPJ"), Profile(CNPJS))
    one.candidates = [
        Candidate("a", Says.TALVEZ, Holds.BEM),
        Candidate("b", Says.CERTO, Holds.TALVEZ),
        Candidate("c", Says.CERTO, Holds.BEM),
    ]
    assert [each.path for each in one.best()] == ["c", "b", "a"]
    assert one.personal
    assert not one.tax


@pytest.mark.parametrize(("values", "unfit"), [(AMOUNTS, []), (NAMES, ["servico.valor_servicos"])])
def test_a_field_none_of_whose_values_can_be_it_is_kept_as_unfit(
    values: Sequence[RawValue], unfit: list[str]
) -> None:
    text = "Valor dos serviços"
    one = Sense(cell(0, text), words_of(text), Profile(values))
    candidates([one])
    assert one.unfit == unfit
    assert bool(one.candidates) is not bool(unfit)


def test_each_column_gets_the_field_its_header_says() -> None:
    table: Table = {
        "CNPJ do tomador": CNPJS, "Razão social": NAMES, "Valor dos serviços": AMOUNTS,
    }  # fmt: skip
    found = decided(table).decisions
    assert {one.path for one in found.values()} == {
        "tomador.cnpj", "tomador.razao_social", "servico.valor_servicos",
    }  # fmt: skip
    assert {one.use for one in found.values()} == {ColumnUse.USADA}


def test_two_columns_that_surely_say_one_field_are_disputed_and_neither_is_guessed() -> None:
    found = decided({"CNPJ do tomador": CNPJS, "CNPJ do cliente": tuple(reversed(CNPJS))})
    assert found.disputed == {"tomador.cnpj": (0, 1)}


def test_what_was_said_before_holds_and_its_field_is_not_given_twice() -> None:
    fixed = {0: Decision(ColumnUse.IGNORADA, why="resposta")}
    assert assign(read({"Valor dos serviços": AMOUNTS}), fixed, []).decisions == fixed
    later = decided({"Valor dos serviços": AMOUNTS}, ["servico.valor_servicos"])
    assert later.decisions[0].use is not ColumnUse.USADA


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("ISS que o cliente segura", "servico.valor_iss_retido"),
        ("Valor do ISS segurado pelo cliente", "servico.valor_iss_retido"),
        ("INSS que seguram", "servico.valor_inss"),
        ("Imposto que o cliente segura", "servico.outras_retencoes"),
    ],
)
def test_to_hold_a_tax_is_to_withhold_it_and_is_asked(header: str, path: str) -> None:
    table = {"Valor dos serviços": AMOUNTS, "Cliente": NAMES, header: (12.3, 4.5)}
    found = decided(table).decisions[2]
    assert (found.use, found.suggestions[0]) == (ColumnUse.PERGUNTA, path)


def test_to_hold_a_note_says_nothing_of_a_tax() -> None:
    assert decided({"Segurar NF": ("sim", "não"), "Cliente": NAMES}).decisions == {
        1: Decision(ColumnUse.USADA, "tomador.razao_social", why="cabecalho")
    }


def test_an_unknown_column_that_looks_like_a_need_is_asked_and_never_used() -> None:
    (one,) = decided({"Xyzk": CNPJS}).decisions.values()
    assert one.use is ColumnUse.PERGUNTA
    assert one.path is None


def test_a_column_that_numbers_the_rows_is_left_with_its_own_reason() -> None:
    found = decided({"Pedido": ["101", "102"], "Referência": ["a", "b"]}).decisions
    assert (found[0].use, found[0].why) == (ColumnUse.IGNORADA, NUMBERS)


def test_a_word_cut_short_is_the_one_of_the_sheet_that_begins_so() -> None:
    table = {"HOSPITAL": NAMES, "CNPJ HOSP": CNPJS}
    assert [one.party for one in read(table)] == ["possivel", "possivel"]
    either = {**table, "Hóspede": ("Ana Prado", "Rui Sá")}
    assert read(either)[1].party == ""


def test_a_group_is_the_tomadors_where_one_of_its_columns_says_so() -> None:
    table = {"Empresa conveniada": NAMES, "C.N.P.J.": CNPJS}
    assert [one.party for one in read(table, ("EMPRESA", "EMPRESA"))] == ["tomador", "tomador"]
    assert [one.party for one in read({"Nome": NAMES}, ("EMPRESA",))] == ["incerto"]
    pupils = {"Titular": NAMES, "E-mail": ("a@exemplo.com.br", "b@exemplo.com.br")}
    assert [one.party for one in read(pupils, ("ALUNO", "ALUNO"))] == ["tomador", "tomador"]


def test_a_unit_whose_branch_is_named_is_the_issuers() -> None:
    table = {"CNPJ da filial": CNPJS, "CCM": ("12345", "20981")}
    found = assign(read(table, ("UNIDADE", "UNIDADE")), {}, ()).decisions
    assert [found[0].path, found[1].path] == ["prestador.cnpj", "prestador.inscricao_municipal"]


def test_what_is_only_like_a_known_word_is_never_taken() -> None:
    (one,) = read({"Vistoriador": ("Rogério Alves", "Wesley Prado")})
    assert all(each.says is Says.TALVEZ for each in one.candidates)


def test_where_to_send_the_note_is_an_address_only_where_it_is_one() -> None:
    mails = ("a@exemplo.com.br", "b@exemplo.com.br")
    header = "Mandar NF para"
    assert decided({header: mails}).decisions[0].path == "tomador.email"
    assert decided({header: ("Ana", "Rui")}).decisions[0].path is None


def test_a_state_of_brazil_is_no_state_abroad() -> None:
    header = "Estado / Província"
    assert decided({header: ("SC", "PR")}).decisions[0].path == "tomador.endereco.uf"
    abroad = decided({header: ("Toscana", "Baviera")}).decisions[0].path
    assert abroad == "tomador.endereco.estado_exterior"


LOGRADOURO = "tomador.endereco.logradouro"
PHONES = ("(48) 98571-9824", "(48) 99240-9458")


@pytest.mark.parametrize(
    ("header", "values", "path"),
    [
        ("Contato", PHONES, "tomador.telefone"),
        ("Contato", NAMES, "tomador.razao_social"),
        ("Inscr. emitente", ("12345", "12345"), "prestador.inscricao_municipal"),
        ("Inscrição", ("12345", "67890"), None),
        ("Residência", ("Rua Padre Chagas, 212", "Av. Protásio, 3400"), LOGRADOURO),
        ("E-mail p/ recibo", ("a@exemplo.com.br", "b@exemplo.com.br"), "tomador.email"),
        ("Trabalho do mês", ("Escrituração fiscal", "Folha e guias"), "servico.discriminacao"),
        ("Aprovado", AMOUNTS, VALOR),
        ("Próximo faturamento", ("05/04/2026", "10/04/2026"), None),
    ],
)
def test_what_stands_under_a_header_says_what_it_means(
    header: str, values: Sequence[str], path: str | None
) -> None:
    decision = decided({header: values}).decisions[0]
    assert decision.path == path
    assert path or decision.use is ColumnUse.PERGUNTA


def test_whole_numbers_beside_what_is_said_to_be_money_are_counts() -> None:
    table = {"Exames": (1044, 1690), "Liberado (R$)": (30868.3, 47685.15)}
    exams = read(table)[0]
    assert not [each for each in exams.candidates if each.path == VALOR]
    assert [each for each in read({"Exames": (1044, 1690)})[0].candidates if each.path == VALOR]


def test_pupils_that_are_so_many_are_nobody() -> None:
    (one,) = read({"Alunos": (12, 8)})
    assert one.nothing


def test_a_list_price_is_no_rival_where_nothing_says_what_is_taken_off() -> None:
    prices = {"Tabela": (149.9, 189.9), "Cobrado": (149.9, 169.9)}
    assert decided(prices).decisions[1].path == VALOR
    off = decided({**prices, "Desconto": (0.0, 20.0)}).decisions[1]
    assert off.use is ColumnUse.PERGUNTA


def test_an_estimate_is_no_rival_of_what_was_agreed() -> None:
    found = decided({"Orçado": (1080, 2160), "Fechado": (1000.5, 2110)})
    assert found.decisions[1].path == VALOR


@pytest.mark.parametrize(
    ("header", "party"),
    [
        ("Associado / responsável", "responsavel"),
        ("Veterinário(a) resp.", "outro"),
        ("Segurado / Proprietário", "possivel"),
    ],
)
def test_of_two_that_one_header_names_it_is_the_one_who_pays(header: str, party: str) -> None:
    assert read({header: NAMES})[0].party == party


def test_another_city_than_the_customers_may_be_where_it_was_done() -> None:
    table = {"Cidade": ("Campinas", "Campinas"), "Município": ("Uberlândia", "Araguari")}
    asked = decided(table).decisions[1]
    assert asked.suggestions[0] == "servico.nome_municipio"
    same = decided({**table, "Município": table["Cidade"]}).decisions[1]
    assert same.use is ColumnUse.IGNORADA


def test_a_city_after_a_place_may_be_the_places() -> None:
    table = {"Local": ("Chácara dos Ipês", "Hotel Serra"), "Cidade": ("Indaiatuba", "Campinas")}
    city = decided(table).decisions[1]
    assert city.use is ColumnUse.PERGUNTA
    assert set(city.suggestions) >= {"servico.nome_municipio", "tomador.endereco.nome_municipio"}


def test_large_numbers_among_amounts_are_asked_about() -> None:
    beside = {"Valor": (2400.5, 1850), "Seguro": (480, 224)}
    assert decided(beside).decisions[1].use is ColumnUse.PERGUNTA
    apart = {"Valor": (2400.5, 1850), "Obs.": ("", ""), "Seguro": (480, 224)}
    assert decided(apart).decisions[2].use is ColumnUse.IGNORADA


def test_strangers_cost_in_proportion_however_many_they_are() -> None:
    def cost(columns: int) -> int:
        # Others each time: what a header says is remembered.
        words = [f"xyz{columns}k{number}" for number in range(columns)]
        with calls() as made:
            read({**dict.fromkeys(words, NAMES), f"CNPJ do {words[0]}": CNPJS})
        return made.own

    cost(10)
    few, more, most = map(cost, (200, 400, 600))
    assert most - more < 1.2 * (more - few)


@pytest.mark.parametrize(
    ("header", "group", "path"),
    [
        ("ISS", "RETENÇÕES (R$)", "servico.valor_iss_retido"),
        ("ISS", "Impostos retidos na fonte", "servico.valor_iss_retido"),
        ("ISS", "Impostos", "servico.valor_iss"),
        ("Valor", "ISS", "servico.valor_iss"),
        ("R$", "INSS", "servico.valor_inss"),
        ("Valor", "Serviço", VALOR),
    ],
)
def test_an_amount_under_a_group_of_taxes_is_of_the_tax(header: str, group: str, path: str) -> None:
    (one,) = read({header: (60.5, 44.53)}, [group])
    assert one.best()[0].path == path


@pytest.mark.parametrize("header", ["Valor (US$)", "Amount (USD)", "Valor em euros", "Total €"])
def test_an_amount_in_another_currency_is_asked_about_and_never_taken(header: str) -> None:
    (one,) = decided({header: AMOUNTS}).decisions.values()
    assert (one.use, one.suggestions) == (ColumnUse.PERGUNTA, (VALOR,))


def test_whoever_answers_for_a_thing_is_no_text_of_the_note() -> None:
    table: Table = {
        "Contratante": NAMES,
        "CNPJ do contratante": CNPJS,
        "Resp. pela medição": ("Davi Rocha", "Lia Rocha"),
        "CPF do resp.": ("529.982.247-25", "529.982.247-25"),
    }
    of_things = list(decided(table).decisions.values())[2:]
    assert [one.use for one in of_things] == [ColumnUse.IGNORADA, ColumnUse.IGNORADA]


def test_who_pays_a_freight_is_no_description() -> None:
    (one,) = decided({"Tipo Frete": ("CIF", "FOB")}).decisions.values()
    assert one.use is ColumnUse.IGNORADA


def test_the_inscription_of_a_unit_is_offered_as_the_issuers_first() -> None:
    (_, one) = decided({"Cliente": NAMES, "IM Unidade": ("12345", "67890")}).decisions.values()
    assert one.suggestions[0] == "prestador.inscricao_municipal"


def test_the_mail_of_a_contact_who_pays_is_where_the_note_goes_and_his_name_is_nothing() -> None:
    mails = ("fin@exemplo.com.br", "contas@exemplo.com.br")
    said = decided({"Cliente": NAMES, "Contato cobrança": mails}).decisions[1]
    assert said.path == "tomador.email"
    assert decided({"Cliente": NAMES, "Contato cobrança": ("Ana", "Bia")}).decisions[1].path is None
    found = read({"Cliente": NAMES, "Nome": ("Ana", "Bia")}, ["", "Contato financeiro"])
    assert found[1].party == "outro"
