"""Every shape an error body has been seen in, and any other."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.focus.messages import already_there, circumstantial, messages
from converter.model.outcome import Message
from converter.model.wire import Answer


def body(value) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


SHAPES = [
    (
        {"codigo": "nao_encontrado", "mensagem": "Nota fiscal não encontrada"},
        [Message("nao_encontrado", "Nota fiscal não encontrada")],
    ),
    (
        {
            "codigo": "erro_validacao",
            "mensagem": "Erro de validação",
            "erros": [
                {"codigo": "a", "mensagem": "Vazio", "campo": "servico.aliquota"},
                {"mensagem": "Outro"},
            ],
        },
        [Message("a", "Vazio", "servico.aliquota"), Message("erro_validacao", "Outro")],
    ),
    (
        {"erros": [{"codigo": "parametros_invalidos", "mensagem": "JSON: 822: token at ''"}]},
        [Message("parametros_invalidos", "JSON: 822: token at ''")],
    ),
    (
        {
            "status": "erro_autorizacao",
            "erros": [{"codigo": "E145", "mensagem": "Fora do prazo", "correcao": "Veja a data"}],
            "numero_rps": "7",
        },
        [Message("E145", "Fora do prazo", correction="Veja a data")],
    ),
    (
        {
            "codigo": "requisicao_invalida",
            "mensagem": 'Parâmetro "prestador.codigo_municipio" não informado',
        },
        [
            Message(
                "requisicao_invalida",
                'Parâmetro "prestador.codigo_municipio" não informado',
                "prestador.codigo_municipio",
            )
        ],
    ),
    (b"HTTP Basic: Access denied.\n", [Message("http-422", "HTTP Basic: Access denied.")]),
    (
        b"<html><head><style>x{}</style></head><body><h1>Bad&nbsp;Gateway</h1></body></html>",
        [Message("http-422", "Bad\xa0Gateway")],
    ),
    (b"", [Message("http-422", "HTTP 422")]),
    ("Valor inválido".encode("cp1252"), [Message("http-422", "Valor inválido")]),
]


@pytest.mark.parametrize(("value", "expected"), SHAPES)
def test_every_message_of_every_shape_reaches_the_user(value, expected):
    assert list(messages(Answer(422, {}, body(value)))) == expected


@pytest.mark.parametrize(
    ("text", "field", "ordem"),
    [
        ('Parâmetro "lista_nfse[2].servico.aliquota" não informado', "servico.aliquota", 3),
        ('Parâmetro "lista_nfse.0.tomador.cpf" inválido', "tomador.cpf", 1),
        ("Campo 'data_emissao' em formato incorreto", "data_emissao", None),
        ('O valor "abc" não é um número', None, None),
        ("Certificado vencido", None, None),
    ],
)
def test_a_message_that_names_a_field_carries_its_path(text, field, ordem):
    (message,) = messages(Answer(422, {}, body({"codigo": "x", "mensagem": text})))
    assert (message.field, message.ordem) == (field, ordem)


@pytest.mark.parametrize(
    "text",
    [
        {"codigo": "already_processed", "mensagem": "x"},
        {"codigo": "nfe_autorizada", "mensagem": "x"},
        {"codigo": "em_processamento", "mensagem": "x"},
        {"codigo": "x", "mensagem": "Já existe um lote com esta ref"},
        {"codigo": "x", "mensagem": "Referência já utilizada"},
    ],
)
def test_a_refusal_that_says_the_ref_is_known_is_a_question_for_get(text):
    assert already_there(Answer(422, {}, body(text)))


def test_an_ordinary_refusal_is_not():
    assert not already_there(Answer(422, {}, body(SHAPES[1][0])))
    assert not already_there(Answer(422, {}, body({"codigo": "nfe_nao_autorizada"})))


def test_a_refusal_of_the_account_is_a_circumstance_and_one_of_a_field_is_not():
    enabled = {"codigo": "empresa_nao_habilitada", "mensagem": "Empresa não habilitada"}
    assert circumstantial(Answer(400, {}, body(enabled)))
    assert circumstantial(Answer(404, {}, b""))
    assert not circumstantial(Answer(422, {}, body(SHAPES[1][0])))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["codigo", "mensagem", "erros", "campo", "correcao", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150)
@given(st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_body_is_without_a_message_and_none_raises(content):
    found = messages(Answer(422, {"content-type": "text/plain; charset=x-nada"}, content))
    assert found
    assert all(message.text for message in found)
    already_there(Answer(422, {}, content))


def test_a_body_nested_without_end_is_shown_as_text():
    assert messages(Answer(400, {}, b"[" * 100_000))[0].code == "http-400"
