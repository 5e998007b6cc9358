"""The parts of a run by themselves: what waits, what is kept, what is refused, what is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from converter.errors import Abort, MappingError, SettingsError
from converter.journal.journal import Journal
from converter.mapping.answers import load_answers
from converter.model.columns import Answers, AnswerUse, ColumnAnswer
from converter.model.consultas import Consulta
from converter.model.problems import Severity
from converter.model.run import ReturnDone
from converter.model.said import SourceAnswers
from converter.registers import books
from converter.registers.columns import PRESTADORES
from converter.runtime import (
    answers,
    arrivals,
    guarding,
    lookups,
    mapping_commands,
    register_files,
    returns,
)
from converter.runtime.environment import consulted_at
from converter.runtime.session import interrupted
from converter.runtime.workers import Failed
from converter.runtime.workspace import known_refs
from converter.settings import Settings, load
from tests.faults.samples import clock, lote

S = "simulado"
TODAY = date(2026, 11, 26)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load({}, pasta=str(tmp_path))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "diario.db", clock) as opened:
        yield opened


def said(path: str, signature: str = "abcdef123456", letter: str = "B") -> SourceAnswers:
    answer = ColumnAnswer(letter, "valor", AnswerUse.CAMPO, path)
    return SourceAnswers(
        signature, "Notas", Answers(arquivo="notas_corrigir.xlsx", colunas=(answer,))
    )


def test_an_answer_is_kept_once_and_the_last_one_holds(settings: Settings) -> None:
    (path,) = answers.keep(settings, [said("tomador.cnpj"), said("tomador.cpf")], TODAY)
    assert path.name == "respostas_notas_abcdef.toml"
    ((_, kept),) = load_answers(path.parent).values()
    assert [one.campo for one in kept.colunas] == ["tomador.cpf"]
    assert answers.keep(settings, [said("tomador.cpf")], TODAY) == []
    assert list(answers.kept_answers(settings)) == ["abcdef123456"]


def test_a_file_of_the_user_is_never_written_over(settings: Settings) -> None:
    mine = settings.folders.mappings / "respostas_notas_abcdef.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text('nome = "meu"', encoding="utf-8")
    (path,) = answers.keep(settings, [said("tomador.cnpj")], TODAY)
    assert path.name == "respostas_notas_abcdef_2.toml"
    assert mine.read_text(encoding="utf-8") == 'nome = "meu"'


def test_a_ref_nobody_knows_is_refused(journal: Journal) -> None:
    one = lote()
    journal.prepare(S, [one])
    known_refs([one.ref], journal, S)
    with pytest.raises(SettingsError, match="pl000"):
        known_refs([one.ref, "pl000"], journal, S)
    with pytest.raises(SettingsError):
        known_refs([one.ref], journal, "producao")


def test_a_return_of_the_rehearsal_says_so_in_its_name_and_is_not_a_dropped_one(
    tmp_path: Path,
) -> None:
    names = ("retorno.txt", returns.rehearsed("pl1", "RET.TXT"), ".oculto", "~temporario")
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in returns.dropped(tmp_path)] == ["retorno.txt"]
    assert list(returns.dropped(tmp_path / "outra")) == []


def test_a_return_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    found = returns.load(tmp_path / "sumiu.txt")
    assert isinstance(found, ReturnDone)
    assert (found.read, found.messages[0].code) == (False, "retorno-inacessivel")


def test_registers_are_read_by_name_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    assert register_files.load(tmp_path) == register_files.Registers()
    (tmp_path / PRESTADORES).write_bytes(books.prestadores())
    assert register_files.load(tmp_path).sha256
    (tmp_path / PRESTADORES).write_bytes(b"")
    with pytest.raises(MappingError, match=PRESTADORES):
        register_files.load(tmp_path)


def test_a_mapping_is_drafted_once_and_a_template_never_overwrites(settings: Settings) -> None:
    path = mapping_commands.write_template(settings, None)
    assert path.read_bytes()[:2] == b"PK"
    with pytest.raises(SettingsError, match="Já existe"):
        mapping_commands.write_template(settings, None)
    with pytest.raises(SettingsError, match="Não existe o modelo"):
        mapping_commands.write_template(settings, "outro")
    names = [line.partition(":")[0] for line in mapping_commands.explain_mappings(settings, None)]
    assert "padrao" in names


def test_a_rehearsal_is_refused_where_real_lotes_wait(settings: Settings, journal: Journal) -> None:
    guarding.refuse_unsaid_ambiente(settings, journal)
    journal.prepare("producao", [lote()])
    with pytest.raises(Abort) as refused:
        guarding.refuse_unsaid_ambiente(settings, journal)
    assert refused.value.code == "ambiente-nao-dito"


def test_what_may_be_asked_is_what_the_folder_says(settings: Settings, journal: Journal) -> None:
    assert lookups.known(journal, settings).answers == {}
    asking = replace(settings, tabela={"completar": {"cep": True}})
    asked = Consulta("cep", "01310100")
    journal.remember_consulta(consulted_at(asking, "cep"), *asked, '{"uf": "SP"}')
    assert lookups.known(journal, asking).answers[asked].data == {"uf": "SP"}
    with pytest.raises(SettingsError, match="não existe"):
        lookups.known(journal, replace(settings, tabela={"completar": {"cpf": True}}))


def test_a_file_whose_work_broke_off_is_an_error_of_its_own() -> None:
    problem = interrupted("a.csv", Failed("faltou memória", ""))
    assert (problem.severity, problem.arquivo) == (Severity.ERRO, "a.csv")
    assert problem.details["motivo"] == "faltou memória"
    assert arrivals.Arrivals((), (), (), (problem,), {"b.csv": "b"}).present == {"a.csv", "b.csv"}
