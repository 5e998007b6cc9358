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
from converter.texts.catalogue import CATALOGUE
from converter.texts.sentences import sentences
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
    runs.iniciar: ("comando.pasta-pronta",),
    runs.exemplo_: ("comando.exemplo-pronto",),
    runs.nenhum_lote: ("console.nenhum-lote",),
    runs.nada_para_ler: ("console.nada-para-ler",),
    runs.a_prefeitura: (
        "console.pronto-gerado", "console.tudo-conferido", "folhas.passo-retorno",
        "folhas.sem-resposta", "passos.baixe-os-retornos", "passos.espera",
    ),
    broken.sem_token: ("console.nao-enviados", "passos.a-enviar"),
    broken.nao_enviada: ("resultado.nao-enviada", "folhas.passo-enviar"),
    runs.corrigir: ("folhas.passo-corrigir", "console.corrigir-arquivos", "passos.a-corrigir"),
    runs.checked: ("resultado.conferida",),
    runs.ambiente_nao_dito: ("ambiente-nao-dito",),
    returns.retorno_de_outro_ambiente: ("retorno-de-outro-ambiente",),
    returns.retorno_sem_lote: ("retorno-ref-desconhecida",),
    returns.retorno_irreconhecivel: ("retorno-sem-lote",),
    returns.retorno: ("comando.retorno",),
    runs.linha_alterada: ("linha-alterada",),
    returns.recusadas: ("folhas.passo-notas-recusadas", "passos.notas-recusadas"),
    broken.restaurado: ("diario.agora",),
    runs.guia: (),
    returns.simulado_em_outra_api: (
        "console.pronto-simulado", "folhas.passo-retorno-simulado", "passos.espera-simulada",
    ),
    broken.destino_desconhecido: ("folhas.passo-desconhecido", "console.desconhecido"),
    runs.sem_cabecalho: ("folhas.passo-erros", "console.corrigir-erros"),
    broken.lote_recusado: ("folhas.passo-recusado", "passos.lote-recusado"),
    runs.perguntas: ("folhas.passo-responder", "console.perguntas"),
    returns.retorno_de_lote_sem_arquivo: ("retorno-lote-sem-arquivo",),
    returns.retorno_lido_em_outro_ambiente: ("retorno-outro-ambiente",),
    returns.retorno_de_mais_de_um_lote: ("retorno-varios-lotes",),
    returns.cancelamento: ("cancelamento-feito",),
    broken.interrompido: ("comando.interrompido", "comando.defeito"),
}  # fmt: skip
"""Each state, and the sentences with a command that are said in it."""
ELSEWHERE = {
    "cancelamento-feito-simulado", "comando.sem-lote", "entrevista.escrito", "passos.mais-lotes",
    "vigia.retorno-espera", "vigia.so-confere",
}  # fmt: skip
"""In a rehearsal, of many lotes, by a watch or an interview: test_cancelar, texts, watching."""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_"))
def test_what_is_said_to_be_run_works_where_it_is_said(
    state: Callable[[Office], None], office: Office
) -> None:
    state(office)


def test_the_sentences_with_a_command_are_known() -> None:
    placeholder = re.compile(
        r"\{(converter|conferir|situacao|resposta|reenviar|continuar|comando)\}"
    )
    hints = {code: entry.hint for code, entry in CATALOGUE.items()}
    found = {name for name, text in (sentences() | hints).items() if placeholder.search(text)}
    covered = {name for names in STATES.values() for name in names}
    assert found == covered | ELSEWHERE
