"""Whatever the program says to run is run, as it was said, in the state in which it was said."""

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from converter import cli
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings
from converter.texts import ajuda, console, folhas, resultado
from converter.texts.catalogue import CATALOGUE
from tests.corrida import NOW, VALOR, Rows, exemplo, real, tabela

NOTAS = "notas de setembro.csv"
REAL = ("--ambiente", "homologacao")
_SAID = re.compile(r"planilote (?:[a-z]+)\b.*?(?=\. |; |, | \(|\)|”|$)", re.MULTILINE)


def said(text: str) -> list[str]:
    """The commands a text says to run, in their order."""
    return [found.rstrip(". ") for found in _SAID.findall(text)]


class Office:
    """Somebody in a working folder, who types what is said and goes to the prefeitura."""

    def __init__(self, folder: Path, api: RunningSimulator) -> None:
        self.folder = folder
        self._api = api
        self.environ = real(api.url)
        self.code = 0

    def types(self, command: str, *, embedded: bool = False, answer: str = "") -> str:
        """What a command answers, typed in the folder; `embedded` leaves the API to the program."""
        program, *words = shlex.split(command)
        assert program == "planilote"
        env = {} if embedded or "--ambiente" not in words else self.environ
        result = CliRunner().invoke(cli.main, words, env=env, prog_name="planilote", input=answer)
        self.code = result.exit_code
        assert not result.output.startswith("Uso:"), result.output
        return result.output

    def follows(self, text: str) -> str:
        """What the last command that a text says answers."""
        answers = [self.types(command) for command in said(text)]
        assert answers, text
        return answers[-1]

    def has(self, rows: Rows, name: str = NOTAS) -> None:
        tabela(self.folder, rows, name)

    def sends(self) -> str:
        return self.types(f"planilote converter {' '.join(REAL)}")

    def goes_to_the_prefeitura(self) -> list[Path]:
        """Each import file taken there, each return file brought home."""
        home = []
        for file in sorted((self.folder / "saida" / "lotes").iterdir()):
            _, content = self._api.play(file.stem)
            home.append(self.folder / "retornos" / f"{file.stem}.ret")
            home[-1].write_bytes(content)
        return home

    def resumo(self, name: str = "notas de setembro_resultado.xlsx") -> str:
        sheet = openpyxl.load_workbook(self.folder / "saida" / name)["Resumo"]
        cells = (cell.value for row in sheet.iter_rows() for cell in row)
        return "\n".join(str(value) for value in cells if value)

    def messages(self) -> str:
        sheet = openpyxl.load_workbook(self.folder / "saida" / "notas de setembro_resultado.xlsx")[
            "Resultado"
        ]
        return "\n".join(str(row[-1]) for row in sheet.iter_rows(values_only=True))


