"""What every layout asks of a value, and how a text is made to fit a file."""

from datetime import date

import pytest

from converter.layouts import nota_status, predicates
from converter.layouts.base import AnswerError
from converter.layouts.charset import fit
from converter.layouts.omitted import settle
from converter.layouts.payload import Part


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (" Consultoria \r\n e treinamento ", "Consultoria   e treinamento"),
        ("linha\u2028outra", "linha outra"),
        ("aspas “retas” – e mais…", 'aspas "retas" - e mais...'),
        ("Erdős", "Erdos"),
        ("sem\u200b marca\ufeff", "sem marca"),
    ],
)
def test_a_text_is_made_to_fit(typed: str, wanted: str) -> None:
    assert fit(typed, "latin-1").text == wanted


def test_each_character_the_charset_lacks_is_told() -> None:
    assert fit("5 € – 木", "latin-1").replaced == (("€", "EUR"), ("–", "-"), ("木", "?"))
    assert fit("ação", "latin-1").replaced == ()


def test_a_day_is_a_day_of_the_calendar() -> None:
    assert predicates.day("20260228") == date(2026, 2, 28)
    assert predicates.day("20260230") is None
    assert predicates.day("2026-2-8") is None


@pytest.mark.parametrize(("raw", "wanted"), [("235959", True), ("240000", False), ("236000", False),
                                             ("2359", False), ("23595a", False)])  # fmt: skip
def test_an_hour_is_on_the_clock(raw: str, wanted: bool) -> None:
    assert predicates.is_hour(raw) is wanted


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (predicates.is_uf, "SP", "EX"),
        (predicates.is_municipio, "3550308", "3550309"),
        (predicates.is_cep, "01310100", "00000000"),
        (predicates.is_plain, "A1", "A-1"),
        (predicates.are_emails, "a@exemplo.com.br|b@exemplo.com.br", "a@exemplo.com.br|"),
        (lambda raw: predicates.is_document("1", raw), "00011144477735", "11144477735"),
        (lambda raw: predicates.is_document("2", raw), "11222333000181", "11222333000182"),
    ],
)
def test_a_question_tells_right_from_wrong(question, right, wrong) -> None:  # type: ignore[no-untyped-def]
    assert question(right)
    assert not question(wrong)


def _issued(rps: str, serie: str) -> dict[str, object]:
    return nota_status.issued(
        rps, serie, numero="9", codigo="ABC", data_emissao="2026-10-01T00:00:00-03:00", uri=None
    )


def test_notes_come_in_the_order_they_were_sent_and_silence_is_pending() -> None:
    found = {("A", "2"): _issued("2", "A"), ("", "3"): _issued("3", "")}
    order = [("A", "1"), ("A", "2"), ("A", "3")]
    told = [note["status"] for note in nota_status.in_order(found, order)]
    assert told == [nota_status.PROCESSANDO, nota_status.AUTORIZADO, nota_status.AUTORIZADO]


def test_a_return_of_another_lote_is_said_to_be_one() -> None:
    with pytest.raises(AnswerError, match="outro lote"):
        nota_status.in_order({("B", "7"): _issued("7", "B")}, [("A", "1")])


def test_a_note_beside_a_wrong_one_says_that_it_was_not_looked_at() -> None:
    assert nota_status.refused("1", "A", [])["erros"] == [nota_status.UNTOUCHED]
    assert nota_status.iso("20261122", "93000") == "2026-11-22T09:30:00-03:00"


def test_what_a_file_has_no_place_for_is_refused_told_or_left_to_the_city() -> None:
    flat: dict[str, object] = {"numero_rps_substituido": "12", "um_campo_que_nao_existe": "x"}
    nota = Part(flat, [], [], "latin-1", 1)
    settle("sao-paulo-v002", nota)
    assert [error.campo for error in nota.errors] == ["numero_rps_substituido"]
    assert [told.campo for told in nota.adapted] == ["um_campo_que_nao_existe"]
