"""A lote from requests: everything as text, and JSON sent without saying that it is JSON."""

import json
import os
import sys
from pathlib import Path

import requests

servidor = os.environ["SERVIDOR"]
token = os.environ["TOKEN"]
ref = sys.argv[1]

nfse = {
    "data_emissao": "2026-11-03T12:00:00-03:00",
    "natureza_operacao": "1",
    "tomador": {
        "cnpj": "07.504.505/0001-32",
        "razao_social": "Oficina Três Irmãos Ltda",
        "endereco": {
            "logradouro": "Rua João Batista",
            "numero": "34",
            "bairro": "São Miriti",
            "codigo_municipio": "3505708",
            "uf": "SP",
            "cep": "06401-000",
        },
    },
    "servico": {
        "aliquota": "2.92",
        "base_calculo": "400.00",
        "discriminacao": "Manutenção elétrica, mão de obra",
        "iss_retido": "0",
        "item_lista_servico": "1401",
        "codigo_tributario_municipio": "452000100",
        "valor_iss": "11.68",
        "valor_liquido": "400.00",
        "valor_servicos": "400.00",
    },
}
lote = {
    "prestador": {
        "cnpj": "11.222.333/0001-81",
        "inscricao_municipal": "1234567",
        "codigo_municipio": "3505708",
    },
    "lista_nfse": [nfse],
}

api = requests.Session()
api.auth = (token, "")
url = f"{servidor}/v2/lotes_rps"

criado = api.post(url, params={"ref": ref}, data=json.dumps(lote), timeout=30)
assert criado.status_code == 201, criado.text
Path("arquivo_lote_rps.txt").write_bytes(criado.content)

consultado = api.get(f"{url}/{ref}", timeout=30)
assert consultado.status_code == 200, consultado.text
Path("consulta.txt").write_bytes(consultado.content)

retorno = requests.post(f"{servidor}/simulador/lotes/{ref}/retorno", timeout=30)
Path("retorno.txt").write_bytes(retorno.content)

resposta = api.post(f"{url}/{ref}/resposta", data=Path("retorno.txt").read_bytes(), timeout=30)
assert resposta.status_code == 201, resposta.text
print(resposta.text)
