"""Whatever the program says to run is run, as it was said, in the state in which it was said."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from converter.runtime import environment
from converter.simulator.server import serve
from converter.simulator.settings import Settings
from converter.texts import ajuda, console, folhas, resultado
from converter.texts.catalogue import CATALOGUE
from tests.runs import NOW
from tests.told_commands import broken, returns, runs
from tests.told_commands.office import Office


@pytest.fixture
def office(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    monkeypatch.chdir(tmp_path)
    # Another hour than at the API: else what a rehearsal gives back is the same to the byte.
    known = {"now": lambda: NOW + timedelta(hours=1), "pause": lambda _: None}
    monkeypatch.setattr(environment, "Environment", partial(environment.Environment, **known))
    with serve(tmp_path_factory.mktemp("api"), settings=Settings(now=lambda: NOW)) as api:
        yield Office(tmp_path, api)


STATES: dict[Callable[[Office], None], tuple[str, ...]] = {
    runs.iniciar: ("PASTA_PRONTA",),
    runs.exemplo_: ("EXEMPLO_PRONTO",),
    runs.nenhum_lote: (),
    runs.nada_para_ler: (),
    runs.a_prefeitura: ("PASSO_RETORNO", "SEM_RESPOSTA"),
    broken.sem_token: (),
    broken.nao_enviada: ("NAO_ENVIADA", "PASSO_ENVIAR"),
    runs.corrigir: ("PASSO_CORRIGIR",),
    runs.checked: ("CONFERIDA",),
    runs.ambiente_nao_dito: ("ambiente-nao-dito",),
    returns.retorno_de_outro_ambiente: ("retorno-de-outro-ambiente",),
    returns.retorno_sem_lote: ("retorno-ref-desconhecida",),
    returns.retorno_irreconhecivel: ("retorno-sem-lote",),
    returns.retorno: (),
    runs.linha_alterada: ("linha-alterada",),
    returns.recusadas: ("PASSO_NOTAS_RECUSADAS",),
    broken.restaurado: (),
    runs.guia: (),
    returns.simulado_em_outra_api: ("PASSO_RETORNO_SIMULADO",),
    broken.destino_desconhecido: ("PASSO_DESCONHECIDO",),
    runs.sem_cabecalho: ("PASSO_ERROS",),
    broken.lote_recusado: ("PASSO_RECUSADO",),
    runs.perguntas: ("PASSO_RESPONDER", "PERGUNTAS"),
    returns.retorno_de_lote_sem_arquivo: ("retorno-lote-sem-arquivo",),
    returns.retorno_lido_em_outro_ambiente: ("retorno-outro-ambiente",),
    returns.retorno_de_mais_de_um_lote: ("retorno-varios-lotes",),
    returns.cancelamento: ("cancelamento-feito",),
    broken.interrompido: ("INTERROMPIDO", "DEFEITO"),
}
"""Each state, and the sentences with a command that are said in it."""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_"))
def test_what_is_said_to_be_run_works_where_it_is_said(
    state: Callable[[Office], None], office: Office
) -> None:
    state(office)


def test_the_sentences_with_a_command_are_known() -> None:
    placeholder = re.compile(
        r"\{(converter|conferir|situacao|resposta|reenviar|continuar|comando)\}"
    )
    named = {
        name: text
        for module in (ajuda, console, folhas, resultado)
        for name, text in vars(module).items()
    }
    hints = {code: entry.hint for code, entry in CATALOGUE.items()}
    found = {
        name
        for name, text in (named | hints).items()
        if isinstance(text, str) and placeholder.search(text)
    }
    covered = {name for names in STATES.values() for name in names}
    assert found == covered
