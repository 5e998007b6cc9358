"""States in which the prefeitura has answered, or should have."""

import re

import requests

from converter.simulator.server import serve
from converter.simulator.settings import Settings
from tests.runs import NOW, VALOR, exemplo, real
from tests.told_commands.office import REAL, Office, ref_in, said, said_of

PRESTADOR = ("45782190000184", "4521873", "3505708")


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


def simulado_em_outra_api(office: Office) -> None:
    """The embedded prefeitura is not at hand: the page of the other API has hers."""
    office.has(exemplo())
    office.rehearses_outside = True
    text = office.types("planilote converter")
    (go_on,) = {*said(text), *said(office.resumo()), *said(office.types("planilote situacao"))}
    url = office.environ["PLANILOTE_URL"]
    for link in re.findall(r'href="(/simulador/lotes/[^"]+)"', requests.get(url, timeout=9).text):
        page = requests.get(url + link.replace("&amp;", "&"), timeout=9).text
        for label in re.findall("“(.+?)”", said_of(text, "simulação, em outra API")):
            kind, action = ("action", "post") if "Levar" in label else ("href", "get")
            found = re.search(rf'{kind}="([^"]+/retorno[^"]*)"[^<]*(?:<button)?>{label}<', page)
            assert found, (label, page)
            answer = requests.request(action, url + found[1].replace("&amp;", "&"), timeout=9)
            page = requests.get(url + link.replace("&amp;", "&"), timeout=9).text
        (office.folder / "retornos" / f"{len(answer.content)}.ret").write_bytes(answer.content)
    assert "12 autorizadas" in office.types(go_on)


def retorno_de_lote_sem_arquivo(office: Office) -> None:
    office.has(exemplo()[:1])
    token = office.environ.pop("FOCUS_TOKEN")
    ref = ref_in(office.sends())
    office.environ["FOCUS_TOKEN"] = token
    file = office.folder / "retornos" / "baixado.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text("qualquer", encoding="utf-8")
    text = office.types(f"planilote resposta {ref} baixado.txt {' '.join(REAL)}")
    convert, look = said(said_of(text, "ainda não tem arquivo"))
    file.unlink()
    assert "1 com arquivo gerado" in office.types(convert)
    assert ref in office.types(look)


def retorno_lido_em_outro_ambiente(office: Office) -> None:
    office.has(exemplo()[:1])
    office.sends()
    (back,) = office.goes_to_the_prefeitura()
    office.sends()
    text = office.types("planilote converter --ambiente producao --sim")
    (answer,) = said(said_of(text, "já foi lido em homologacao"))
    office.types(answer.replace("REF", back.stem))
    assert office.code == 0
    assert "Nada a fazer" in office.types("planilote situacao --ambiente producao")


def retorno_de_mais_de_um_lote(office: Office) -> None:
    """Two lotes of the same numbers: an API that began again from one."""
    office.has(exemplo()[:1])
    office.sends()
    (back,) = office.goes_to_the_prefeitura()
    back.rename(back.with_name("baixado do site.txt"))
    outra = office.folder / "outra"
    outra.mkdir()
    office.has([{**exemplo()[0], VALOR: "1.999,00"}], "mais.csv")
    with serve(outra, settings=Settings(now=lambda: NOW)) as api:
        first, office.environ = office.environ, real(api.url)
        text = office.sends()
        office.environ = first
    (answer,) = said(said_of(text, "serve a mais de um lote"))
    assert "retorno da prefeitura lido" in office.types(answer.replace("REF", back.stem))


def cancelamento(office: Office) -> None:
    office.has(exemplo()[:3])
    office.sends()
    (back,) = office.goes_to_the_prefeitura()
    office.sends()
    cancel = f"planilote cancelar {back.stem} 3 --descricao 'Valor errado' --sim"
    text = office.types(f"{cancel} {' '.join(REAL)}")
    (made,) = (office.folder / "saida" / "lotes").glob("cancelamento_*")
    assert made.name in text
    ref = ref_in(said_of(text, "Feito o arquivo").rpartition("(")[2])
    office.takes_by_hand(ref, made, PRESTADOR)
    assert "1 cancelada" in office.follows(said_of(text, "rode:"))


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
