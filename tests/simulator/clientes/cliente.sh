#!/bin/sh
# A lote from curl: the file goes as it is (-T), the answer is kept as it comes.
set -eu
ref="$1"
url="$SERVIDOR/v2/lotes_rps"

cat > lote.json <<'JSON'
{
  "prestador": {"cnpj": "11222333000181", "inscricao_municipal": "12345678", "codigo_municipio": "3550308"},
  "lista_nfse": [
    {
      "data_emissao": "2026-11-03T12:07:26-03:00",
      "natureza_operacao": 1,
      "optante_simples_nacional": false,
      "servico": {
        "aliquota": 3,
        "discriminacao": "Nota fiscal referente a serviços prestados",
        "iss_retido": "false",
        "item_lista_servico": "0107",
        "codigo_tributario_municipio": "02919",
        "valor_servicos": 1.0
      },
      "tomador": {
        "cnpj": "07504505000132",
        "razao_social": "Livraria da Serra Ltda",
        "email": "contato@livrariadaserra.example",
        "endereco": {
          "logradouro": "Rua das Araucárias",
          "numero": "999",
          "complemento": "Prédio 04, sala 34C",
          "bairro": "Alto da XV",
          "codigo_municipio": "4106902",
          "uf": "PR",
          "cep": "80045165"
        }
      }
    }
  ]
}
JSON

pede() {
  curl --silent --show-error --fail-with-body --noproxy '*' "$@"
}

pede -u "$TOKEN:" -X POST -T lote.json "$url?ref=$ref" > arquivo_lote_rps.txt
pede -u "$TOKEN:" "$url/$ref" > consulta.txt
pede -X POST "$SERVIDOR/simulador/lotes/$ref/retorno" > retorno.txt
pede -u "$TOKEN:" -X POST -T retorno.txt "$url/$ref/resposta"
