"""Which removed row a row may be, edited: by where it stands, or by what it says."""

from collections.abc import Collection, Sequence

import pytest

from converter.history.edited_rows import RemovedRow, RemovedRows, changed_fields, changed_key
from converter.model.rows import Place, RowKey
from tests.history.rows import DOIS, OUTRO, UM, claim, key

HERE, ELSEWHERE = Place("a.csv", "Notas", 2), Place("a.csv", "Notas", 9)
SENT = key()


def removed(
    identity: str = "old", sent: RowKey = SENT, row: int = 2, ref: str = "pl1"
) -> RemovedRow:
    place = Place("a.csv", "Notas", row)
    return RemovedRow(claim(identity, ref=ref, row=row), [place], UM, sent)


def found(
    row: RowKey,
    *olds: RemovedRow,
    place: Place = HERE,
    others: Collection[str] = (),
    prestador: object = UM,
) -> str | None:
    rows = RemovedRows(list(olds) or [removed()], keep=False)
    old = rows.likeliest(prestador, row, [place], others)  # type: ignore[arg-type]  # or None
    return old and old.claim.identity


@pytest.mark.parametrize(
    "row",
    [
        key(dia="2026-09-28", valor="7.00"),
        key(documento=OUTRO, valor="7.00"),
        key(documento=OUTRO, texto="Visita"),
        key(valor="7.00", texto="Visita"),
    ],
)
def test_where_it_stood_one_thing_in_common_is_enough(row: RowKey) -> None:
    assert found(row) == "old"
    assert found(row, place=ELSEWHERE) is None


@pytest.mark.parametrize(
    "row",
    [key(dia="2026-09-28"), key(documento=OUTRO), key(valor="7.00"), key(texto="Visita")],
)
def test_elsewhere_three_things_must_be_the_same(row: RowKey) -> None:
    assert found(row, place=ELSEWHERE) == "old"


@pytest.mark.parametrize("place", [HERE, ELSEWHERE])
def test_another_month_another_issuer_or_nothing_in_common_is_another_note(place: Place) -> None:
    assert found(key(dia="2026-10-05"), place=place) is None
    assert found(SENT, place=place, prestador=DOIS) is None
    assert found(SENT, place=place, prestador=None) is None
    assert found(key(documento=OUTRO, valor="7.00", texto="Visita"), place=place) is None


@pytest.mark.parametrize("place", [HERE, ELSEWHERE])
def test_a_row_of_a_lote_that_stood_beside_it_is_not_it(place: Place) -> None:
    assert found(key(valor="7.00"), place=place, others={"pl1"}) is None
    assert found(key(valor="7.00"), place=place, others={"pl2"}) == "old"


def test_the_row_that_stood_there_comes_before_one_that_is_only_like_it() -> None:
    like, there = removed("like", SENT, 9), removed("there", key(texto="Visita"), 2)
    assert found(key(valor="7.00"), like, there) == "there"


def test_one_that_explains_no_other_row_comes_first_and_else_it_explains_several() -> None:
    rows = RemovedRows([removed("one", SENT, 8), removed("two", SENT, 9)], keep=False)
    taken = [rows.likeliest(UM, key(valor="7.00"), [HERE], ()) for _ in range(3)]
    assert [old and old.claim.identity for old in taken[:2]] == ["one", "two"]
    assert taken[2] is not None
    assert rows.explained == {"one", "two"}


def test_of_two_that_stood_there_each_explains_one_row() -> None:
    rows = RemovedRows([removed("one", ref="pl1"), removed("two", ref="pl2")], keep=True)
    taken = [rows.likeliest(UM, key(valor="7.00"), [HERE], ()) for _ in range(2)]
    assert [old and old.claim.identity for old in taken] == ["two", "one"]


def test_one_taken_is_kept_for_rows_that_the_others_cannot_explain() -> None:
    olds = [removed("one", SENT, 8, "pl1"), removed("two", SENT, 9, "pl2")]
    rows = RemovedRows(olds, keep=True)
    first = rows.likeliest(UM, key(valor="7.00"), [HERE], {"pl2"})
    second = rows.likeliest(UM, key(valor="8.00"), [HERE], {"pl2"})
    assert [old and old.claim.identity for old in (first, second)] == ["one", "one"]


@pytest.mark.parametrize(
    ("row", "before"),
    [
        (key(dia="2026-09-06"), ["dia 2026-09-05"]),
        (key(valor=""), ["valor R$ 100,00"]),
        (key(documento=OUTRO, texto=""), ["tomador 52190638000136", "texto Suporte"]),
        (key(), ["os mesmos dados"]),
    ],
)
def test_what_changed_is_told_as_it_was(row: RowKey, before: Sequence[str]) -> None:
    told = changed_key(UM, row, removed())
    assert [part.startswith(start) for part, start in zip(told, before, strict=True)] == [
        True
    ] * len(before)


def test_a_change_of_the_issuers_data_is_told() -> None:
    moved = UM._replace(inscricao_municipal="77")
    assert changed_key(moved, SENT, removed()) == ["inscrição municipal 4521873"]


def test_other_fields_are_compared_where_the_sheet_has_a_column() -> None:
    sent = {"tomador": {"email": "a@x.example", "cpf": "1"}, "servico": {"aliquota": 2}}
    now = {"tomador": {"email": "b@x.example", "cpf": "2"}, "servico": {"aliquota": 2}}
    paths = ["tomador.email", "servico.aliquota", "tomador.telefone"]
    assert changed_fields(sent, now, paths) == ["E-mail do tomador a@x.example"]
    assert changed_fields({}, now, ["tomador.email"]) == ["E-mail do tomador em branco"]
