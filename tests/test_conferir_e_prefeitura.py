"""What `conferir` says of a note and what the embedded prefeitura answers are one and the same."""

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from converter.model.problems import Severity
from converter.simulator import prefeitura
from converter.simulator.app import create_app
from converter.simulator.settings import Settings as SimulatorSettings
from converter.simulator.state import State
from tests.checked import NOW, checked
from tests.layouts import amostras

CITIES = {
    "barueri-pmb004": ("3505708", "620910000"),
    "sao-paulo-v002": ("3550308", "02660"),
    "abrasf-2.02": ("3516200", "620910000"),
}
OF_THE_CITY = {"prefeitura-recusaria", "leiaute-sem-lugar", "leiaute-exige"}
FOREIGN = {
    "tomador.cnpj": "",
    "tomador.nif": "PT501234567",
    "tomador.endereco.uf": "EX",
    "tomador.endereco.codigo_municipio": "",
    "tomador.endereco.cep": "",
    "tomador.endereco.codigo_pais": "Portugal",
}
PERSON = {"tomador.cnpj": "", "tomador.cpf": amostras.full_cpf("529982247")}
NOBODY = {"tomador.cnpj": "", "tomador.razao_social": ""}
CHANGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("natureza_operacao", ("1", "2", "3", "4", "5", "6")),
    ("optante_simples_nacional", ("Não", "Sim")),
    ("regime_especial_tributacao", ("", "1", "2", "3", "4", "5", "6")),
    ("tomador.razao_social", ("Padaria Pão de Mel Ltda", "")),
    ("tomador.email", ("", "contato@paodemel.example")),
    ("tomador.endereco.logradouro", ("Rua das Acácias", "")),
    ("tomador.endereco.numero", ("10", "")),
    ("tomador.endereco.bairro", ("Centro", "")),
    ("tomador.endereco.cidade_exterior", ("", "Lisboa")),
    ("tomador.endereco.codigo_pais", ("", "Portugal")),
    ("servico.codigo_municipio", ("", "3505708", "3550308", "4106902")),
    ("servico.codigo_pais_ext", ("", "Portugal")),
    ("servico.exportacao", ("", "Sim", "Não")),
    ("servico.valor_servicos", ("1.000,00", "0,00")),
    ("servico.valor_deducoes", ("", "100,00")),
    ("servico.desconto_incondicionado", ("", "50,00")),
    ("servico.valor_pis", ("", "6,50")),
    ("servico.valor_ir", ("", "15,00")),
    ("servico.tipo_retencao_pis_cofins", ("", "1", "2")),
    ("servico.aliquota", ("", "5", "2", "1,5")),
    ("servico.item_lista_servico", ("01.07", "07.02", "12.07")),
    ("servico.iss_retido", ("Não", "Sim")),
    ("servico.responsavel_retencao", ("", "1", "2")),
    ("intermediario.cnpj", ("", amostras.full_cnpj("112223330001"))),
    ("intermediario.razao_social", ("", "Casa do Meio Ltda")),
    ("codigo_obra", ("", "12")),
    ("art", ("", "13")),
    ("numero_processo", ("", "0801234")),
    ("numero_rps_substituido", ("", "44")),
    ("serie_rps_substituido", ("", "A")),
    ("numero_nfse_substituida", ("", "41")),
    ("servico.codigo_indicador_operacao", ("", "030101")),
    ("tributacao_rps", ("", "T", "F", "S", "P")),
    ("data_competencia", ("", "19/11/2026", "21/11/2026")),
)


def rows(slug: str, count: int, seed: int) -> Iterator[dict[str, str]]:
    """Random notes of one prestador: a good one with up to four things changed."""
    codigo, code = CITIES[slug]
    draw = random.Random(f"{slug} {seed}")  # noqa: S311 - invented data, no secret
    for number in range(count):
        row = {
            "prestador.cnpj": amostras.PRESTADOR,
            "prestador.inscricao_municipal": "1234567",
            "prestador.codigo_municipio": codigo,
            "data_emissao": "20/11/2026 10:00",
            "servico.discriminacao": f"Serviço {number}",
            "servico.codigo_tributario_municipio": code,
            "tomador.cnpj": amostras.full_cnpj("075045050001"),
            "tomador.cpf": "",
            "tomador.nif": "",
            "tomador.endereco.uf": "PR",
            "tomador.endereco.codigo_municipio": "4106902",
            "tomador.endereco.cep": "80045-165",
            **{path: values[0] for path, values in CHANGES},
        }
        row |= draw.choice(({}, {}, {}, FOREIGN, PERSON, NOBODY))
        for path, values in draw.sample(CHANGES, draw.randrange(5)):
            row[path] = draw.choice(values)
        yield row


def answers(slug: str, notas: list[Mapping[str, Any]]) -> list[bool]:
    """Whether the embedded API or prefeitura refuses each note, sent alone."""
    state = State()
    client = create_app(state, SimulatorSettings(now=lambda: NOW)).test_client()
    issuer = {
        "cnpj": amostras.PRESTADOR,
        "inscricao_municipal": "1234567",
        "codigo_municipio": CITIES[slug][0],
    }
    refused = []
    for number, nota in enumerate(notas):
        body = {"prestador": issuer, "lista_nfse": [nota]}
        sent = client.post(f"/v2/lotes_rps?ref=n{number}&token=x", json=body)
        assert sent.status_code in {201, 422}, sent.text
        if sent.status_code == 201:
            prefeitura.play(state, f"n{number}", NOW)
            lote = state.find(None, f"n{number}")
            assert lote is not None
            refused.append(lote.recusado)
        else:
            refused.append(True)
    state.close()
    return refused


def agree(slug: str, count: int, seed: int) -> tuple[int, int]:
    """How many rows the city refuses and how many it takes; fails where the two disagree."""
    tabela = {"municipios": {CITIES[slug][0]: {"leiaute": slug}}}
    done, sheet = checked(list(rows(slug, count, seed)), tabela)
    foreseen = {
        (one.planilha, one.row)
        for one in done.problems
        if one.code in OF_THE_CITY and one.severity is Severity.ERRO
    }
    places = [
        place
        for place, row in enumerate(sheet.rows)
        if (sheet.planilha, row) not in done.rejected or (sheet.planilha, row) in foreseen
    ]
    told = [(sheet.planilha, sheet.rows[place]) in foreseen for place in places]
    said = answers(slug, [json.loads(sheet.objects[place]) for place in places])
    differ = [
        (sheet.objects[place], mine, theirs)
        for place, mine, theirs in zip(places, told, said, strict=True)
        if mine != theirs
    ]
    assert differ == []
    return sum(told), len(told) - sum(told)


@pytest.mark.parametrize("slug", CITIES)
def test_conferir_and_the_prefeitura_agree(slug: str) -> None:
    refused, taken = agree(slug, 150, seed=1)
    assert min(refused, taken) > 0


@pytest.mark.longo
@pytest.mark.parametrize("slug", CITIES)
def test_conferir_and_the_prefeitura_agree_on_a_thousand(slug: str) -> None:
    refused, taken = agree(slug, 2500, seed=2)
    assert refused + taken >= 1000
    assert min(refused, taken) > 50