@pytest.fixture
def office(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    monkeypatch.chdir(tmp_path)
    with serve(tmp_path_factory.mktemp("api"), settings=Settings(now=lambda: NOW)) as api:
        yield Office(tmp_path, api)


def wrong() -> Rows:
    first, *good = exemplo()
    return [{**first, VALOR: "muito"}, *good]


def iniciar(office: Office) -> None:
    text = office.types(
        "planilote iniciar . --cnpj 45.782.190/0001-84 --municipio Barueri/SP --inscricao 1 "
        "--simples n"
    )
    assert "24 notas" in office.follows(text)


def exemplo_(office: Office) -> None:
    assert "24 notas" in office.follows(office.types("planilote exemplo"))


def nenhum_lote(office: Office) -> None:
    text = office.types("planilote situacao --ambiente homologacao")
    office.has(exemplo())
    assert "12 com arquivo gerado" in office.follows(text)


def nada_para_ler(office: Office) -> None:
    text = office.sends()
    assert "Nada para ler" in text
    office.has(exemplo())
    assert "12 com arquivo gerado" in office.follows(text)


def a_prefeitura(office: Office) -> None:
    """The whole loop, from the first run to the authorised notes, by its own words."""
    office.has(exemplo())
    text = office.follows(office.types(f"planilote conferir {' '.join(REAL)}"))
    for place in (
        text,
        office.follows("planilote situacao --ambiente homologacao"),
        office.resumo(),
    ):
        assert said(place)[-1] == "planilote converter --ambiente homologacao"
    for line in text.splitlines():
        if "/lotes/" in line:
            assert (office.folder / line.strip().partition(": ")[0]).is_file()
    office.goes_to_the_prefeitura()
    assert "12 autorizadas" in office.follows(said(text)[-1])
    assert "Nada a fazer" in office.types("planilote situacao --ambiente homologacao")


def sem_token(office: Office) -> None:
    office.has(exemplo())
    token = office.environ.pop("FOCUS_TOKEN")
    text = office.sends()
    assert "Para enviar, rode" in text
    waiting = office.types("planilote situacao --ambiente homologacao")
    office.environ["FOCUS_TOKEN"] = token
    assert "esperam o envio" in waiting
    assert "12 com arquivo gerado" in office.follows(waiting)


def nao_enviada(office: Office) -> None:
    office.has(exemplo())
    office.types("planilote converter --ambiente producao", answer="n\n")
    assert said(office.messages())[0] == "planilote converter --ambiente producao"
    assert said(office.resumo())[-1] == "planilote converter --ambiente producao"
    again = office.types(said(office.messages())[0], answer="s\n")
    assert "12 com arquivo gerado" in again


def corrigir(office: Office) -> None:
    office.has(wrong())
    texts = [office.sends(), office.resumo(), office.types("planilote situacao " + " ".join(REAL))]
    for text in texts:
        assert {*said(text)} == {"planilote converter --ambiente homologacao"}
    book = openpyxl.load_workbook("saida/notas de setembro_corrigir.xlsx")
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "muito":
                cell.value = 1234.5
    book.save("entrada/notas de setembro_corrigir.xlsx")
    assert "7 com arquivo gerado" in office.types(said(texts[0])[-1])


def conferida(office: Office) -> None:
    office.has(exemplo())
    office.types(f"planilote conferir {' '.join(REAL)}")
    assert "12 com arquivo gerado" in office.follows(said(office.messages())[0])


def ambiente_nao_dito(office: Office) -> None:
    office.has(exemplo())
    office.sends()
    text = office.types("planilote converter")
    going_on, rehearsing = said(text)
    assert "nada de novo" in office.types(going_on)
    assert "12 autorizadas" in office.types(rehearsing, embedded=True)


def retorno_de_outro_ambiente(office: Office) -> None:
    office.has(exemplo())
    office.sends()
    office.goes_to_the_prefeitura()
    text = office.types("planilote converter --ambiente simulado", embedded=True)
    line = next(line for line in text.splitlines() if "que está em homologacao" in line)
    assert "12 autorizadas" in office.follows(line)


def retorno_sem_lote(office: Office) -> None:
    office.has(exemplo())
    office.sends()
    ref = "pl" + "0" * 30
    back = office.goes_to_the_prefeitura()[0]
    stranger = back.with_name(f"{ref}.ret")
    back.rename(stranger)
    text = office.sends()
    line = next(line for line in text.splitlines() if ref in line and "planilote" in line)
    assert back.stem in office.follows(line)


def retorno_irreconhecivel(office: Office) -> None:
    office.has(exemplo())
    office.sends()
    back = office.goes_to_the_prefeitura()[0]
    data = back.read_bytes()
    back.unlink()
    (office.folder / "retornos" / "baixado do site.txt").write_bytes(data[:40])
    text = office.sends()
    line = next(line for line in text.splitlines() if "planilote resposta" in line)
    look, answer = said(line)
    assert back.stem in office.types(look)
    (office.folder / "retornos" / "baixado do site.txt").write_bytes(data)
    assert "retorno da prefeitura lido" in office.types(answer.replace("REF", back.stem))


def retorno(office: Office) -> None:
    office.has(exemplo())
    office.types("planilote converter", embedded=True)
    ref = min((office.folder / "saida" / "lotes").iterdir()).stem
    assert office.follows(office.types(f"planilote retorno {ref}"))
    assert office.code == 0


def linha_alterada(office: Office) -> None:
    office.has(exemplo())
    office.sends()
    office.has([{**exemplo()[0], VALOR: "1.999,00"}, *exemplo()[1:]])
    text = office.sends()
    line = next(line for line in text.splitlines() if "--reenviar" in line)
    assert "com arquivo gerado" in office.follows(line)


def recusadas(office: Office) -> None:
    """The prefeitura refuses a note of which she was not foretold; mended, it is authorised."""
    (office.folder / "planilote.toml").write_text(
        '[severidade]\nprefeitura-recusaria = "silencio"\n', encoding="utf-8"
    )
    office.has([{**exemplo()[0], "Bairro": ""}])
    office.sends()
    office.goes_to_the_prefeitura()
    office.sends()
    waiting = office.types("planilote situacao --ambiente homologacao")
    assert "A prefeitura recusou 1 nota" in waiting
    assert said(office.resumo())[-1] == said(waiting)[-1]
    office.has(exemplo()[:1])
    assert "1 com arquivo gerado" in office.types(said(waiting)[-1])
    assert "A prefeitura recusou" not in office.types("planilote situacao --ambiente homologacao")


def restaurado(office: Office) -> None:
    office.has(exemplo())
    office.types("planilote converter", embedded=True)
    text = office.types("planilote diario restaurar --ambiente simulado", embedded=True)
    office.follows(text)
    assert office.code == 0


def guia(office: Office) -> None:
    (office.folder / "planilote.toml").write_text('[severidade]\nx-y = "aviso"\n', encoding="utf-8")
    assert office.follows(office.types("planilote conferir")).count("# Erros e avisos")
    (office.folder / "planilote.toml").unlink()
    iniciar(office)
    text = (office.folder / "planilote.toml").read_text(encoding="utf-8").splitlines()[0]
    assert "planilote.toml" in office.follows(text)


STATES: dict[Callable[[Office], None], tuple[str, ...]] = {
    iniciar: ("PASTA_PRONTA",),
    exemplo_: ("EXEMPLO_PRONTO",),
    nenhum_lote: (),
    nada_para_ler: (),
    a_prefeitura: ("PASSO_RETORNO", "SEM_RESPOSTA"),
    sem_token: (),
    nao_enviada: ("NAO_ENVIADA", "PASSO_ENVIAR"),
    corrigir: ("PASSO_CORRIGIR",),
    conferida: ("CONFERIDA",),
    ambiente_nao_dito: ("ambiente-nao-dito",),
    retorno_de_outro_ambiente: ("retorno-de-outro-ambiente",),
    retorno_sem_lote: ("retorno-ref-desconhecida",),
    retorno_irreconhecivel: ("retorno-sem-lote",),
    retorno: (),
    linha_alterada: ("linha-alterada",),
    recusadas: ("PASSO_NOTAS_RECUSADAS",),
    restaurado: (),
    guia: (),
}
"""Each state, and the sentences with a command that are said in it."""
ELSEWHERE = {
    # Said where the wire broke or the API refused, where tests/falhas and tests/focus hold the
    # state, and of the answers' own sheets (docs/guia/responder.md, which is run); their commands
    # are the same two, `converter` and `situacao`.
    "PASSO_DESCONHECIDO", "PASSO_RECUSADO", "PASSO_ERROS", "PASSO_RESPONDER", "PERGUNTAS",
    "PASSO_RETORNO_SIMULADO", "retorno-lote-sem-arquivo", "retorno-outro-ambiente",
    "retorno-varios-lotes", "cancelamento-feito",
}  # fmt: skip
"""Sentences with a command whose state no test of this module makes."""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_"))
def test_what_is_said_to_be_run_works_where_it_is_said(
    state: Callable[[Office], None], office: Office
) -> None:
    state(office)


def test_the_sentences_with_a_command_are_known() -> None:
    placeholder = re.compile(r"\{(converter|conferir|situacao|resposta|reenviar|continuar)\}")
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
    assert found == covered | ELSEWHERE
