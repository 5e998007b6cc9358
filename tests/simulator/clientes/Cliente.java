// A lote from Java: every value is text, the date has no offset, the tomador is a person.

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

public class Cliente {
    static final HttpClient HTTP =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    static final String CREDENCIAL =
        "Basic " + Base64.getEncoder().encodeToString((System.getenv("TOKEN") + ":").getBytes());

    static final String LOTE = """
        {
          "prestador": {
            "cnpj": "11222333000181", "inscricao_municipal": "123456",
            "codigo_municipio": "4128104"
          },
          "lista_nfse": [{
            "data_emissao": "2026-11-03T17:40:00",
            "natureza_operacao": "1",
            "tomador": {
              "cpf": "529.982.247-25",
              "razao_social": "Joana Prado",
              "email": "joana@exemplo.example",
              "endereco": {
                "bairro": "Jardim América", "cep": "82620150", "codigo_municipio": "4106902",
                "logradouro": "Rua Paulo Centrone", "numero": "168", "uf": "PR"
              }
            },
            "servico": {
              "discriminacao": "Aula de reforço", "aliquota": "3.00", "base_calculo": "1.0",
              "valor_iss": "0", "iss_retido": "false", "codigo_tributario_municipio": "080101",
              "item_lista_servico": "0801", "valor_servicos": "1.0", "valor_liquido": "1.0"
            }
          }]
        }
        """;

    static byte[] pede(String metodo, String endereco, BodyPublisher corpo, int esperado)
            throws Exception {
        HttpRequest pedido = HttpRequest.newBuilder(URI.create(endereco))
            .header("Authorization", CREDENCIAL).method(metodo, corpo).build();
        HttpResponse<byte[]> resposta = HTTP.send(pedido, HttpResponse.BodyHandlers.ofByteArray());
        if (resposta.statusCode() != esperado) {
            throw new IllegalStateException(
                resposta.statusCode() + " " + new String(resposta.body(), "UTF-8"));
        }
        return resposta.body();
    }

    public static void main(String[] args) throws Exception {
        String servidor = System.getenv("SERVIDOR");
        String ref = args[0];
        String url = servidor + "/v2/lotes_rps";
        Path retorno = Path.of("retorno.txt");

        Files.write(Path.of("arquivo_lote_rps.txt"),
            pede("POST", url + "?ref=" + ref, BodyPublishers.ofString(LOTE), 201));
        Files.write(Path.of("consulta.txt"),
            pede("GET", url + "/" + ref, BodyPublishers.noBody(), 200));
        Files.write(retorno,
            pede("POST", servidor + "/simulador/lotes/" + ref + "/retorno",
                BodyPublishers.noBody(), 200));
        System.out.write(
            pede("POST", url + "/" + ref + "/resposta", BodyPublishers.ofFile(retorno), 201));
        System.out.flush();
    }
}
