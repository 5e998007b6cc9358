"""What each row's city would refuse is told at its cell, row by row, before anything is sent."""

import pytest

from converter.errors import SettingsError
from converter.layouts import by_slug
from converter.layouts.verdict import ObjectionKind, verdict
from converter.model.filerun import Content
from converter.texts.catalogue import message
from tests.checked import NOTE, checked
from tests.layouts import amostras

REFUSALS = {ObjectionKind.SEM_LUGAR, ObjectionKind.EXIGE, ObjectionKind.RECUSADA}


def foreseen(*changes: dict[str, str], **tabela: object) -> Content:
    rows = [
        {**NOTE, "servico.discriminacao": f"Suporte {number}", **change}
        for number, change in enumerate(changes)
    ]
    return checked(rows, tabela)[0]


def test_a_row_the_city_takes_has_no_problem() -> None:
    done = foreseen({})
    assert done.problems == ()
    assert done.rejected == frozenset()


def test_what_the_city_would_refuse_holds_its_row_at_its_cell() -> None:
    done = foreseen({}, {"tomador.razao_social": ""})
    (told,) = done.problems
    assert (told.code, told.row, told.column) == ("prefeitura-recusaria", 3, "G")
    assert message(told).startswith("A prefeitura de Barueri recusaria a nota (código 238)")
    assert {row for _, row in done.rejected} == {3}


def test_what_the_file_has_no_place_for_holds_its_row_and_shows_what_was_typed() -> None:
    done = foreseen({}, {"codigo_obra": "77"})
    (told,) = done.problems
    assert (told.code, told.row, told.field) == ("leiaute-sem-lugar", 3, "codigo_obra")
    assert told.value == "77"


def test_a_row_held_for_another_reason_is_not_told_again() -> None:
    done = foreseen({"tomador.razao_social": "", "servico.valor_servicos": "mil"})
    assert "prefeitura-recusaria" not in {one.code for one in done.problems}


def test_of_a_city_of_unknown_layout_nothing_is_foreseen() -> None:
    done = foreseen({"tomador.razao_social": "", "prestador.codigo_municipio": "3516200"})
    assert [one.code for one in done.problems] == ["tomador-sem-nome"]


def test_the_user_may_say_which_layout_a_city_imports() -> None:
    tabela = {"municipios": {"3516200": {"leiaute": "abrasf-2.02"}}}
    change = {"tomador.razao_social": "", "prestador.codigo_municipio": "3516200"}
    done = foreseen(change, **tabela)
    assert [one.details.get("codigo") for one in done.problems] == ["E118"]
    with pytest.raises(SettingsError, match="leiaute"):
        foreseen({}, municipios={"3516200": {"leiaute": "outro"}})


def test_the_severity_of_what_is_foreseen_is_the_users() -> None:
    done = foreseen({"tomador.razao_social": ""}, severidade={"prefeitura-recusaria": "aviso"})
    assert done.rejected == frozenset()


def test_what_is_true_of_all_notes_is_told_once() -> None:
    done = foreseen(*({"tomador.telefone": "4133334444"} for _ in range(3)))
    (told,) = (one for one in done.problems if one.code == "leiaute-nao-leva")
    assert (told.row, told.field) == (None, "tomador.telefone")


@pytest.mark.parametrize("slug", amostras.SLUGS)
def test_one_bad_note_does_not_hide_what_is_said_of_the_others(slug: str) -> None:
    made = amostras.lote(slug, 3)
    made["lista_nfse"][0]["servico"]["discriminacao"] = ""
    made["lista_nfse"][2]["servico"]["valor_servicos"] = "-1"
    said = verdict(by_slug(slug), made["prestador"], made["lista_nfse"], amostras.city())
    refused = {one.nota for one in said if one.kind in REFUSALS}
    assert refused == {0, 2}
