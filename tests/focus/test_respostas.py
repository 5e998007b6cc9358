"""The answer to a return file, in any container, joined to the right rows or to none."""

import json
from decimal import Decimal

import pytest

from converter.focus.respostas import Misfit, entries, join, update
from converter.model.notas import Nota
from converter.model.outcome import NotaAnswer, Situacao


def nota(ordem: int, documento: str = "52998224725", valor: str = "10.00") -> Nota:
    return Nota(f"id{ordem}", "P", ordem + 1, ordem, documento, "Fulana", Decimal(valor))


def answer(numero: int, **more: object) -> dict[str, object]:
    return {"status": "autorizado", "numero": str(numero), "codigo_verificacao": "AB", **more}


def numbers(joined) -> list[str | None]:
    assert not isinstance(joined, Misfit)
    return [one.numero for one in joined]


TWO = [answer(1), answer(2)]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (answer(1), 1),
        (TWO, 2),
        ({"lista_nfse": TWO}, 2),
        ({"ref": "pl1", "notas": TWO}, 2),
        ({"status": "erro_autorizacao", "erros": [{"codigo": "1"}, {"codigo": "2"}]}, 1),
    ],
)
def test_an_object_an_array_and_an_object_around_one_are_read(body, count):
    found = entries(json.dumps(body).encode())
    assert found is not None
    assert len(found) == count


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"autorizado",
        b"[]",
        b"{}",
        b"null",
        b'[1, "x"]',
        b'{"a":[],"b":[]}',
        b'{"lista":[]}',
        b"\xff",
        b'{"status": 1}',
        '{"status": "autoriza\N{REPLACEMENT CHARACTER}o"}'.encode(),
        b'{"status": "autorizado", "erros": {"codigo": "1"}}',
        b'{"status": "autorizado", "erros": ["1"]}',
    ],
)
def test_anything_else_is_not_taken_for_an_answer(body):
    assert entries(body) is None


def test_the_documented_example_fills_the_note():
    example = {
        "status": "autorizado",
        "numero": "9999",
        "codigo_verificacao": "311299647",
        "data_emissao": "2017-09-09T10:20:00-03:00",
        "uri": "https://www.barueri.sp.gov.br/nfe/",
    }
    assert join([example], [nota(1)], ()) == (
        NotaAnswer(
            1,
            Situacao.AUTORIZADA,
            "9999",
            "311299647",
            "2017-09-09T10:20:00-03:00",
            "https://www.barueri.sp.gov.br/nfe/",
        ),
    )


@pytest.mark.parametrize(
    ("status", "situacao", "told"),
    [
        ("autorizado", Situacao.AUTORIZADA, None),
        ("cancelado", Situacao.CANCELADA, None),
        ("substituido", Situacao.CANCELADA, "nota-substituida"),
        ("processando_autorizacao", Situacao.ENVIADA, "nota-processando"),
        ("erro_autorizacao", Situacao.RECUSADA, "E1"),
        ("suspenso", Situacao.DESCONHECIDA, "nota-situacao-nova"),
    ],
)
def test_every_status_has_its_situacao(status, situacao, told):
    entry = {"status": status, "numero_nfse_substituta": "77"}
    if status == "erro_autorizacao":
        entry["erros"] = [{"codigo": "E1", "mensagem": "Sem tomador", "correcao": "Informe"}]
    joined = join([entry], [nota(1)], ())
    assert not isinstance(joined, Misfit)
    assert joined[0].situacao is situacao
    assert [message.code for message in joined[0].messages] == ([told] if told else [])


def test_the_note_that_took_the_place_of_another_is_named_where_it_is_known():
    entry = {"status": "substituido", "numero_nfse_substituta": "77"}
    for found, said in ((entry, True), ({"status": "substituido"}, False)):
        joined = join([found], [nota(1)], ())
        assert not isinstance(joined, Misfit)
        assert ("pela nota 77" in joined[0].messages[0].text) is said


def test_the_rps_number_of_the_file_joins_whatever_the_order():
    found = [answer(n, numero_rps=str(100 + n)) for n in (3, 1, 2)]
    joined = join(found, [nota(n) for n in (1, 2, 3)], ("101", "102", "103"))
    assert numbers(joined) == ["1", "2", "3"]


def test_rps_numbers_say_nothing_where_those_of_the_file_are_unknown():
    found = [answer(1, numero_rps="5"), answer(2, numero_rps="6")]
    assert numbers(join(found, [nota(1), nota(2)], ())) == ["1", "2"]


def test_other_rps_numbers_than_the_files_are_passed_over_where_every_note_is_unmistakable():
    found = [
        answer(n, numero_rps=str(n), cpf_tomador="52998224725", valor=f"{n}0.00") for n in (2, 1)
    ]
    notas = [nota(1, valor="10.00"), nota(2, valor="20.00")]
    assert numbers(join(found, notas, ("101", "102"))) == ["1", "2"]


