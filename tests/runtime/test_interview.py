"""`mapear` on a terminal: what is asked, what Enter takes, what is kept."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from converter.mapping.answers import load_answers
from converter.model.columns import AnswerUse
from converter.runtime.interview import interview
from converter.schemas.catalogue import label_of
from converter.settings import load
from tests.runs import exemplo, tabela

DESCRICAO = label_of("servico.discriminacao")
TODAY = date(2026, 11, 26)


def told(pasta: Path, path: Path, *typed: str) -> tuple[list[Path] | None, list[str]]:
    """The interview with someone who types these lines."""
    lines: Iterator[str] = iter(typed)
    said: list[str] = []

    def ask(question: str) -> str:
        said.append(question)
        return next(lines)

    return interview(load({}, pasta=str(pasta)), TODAY, path, ask, said.append), said


def with_two_prices(pasta: Path) -> Path:
    """A sheet where two columns could be the value, S and W: both are asked about."""
    return tabela(pasta, [{**row, "Preço": "123,45"} for row in exemplo()[:3]])


def test_enter_takes_the_first_suggestion_and_the_answers_are_kept(tmp_path: Path) -> None:
    path = with_two_prices(tmp_path)

    written, said = told(tmp_path, path, "", "nada", "n")

    assert any("Coluna S, “Valor dos serviços”" in line for line in said)
    assert any("123,45" in line for line in said)
    assert written
    ((_, answers),) = load_answers(written[0].parent).values()
    assert [(one.coluna, one.uso, one.campo) for one in answers.colunas] == [
        ("S", AnswerUse.CAMPO, "servico.valor_servicos"),
        ("W", AnswerUse.NADA, None),
    ]
    assert (answers.arquivo, answers.data) == ("notas.csv", TODAY)


def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    path = with_two_prices(tmp_path)
    told(tmp_path, path, "", "nada", "n")

    written, said = told(tmp_path, path, "n")

    assert written == []
    assert not any("Coluna S" in line for line in said)


def test_a_typo_is_told_with_the_field_it_may_be_and_asked_again(tmp_path: Path) -> None:
    path = with_two_prices(tmp_path)

    written, said = told(tmp_path, path, "", "deducoez", "Deduções", "n")

    assert any("Seria “Deduções”?" in line for line in said)
    assert written


def test_one_field_is_not_given_to_two_columns(tmp_path: Path) -> None:
    _, said = told(tmp_path, with_two_prices(tmp_path), "", "", "nada", "n")

    assert any("“Valor dos serviços” já é a coluna S" in line for line in said)


def test_the_text_of_the_notes_may_be_several_columns(tmp_path: Path) -> None:
    texts = {"Evento": "Casamento na praia", "Pacote": "Completo, 8 h", "Atendimento": "Malu"}
    plain = [{key: row[key] for key in row if key != DESCRICAO} for row in exemplo()[:3]]
    path = tabela(tmp_path, [{**row, **texts} for row in plain])

    written, _ = told(tmp_path, path, "", "n")

    assert written
    ((_, answers),) = load_answers(written[0].parent).values()
    assert [one.titulo for one in answers.colunas] == ["Evento", "Pacote", "Atendimento"]
    assert {one.campo for one in answers.colunas} == {"servico.discriminacao"}


def test_without_a_suggestion_enter_leaves_a_column_for_later(tmp_path: Path) -> None:
    strange = [{**row, "Xyzk": "529.982.247-25"} for row in exemplo()[:3]]
    path = tabela(tmp_path, strange)
    written, said = told(tmp_path, path, "", "n")
    asked = next(line for line in said if line.startswith("O que ela é?"))
    assert (not written) == ("depois" in asked)


def test_a_status_is_asked_for_the_words_that_hold_a_row(tmp_path: Path) -> None:
    written, _ = told(tmp_path, with_two_prices(tmp_path), "", "situação", "cancelada; paga", "n")

    assert written
    ((_, answers),) = load_answers(written[0].parent).values()
    assert answers.colunas[1].nao_enviar == ("cancelada", "paga")


def test_the_other_columns_may_be_gone_through_too(tmp_path: Path) -> None:
    path = tabela(tmp_path, exemplo()[:3])
    others = len(exemplo()[0])

    written, said = told(tmp_path, path, "s", *["nada"], *[""] * (others - 1))

    assert any("nada a perguntar" in line for line in said)
    assert written
    ((_, answers),) = load_answers(written[0].parent).values()
    assert [one.coluna for one in answers.colunas] == ["A"]
