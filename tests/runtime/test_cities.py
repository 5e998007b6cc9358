from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from converter.journal.journal import Journal
from converter.model.filerun import FileRun, Understood
from converter.model.notas import Prestador
from converter.model.wire import Answer, Fault, MissingToken
from converter.runtime import cities
from converter.runtime.content import unreadable
from converter.runtime.environment import Api

UM = Prestador("45782190000184", "1", "3505708")


class City:
    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked = 0
        self.codes: Any = Answer(404)

    def municipio(self, codigo: str) -> Any:
        self.asked += 1
        return self.answer

    def itens(self, codigo: str) -> list[dict[str, str]]:
        return [{"codigo": "0107", "descricao": "x"}]

    def codigos_tributarios(self, codigo: str) -> Any:
        return self.codes


TOLD = {"codigo_municipio": "3505708", "endereco_obrigatorio_nfse": True}


def waiting() -> list[FileRun[Understood]]:
    file = unreadable(FileRun("a.xlsx", "", "a", None), ())
    return [file.to(replace(file.phase, issuers=frozenset({UM})))]


@pytest.fixture
def moment() -> list[datetime]:
    return [datetime(2026, 11, 22, tzinfo=UTC)]


@pytest.fixture
def journal(tmp_path: Path, moment: list[datetime]) -> Iterator[Journal]:
    with Journal(tmp_path / "diario.sqlite3", lambda: moment[0]) as opened:
        yield opened


@contextmanager
def api(city: object) -> Iterator[Api]:
    yield Api(lambda _: city)  # type: ignore[arg-type]  # all that learn asks of a client


def test_what_a_city_asks_is_fetched_once_and_kept(journal: Journal) -> None:
    city = City(TOLD)
    with api(city) as world:
        assert cities.learn(journal, world, waiting()) == {"3505708"}
        assert cities.learn(journal, world, waiting()) == frozenset()
    assert city.asked == 1
    rules = cities.known(journal)["3505708"]
    assert rules.flags == {"endereco_obrigatorio_nfse": True}
    assert rules.itens_lista_servico == {"0107"}
    assert rules.codigos_tributarios is None


def test_an_old_answer_is_asked_again_and_serves_meanwhile(
    journal: Journal, moment: list[datetime]
) -> None:
    city = City(TOLD)
    with api(city) as world:
        cities.learn(journal, world, waiting())
        moment[0] += timedelta(days=40)
        assert "3505708" in cities.known(journal)
        assert cities.learn(journal, world, waiting()) == frozenset()
    assert city.asked == 2


@pytest.mark.parametrize(
    "city", [City(Fault("sem-internet", maybe_arrived=False)), MissingToken(UM.cnpj)]
)
def test_a_city_nobody_answers_for_keeps_the_usual_rules(journal: Journal, city: object) -> None:
    with api(city) as world:
        assert cities.learn(journal, world, waiting()) == frozenset()
    assert cities.known(journal) == {}


def test_half_an_answer_is_not_kept(journal: Journal) -> None:
    city = City(TOLD)
    city.codes = Fault("sem-resposta", maybe_arrived=True)
    with api(city) as world:
        assert cities.learn(journal, world, waiting()) == frozenset()
    assert cities.known(journal) == {}


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"codigo_municipio": "3550308"},
        {"codigo_municipio": None},
        {"codigo_municipio": ["3505708"]},
        {"codigo_municipio": {"a": 1}},
    ],
)
def test_an_answer_of_another_city_or_of_none_is_not_kept(journal: Journal, answer: Any) -> None:
    with api(City(answer)) as world:
        assert cities.learn(journal, world, waiting()) == frozenset()
    assert cities.known(journal) == {}


def test_what_an_earlier_version_kept_and_cannot_be_read_is_as_if_never_told(
    journal: Journal,
) -> None:
    journal.remember_municipio("3505708", '{"municipio": []}')
    assert cities.known(journal) == {}