def test_without_rps_the_order_holds_when_documents_and_values_agree():
    found = [
        answer(1, cpf_tomador="529.982.247-25", valor_servicos="10.0"),
        answer(2, tomador={"cnpj": "11222333000181"}, servico={"valor_servicos": 20}),
    ]
    assert numbers(join(found, [nota(1), nota(2, "11222333000181", "20.00")], ())) == [
        "1",
        "2",
    ]


def test_another_order_is_accepted_only_when_each_note_fits_one_answer():
    notas = [nota(1, valor="10.00"), nota(2, valor="20.00")]
    found = [
        answer(2, cpf_tomador="52998224725", valor="20.00"),
        answer(1, cpf_tomador="52998224725", valor="10.00"),
    ]
    assert numbers(join(found, notas, ())) == ["1", "2"]


@pytest.mark.parametrize(
    ("found", "notas", "rps", "code"),
    [
        ([answer(1)], [nota(1), nota(2)], (), "retorno-contagem"),
        ([answer(1), answer(2)], [nota(1)], (), "retorno-contagem"),
        ([answer(1, cpf_tomador="11144477735")], [nota(1)], (), "retorno-nao-confere"),
        ([answer(1, valor="99.00")], [nota(1)], (), "retorno-nao-confere"),
        ([answer(1, tomador={"cpf": "11144477735"})], [nota(1)], (), "retorno-nao-confere"),
        ([answer(1, servico={"valor_servicos": 99})], [nota(1)], (), "retorno-nao-confere"),
        # Another order, and one of the two says only half of which note it is.
        (
            [answer(2, cpf_tomador="52998224725", valor="20.00"), answer(1, valor="10.00")],
            [nota(1, valor="10.00"), nota(2, valor="20.00")],
            (),
            "retorno-nao-confere",
        ),
        ([answer(1, numero_rps="5")], [nota(1)], ("6",), "retorno-nao-confere"),
        ([answer(1, numero_rps="5", valor="99.00")], [nota(1)], ("5",), "retorno-nao-confere"),
        (
            [answer(n, numero_rps="5") for n in (1, 2)],
            [nota(1), nota(2)],
            ("5", "6"),
            "retorno-nao-confere",
        ),
        (
            [answer(n, cpf_tomador="11144477735", valor="1") for n in (1, 2)],
            [nota(1), nota(2)],
            (),
            "retorno-nao-confere",
        ),
    ],
)
def test_what_does_not_fit_is_refused_whole(found, notas, rps, code):
    joined = join(found, notas, rps)
    assert isinstance(joined, Misfit)
    assert joined.code == code


def test_one_refusal_of_the_whole_lote_is_every_notes():
    refusal = {"status": "erro_autorizacao", "erros": [{"codigo": "102", "mensagem": "Remessa"}]}
    joined = join([refusal], [nota(1), nota(2)], ())
    assert not isinstance(joined, Misfit)
    assert {one.situacao for one in joined} == {Situacao.RECUSADA}
    assert [one.messages[0].code for one in joined] == ["102", "102"]


def test_a_note_without_error_beside_one_with_error_was_not_processed():
    refused = {"status": "erro_autorizacao", "erros": [{"codigo": "1", "mensagem": "x"}]}
    quiet = {"status": "processando_autorizacao"}
    joined = join([refused, quiet], [nota(1), nota(2)], ())
    assert not isinstance(joined, Misfit)
    assert joined[1].situacao is Situacao.RECUSADA
    assert joined[1].messages[0].code == "nota-nao-processada"


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (Situacao.AUTORIZADA, Situacao.RECUSADA, Situacao.AUTORIZADA),
        (Situacao.AUTORIZADA, Situacao.ENVIADA, Situacao.AUTORIZADA),
        (Situacao.CANCELADA, Situacao.AUTORIZADA, Situacao.CANCELADA),
        (Situacao.AUTORIZADA, Situacao.CANCELADA, Situacao.CANCELADA),
        (Situacao.RECUSADA, Situacao.AUTORIZADA, Situacao.AUTORIZADA),
    ],
)
def test_a_later_file_never_takes_back_what_the_prefeitura_has_issued(before, after, kept):
    (updated,) = update([NotaAnswer(1, before, "7")], [NotaAnswer(1, after)])
    assert updated.situacao is kept


def test_the_same_word_said_again_is_the_later_ones():
    later = NotaAnswer(1, Situacao.AUTORIZADA, "7", "AB")
    assert update([NotaAnswer(1, Situacao.AUTORIZADA, "7")], [later]) == [later]


def test_a_text_without_end_is_kept_as_far_as_anyone_reads():
    joined = join([answer(1, uri="x" * 5000)], [nota(1)], ())
    assert not isinstance(joined, Misfit)
    assert joined[0].uri == "x" * 2000
