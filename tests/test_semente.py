"""A row with the data of the API page's own example becomes that example's payload."""

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from converter import pipeline
from converter.runtime.environment import Environment
from converter.settings import load

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
ROW = {
    "Data de emissão": "19/03/2019 12:07:26",
    "CNPJ do prestador": "18.765.499/0001-99",
    "Inscrição municipal do prestador": "12345",
    "Município do prestador (código IBGE)": "3516200",
    "Natureza da operação": "1",
    "CPF/CNPJ do tomador": "07.504.505/0001-32",
    "Nome ou razão social do tomador": "Acras Tecnologia da Informação LTDA",
    "E-mail do tomador": "contato@acras.com.br",
    "Logradouro": "Rua Dias da Rocha Filho",
    "Número do endereço": "999",
    "Complemento": "Prédio 04 - Sala 34C",
    "Bairro": "Alto da XV",
    "Município do tomador": "Curitiba",
    "UF": "PR",
    "CEP": "80045-165",
    "Discriminação do serviço": "Nota fiscal referente a serviços prestados",
    "Item da lista de serviços (LC 116)": "1.07",
    "Código tributário do município": "620910000",
    "Valor dos serviços": "R$ 1,00",
    "Alíquota do ISS (%)": "3%",
    "ISS retido": "não",
}
# The example of the API page "Emissão NFSe por arquivo"; `iss_retido` as the boolean its field
# table asks for, where the page's own example writes "false".
EXPECTED = {
    "prestador": {
        "cnpj": "18765499000199",
        "inscricao_municipal": "12345",
        "codigo_municipio": "3516200",
    },
    "lista_nfse": [
        {
            "data_emissao": "2019-03-19T12:07:26-03:00",
            "natureza_operacao": 1,
            "servico": {
                "aliquota": 3,
                "discriminacao": "Nota fiscal referente a serviços prestados",
                "iss_retido": False,
                "item_lista_servico": "0107",
                "codigo_tributario_municipio": "620910000",
                "valor_servicos": Decimal("1.0"),
            },
            "tomador": {
                "cnpj": "07504505000132",
                "razao_social": "Acras Tecnologia da Informação LTDA",
                "email": "contato@acras.com.br",
                "endereco": {
                    "logradouro": "Rua Dias da Rocha Filho",
                    "numero": "999",
                    "complemento": "Prédio 04 - Sala 34C",
                    "bairro": "Alto da XV",
                    "codigo_municipio": "4106902",
                    "uf": "PR",
                    "cep": "80045165",
                },
            },
        }
    ],
}


def payload(pasta: Path, row: dict[str, str]) -> dict[str, object]:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, row, delimiter=";")
    writer.writeheader()
    writer.writerow(row)
    (pasta / "entrada").mkdir(exist_ok=True)
    (pasta / "entrada" / "uma.csv").write_text(stream.getvalue(), encoding="utf-8")
    report = pipeline.run(
        load({}, pasta=str(pasta)),
        Environment(now=lambda: NOW, seconds=lambda: 2e9, sleep=lambda _: None),
        [],
        enviar=False,
        tell=lambda _: None,
    )
    (done,) = report.files
    assert done.report is not None
    (outcome,) = done.report.outcomes
    return json.loads(outcome.lote.payload, parse_float=Decimal)


def test_the_example_of_the_api_page_comes_out_equal(tmp_path: Path) -> None:
    made = payload(tmp_path, ROW)
    assert made == EXPECTED
    assert made["lista_nfse"][0]["servico"]["iss_retido"] is False  # type: ignore[index]  # a tree


@pytest.mark.parametrize(
    "change",
    [
        lambda row: dict(reversed(row.items())),
        lambda row: {"Nº interno": "77", **row},
        lambda row: {{"Valor dos serviços": "Valor"}.get(key, key): row[key] for key in row},
        lambda row: {key.upper(): value for key, value in row.items()},
    ],
    ids=["moved", "unknown-column", "synonym", "capitals"],
)
def test_moving_renaming_or_adding_a_column_changes_nothing(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]  # a lambda per case
    assert payload(tmp_path, change(ROW)) == EXPECTED
