<?php
// A lote from PHP: a short offset, an item of three digits, a CNAE and no rate.

$servidor = getenv("SERVIDOR");
$token = getenv("TOKEN");
$ref = $argv[1];
$url = "$servidor/v2/lotes_rps";

$lote = [
    "prestador" => [
        "cnpj" => "11222333000181",
        "inscricao_municipal" => "12345",
        "codigo_municipio" => "4119905",
    ],
    "lista_nfse" => [[
        "data_emissao" => "2026-11-03T17:43:14-3:00",
        "natureza_operacao" => "1",
        "tomador" => [
            "cnpj" => "07504505000132",
            "razao_social" => "Açougue Boa Vista Ltda",
            "email" => "contato@boavista.example",
            "endereco" => [
                "bairro" => "Jardim América",
                "cep" => "81530900",
                "codigo_municipio" => "4119905",
                "logradouro" => "Rua ABC",
                "numero" => "16",
                "uf" => "PR",
            ],
        ],
        "servico" => [
            "discriminacao" => "Exemplo de serviço",
            "iss_retido" => "false",
            "item_lista_servico" => "106",
            "codigo_cnae" => "6319400",
            "valor_servicos" => "1.00",
        ],
    ]],
];

function pede(string $metodo, string $endereco, string $corpo, int $esperado): string
{
    global $token;
    $http = [
        "method" => $metodo,
        "header" => "Authorization: Basic " . base64_encode("$token:") . "\r\n"
            . "Content-Type: application/x-www-form-urlencoded\r\n",
        "content" => $corpo,
        "ignore_errors" => true,
    ];
    $resposta = file_get_contents($endereco, false, stream_context_create(["http" => $http]));
    $status = (int) explode(" ", $http_response_header[0])[1];
    if ($status !== $esperado) {
        fwrite(STDERR, "$status $resposta\n");
        exit(1);
    }
    return $resposta;
}

file_put_contents("arquivo_lote_rps.txt", pede("POST", "$url?ref=$ref", json_encode($lote), 201));
file_put_contents("consulta.txt", pede("GET", "$url/$ref", "", 200));
$prefeitura = "$servidor/simulador/lotes/$ref/retorno";
file_put_contents("retorno.txt", pede("POST", $prefeitura, "", 200));
echo pede("POST", "$url/$ref/resposta", file_get_contents("retorno.txt"), 201);
