"""What a run says while it works: rounded before it begins, seldom while it goes on."""

import pytest

from converter.model.progress import Begun, Progress, Sending, Step
from converter.texts.progress_lines import ProgressLine, Pulse, duracao

MB = 2**20


@pytest.mark.parametrize(
    ("begun", "said"),
    [
        (Begun(1, 126 * MB, 115, enviar=False), "1 planilha, 126 MB: deve levar uns 2 minutos."),
        (
            Begun(2_000, 1_100 * MB, 12, enviar=True),
            "2.000 planilhas, 1.100 MB: deve levar uns 20 segundos, fora o envio.",
        ),
        (Begun(1, 9 * MB, 9.9, enviar=True), None),
    ],
)
def test_a_long_run_says_so_beforehand(begun: Begun, said: str | None) -> None:
    assert ProgressLine().ahead(begun) == said
    assert Pulse(0).told(begun, 0) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (10, "uns 10 segundos"),
        (14, "uns 20 segundos"),
        (50, "uns 50 segundos"),
        (51, "cerca de 1 minuto"),
        (100, "uns 2 minutos"),
        (9.6 * 60, "uns 10 minutos"),
        (25.1 * 60, "uns 30 minutos"),
        (55 * 60, "cerca de 1 hora"),
        (8 * 3600, "umas 8 horas"),
    ],
)
def test_a_guess_is_said_as_one(seconds: float, said: str) -> None:
    assert duracao(seconds) == said


@pytest.mark.parametrize(
    ("news", "said"),
    [
        (Progress("a.xlsx", Step.LENDO), "a.xlsx: lendo"),
        (Progress("a.xlsx", Step.CONFERINDO, 1), "a.xlsx: conferindo 1 linha"),
        (Progress("a.xlsx", Step.CONFERINDO, 100_000), "a.xlsx: conferindo 100.000 linhas"),
        (Progress("{rows}.xlsx", Step.ESCREVENDO), "{rows}.xlsx: escrevendo o resultado"),
        (Sending(1), "enviando 1 lote"),
    ],
)
def test_a_step_is_said_with_its_file_and_rows(news: Progress | Sending, said: str) -> None:
    assert ProgressLine().at(news) == said


def test_every_step_has_words() -> None:
    assert all(ProgressLine().at(Progress("a.xlsx", step)) for step in Step)


def test_a_file_among_several_keeps_its_place() -> None:
    said = ProgressLine()
    said.ahead(Begun(200, MB, 1, enviar=False))
    said.at(Progress("a.xlsx", Step.LENDO))
    assert said.at(Progress("b.xlsx", Step.CONFERIDA)) == "2 de 200 · b.xlsx: conferida"
    assert said.at(Progress("a.xlsx", Step.ESCRITA)) == "1 de 200 · a.xlsx: resultado escrito"


def test_the_first_step_of_a_long_run_is_said_at_once() -> None:
    pulse = Pulse(100.0)
    assert pulse.told(Begun(1, 126 * MB, 115, enviar=False), 100.0)
    assert pulse.told(Progress("a.xlsx", Step.LENDO), 100.1) == "a.xlsx: lendo"
    assert pulse.told(Progress("a.xlsx", Step.CONFERINDO, 2), 101.0) is None


def test_a_short_run_has_no_progress_and_a_long_one_a_line_now_and_then() -> None:
    pulse = Pulse(100.0)
    assert pulse.told(Begun(1, MB, 1, enviar=False), 100.0) is None
    assert pulse.told(Progress("a.xlsx", Step.LENDO), 101.0) is None
    assert pulse.told(Progress("a.xlsx", Step.CONFERINDO, 2), 106.0) is not None
    assert pulse.told(Progress("a.xlsx", Step.MONTANDO), 107.0) is None
    assert pulse.told(Progress("a.xlsx", Step.AGRUPANDO), 111.0) == "a.xlsx: agrupando em lotes"
