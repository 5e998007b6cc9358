"""CNAE, NBS, e-mail, telephone, yes or no, headers."""

import pytest

from converter.brazil import cnae, data_files, email, headers, nbs, telefone, yesno


@pytest.mark.parametrize(
    ("cell", "value", "warning"),
    [
        ("6209-1/00", "6209100", None),
        (6209100.0, "6209100", None),
        ("0111-3/01", "0111301", None),
        (111301, "0111301", "cnae-zero-reposto"),
        ("9900800", "9900800", None),
    ],
)
def test_a_cnae_is_a_subclass_of_the_table(cell, value, warning):
    parsed = cnae.parse(cell)
    assert (parsed.value, parsed.problem, parsed.warning) == (value, None, warning)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("6209-1", "cnae-tamanho"),
        ("620910", "cnae-tamanho"),
        ("6209199", "cnae-desconhecido"),
        ("6209-1/OO", "cnae-caractere"),
        (None, "celula-vazia"),
    ],
)
def test_a_bad_cnae_says_why(cell, problem):
    assert cnae.parse(cell).problem == problem


def test_a_subclass_is_one_that_ibge_lists():
    (codigo, _), *_ = data_files.rows("cnaes")
    assert cnae.exists(codigo)
    assert not cnae.exists("000000000")


@pytest.mark.parametrize(
    ("cell", "value", "warning"),
    [
        ("1.0101.11.00", "101011100", None),
        (101011100, "101011100", None),
        ("1.0402.29.00", "104022900", "nbs-fora-da-tabela"),
    ],
)
def test_an_nbs_code_has_nine_digits(cell, value, warning):
    assert nbs.parse(cell) == (value, None, warning, ())


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("1.0101", "nbs-formato"), ("2.0101.11.00", "nbs-formato"), ("", "celula-vazia")],
)
def test_a_bad_nbs_code_says_why(cell, problem):
    assert nbs.parse(cell).problem == problem


@pytest.mark.parametrize(
    "address", ["contato@padaria-aurora.com.br", "a.b+nf@x1.example.com", "A_1@EXEMPLO.COM"]
)
def test_an_address_comes_out_as_typed(address):
    assert email.parse(f" {address}\u200b").value == address


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("contato@padaria", "email-formato"),
        ("contato padaria.com.br", "email-formato"),
        ("joão@padaria.com.br", "email-formato"),
        (".a@b.com", "email-formato"),
        ("a..b@c.com", "email-formato"),
        ("a@b@c.com", "email-formato"),
        ("a@-b.com", "email-formato"),
        ("ana@b.com; rui@b.com", "email-varios"),
        ("ana@b.com rui@b.com", "email-varios"),
        ("a" * 75 + "@b.com", "email-tamanho"),
        (12, "celula-tipo"),
    ],
)
def test_a_bad_address_says_why(cell, problem):
    assert email.parse(cell).problem == problem


@pytest.mark.parametrize(
    ("cell", "value", "warning"),
    [
        ("(11) 98765-4321", "11987654321", None),
        ("+55 11 3333-4444", "1133334444", None),
        ("5511987654321", "11987654321", None),
        ("011 3333 4444", "1133334444", None),
        (1133334444.0, "1133334444", None),
        ("55 3333-4444", "5533334444", None),
        ("0800 123 4567", "08001234567", None),
        ("3333-4444", "33334444", "telefone-sem-ddd"),
        ("98765-4321", "987654321", "telefone-sem-ddd"),
    ],
)
def test_a_telephone_is_its_digits_ddd_first(cell, value, warning):
    assert telefone.parse(cell) == (value, None, warning, ())


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("(20) 3333-4444", "telefone-ddd"),
        ("190", "telefone-tamanho"),
        ("3333-4444 / 3333-5555", "telefone-tamanho"),
        ("(11) 3333-4444 r. 12", "telefone-caractere"),
        (None, "celula-vazia"),
    ],
)
def test_a_bad_telephone_says_why(cell, problem):
    assert telefone.parse(cell).problem == problem


@pytest.mark.parametrize("cell", ["Sim", "S", "x", "TRUE", "Verdadeiro", "1", 1, 1.0, True, "v"])
def test_yes(cell):
    assert yesno.parse(cell).value is True


@pytest.mark.parametrize("cell", ["Não", "NAO", "n", "false", "Falso", "0", 0, 0.0, False])
def test_no(cell):
    assert yesno.parse(cell).value is False


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("talvez", "simnao-desconhecido"),
        (2, "simnao-desconhecido"),
        ("2", "simnao-desconhecido"),
        ("¹", "simnao-desconhecido"),
        (" ", "celula-vazia"),
        (None, "celula-vazia"),
    ],
)
def test_neither_yes_nor_no(cell, problem):
    assert yesno.parse(cell).problem == problem


@pytest.mark.parametrize(
    ("header", "folded"),
    [
        ("Valor dos Serviços (R$)", "valordosservicosr"),
        ("valor_dos_servicos_r", "valordosservicosr"),
        ("  ALÍQUOTA\n%", "aliquota"),
        ("Nº RPS", "norps"),
        ("servico.valor_servicos", "servicovalorservicos"),
        ("", ""),
    ],
)
def test_headers_fold_to_their_letters(header, folded):
    assert headers.fold(header) == folded
