# A lote from Ruby: numbers as numbers, a moment without offset.
require "json"
require "net/http"

servidor = ENV.fetch("SERVIDOR")
token = ENV.fetch("TOKEN")
ref = ARGV.fetch(0)
url = "#{servidor}/v2/lotes_rps"

lote = {
  prestador: {
    cnpj: "11222333000181", inscricao_municipal: "12345", codigo_municipio: "3516200"
  },
  lista_nfse: [
    {
      data_emissao: "2026-11-03T22:15:00",
      natureza_operacao: 1,
      tomador: {
        cnpj: "07504505000132",
        razao_social: "Floricultura Jacarandá Ltda",
        email: "contato@jacaranda.example",
        endereco: {
          logradouro: "Rua das Araucárias",
          numero: "999",
          complemento: "Prédio 04, sala 34C",
          bairro: "Alto da XV",
          codigo_municipio: "4106902",
          uf: "PR",
          cep: "80045165"
        }
      },
      servico: {
        aliquota: 3,
        discriminacao: "Nota fiscal referente a serviços prestados",
        iss_retido: false,
        item_lista_servico: "0107",
        codigo_tributario_municipio: "620910000",
        valor_servicos: 1.0
      }
    }
  ]
}

pede = lambda do |classe, endereco, corpo, esperado|
  uri = URI(endereco)
  requisicao = classe.new(uri.request_uri)
  requisicao.basic_auth(token, "")
  requisicao.body = corpo if corpo
  resposta = Net::HTTP.new(uri.hostname, uri.port, nil).request(requisicao)
  abort("#{resposta.code} #{resposta.body}") unless resposta.code == esperado
  resposta.body
end

criado = pede.call(Net::HTTP::Post, "#{url}?ref=#{ref}", lote.to_json, "201")
File.binwrite("arquivo_lote_rps.txt", criado)
File.binwrite("consulta.txt", pede.call(Net::HTTP::Get, "#{url}/#{ref}", nil, "200"))
prefeitura = "#{servidor}/simulador/lotes/#{ref}/retorno"
File.binwrite("retorno.txt", pede.call(Net::HTTP::Post, prefeitura, "", "200"))
retorno = File.binread("retorno.txt")
puts pede.call(Net::HTTP::Post, "#{url}/#{ref}/resposta", retorno, "201")
