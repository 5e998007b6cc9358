// A lote from Node: a date without time, a number for the rate, text for the rest.
import { readFile, writeFile } from "node:fs/promises";

const { SERVIDOR, TOKEN } = process.env;
const ref = process.argv[2];
const url = `${SERVIDOR}/v2/lotes_rps`;
const headers = { Authorization: "Basic " + Buffer.from(`${TOKEN}:`).toString("base64") };

const lote = {
  prestador: { cnpj: "11222333000181", inscricao_municipal: "12345", codigo_municipio: "3518800" },
  lista_nfse: [
    {
      data_emissao: "2026-11-03",
      natureza_operacao: "1",
      tomador: {
        cnpj: "07504505000132",
        razao_social: "Tinturaria Arco-Iris Ltda",
        email: "contato@arcoiris.example",
        endereco: {
          logradouro: "Rua Filho da Rocha",
          numero: "750",
          complemento: "Sala 07",
          bairro: "Alto da Rua XV",
          codigo_municipio: "4106902",
          uf: "PR",
          cep: "80045165",
        },
      },
      servico: {
        aliquota: 3,
        discriminacao: "Nota fiscal referente a servicos prestados",
        iss_retido: "false",
        item_lista_servico: "1401",
        codigo_tributario_municipio: "452000100",
        valor_servicos: 1.0,
      },
    },
  ],
};

async function pede(endereco, opcoes, esperado) {
  const resposta = await fetch(endereco, opcoes);
  const corpo = Buffer.from(await resposta.arrayBuffer());
  if (resposta.status !== esperado) throw new Error(`${resposta.status} ${corpo}`);
  return corpo;
}

const corpo = JSON.stringify(lote);
const criado = await pede(`${url}?ref=${ref}`, { method: "POST", headers, body: corpo }, 201);
await writeFile("arquivo_lote_rps.txt", criado);
await writeFile("consulta.txt", await pede(`${url}/${ref}`, { headers }, 200));
const prefeitura = `${SERVIDOR}/simulador/lotes/${ref}/retorno`;
await writeFile("retorno.txt", await pede(prefeitura, { method: "POST" }, 200));
const retorno = await readFile("retorno.txt");
const resposta = await pede(`${url}/${ref}/resposta`, { method: "POST", headers, body: retorno }, 201);
console.log(resposta.toString());
