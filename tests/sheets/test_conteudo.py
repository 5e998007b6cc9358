import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from converter.model.notas import Lote, Nota, Prestador
from converter.model.outcome import LoteOutcome, LoteState
from converter.model.packed import pack
from converter.sheets.conteudo import Texts, lines_of
from converter.stages.group import payload
from converter.workbook.cells import MAX_TEXT

ISSUER = Prestador("45782190000184", "4521873", "3505708")
TEXTS = st.one_of(st.text(), st.just("},{"), st.just('],"prestador":'), st.just("x" * MAX_TEXT))


def outcome(texts: list[str]) -> LoteOutcome:
    objects = [
        json.dumps({"servico": {"discriminacao": text}}, ensure_ascii=False) for text in texts
    ]
    body = payload(ISSUER, [item.replace('": ', '":') for item in objects])
    notas = tuple(
        Nota(f"id{n}", "Notas", n + 1, n, "", "Padaria", Decimal(1))
        for n, _ in enumerate(texts, start=1)
    )
    return LoteOutcome(Lote("pl1", "a.xlsx", ISSUER, pack(body), notas), LoteState.PREPARADO)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_payload_in_lines_is_the_payload(texts: list[str]) -> None:
    made = outcome(texts)
    assert "".join(text for _, text in lines_of(made)) == made.lote.payload.decode()


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_each_note_has_a_line_of_its_own(texts: list[str]) -> None:
    by_number: dict[int, str] = {}
    for number, text in lines_of(outcome(texts)):
        by_number[number] = by_number.get(number, "") + text
    notes = [json.loads(by_number[number].removesuffix(",")) for number in list(by_number)[1:-1]]
    assert [note["servico"]["discriminacao"] for note in notes] == texts


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=3), min_size=1, max_size=4), st.data())
def test_lines_made_on_demand_are_those_made_at_once(
    lotes: list[list[str]], data: st.DataObject
) -> None:
    outcomes = [outcome(texts) for texts in lotes]
    texts = Texts(outcomes)
    whole = [line for each in outcomes for line in lines_of(each)]
    assert [text for _, text in whole] == list(texts) == texts[:]
    start, stop = (data.draw(st.integers(0, len(whole))) for _ in range(2))
    assert texts[start:stop] == [text for _, text in whole[start:stop]]
    assert [*texts.numbers()] == [number for number, _ in whole]
