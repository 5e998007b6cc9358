"""Problems the field catalogue finds: columns that are missing, cells that break a limit."""

from converter.model.problems import Severity
from converter.texts.text import Family, Text

TEXTS: tuple[Text, ...] = (
    Text(
        "coluna-exigida-pelo-municipio",
        Family.CABECALHO,
        Severity.ERRO,
        "Coluna que a prefeitura exige ausente",
        "A prefeitura de {municipio} exige “{rotulo}”, e a aba “{planilha}” não tem essa coluna.",
        "Acrescente a coluna “{rotulo}” ao cabeçalho. Se o valor é o mesmo em todas as notas,"
        " escreva-o no planilote.toml, em [padroes].",
        "planilha sem “Logradouro”, para uma prefeitura que exige o endereço",
    ),
    Text(
        "coluna-obrigatoria-ausente",
        Family.CABECALHO,
        Severity.ERRO,
        "Coluna obrigatória ausente",
        "A aba “{planilha}” não tem a coluna “{rotulo}”, sem a qual nenhuma nota pode ser emitida.",
        "Acrescente a coluna “{rotulo}” ao cabeçalho ou diga o valor no mapeamento ou no"
        " planilote.toml.",
        "planilha sem “Valor dos serviços”",
    ),
    Text(
        "coluna-recomendada-ausente",
        Family.CABECALHO,
        Severity.AVISO,
        "Coluna recomendada ausente",
        "A aba “{planilha}” não informa “{rotulo}”. A documentação da Focus pede este campo,"
        " embora nem todo município o exija.",
        "Se a prefeitura recusar o lote, acrescente a coluna “{rotulo}” ou diga o valor no"
        " mapeamento ou no planilote.toml.",
        "planilha sem “Optante pelo Simples Nacional”",
    ),
    Text(
        "campo-obrigatorio-vazio",
        Family.CELULA,
        Severity.ERRO,
        "Campo obrigatório vazio",
        "“{rotulo}” está em branco e é obrigatório em toda nota.",
        "Preencha a célula. {ajuda}",
        "(célula vazia)",
    ),
    Text(
        "campo-exigido-pelo-municipio",
        Family.CELULA,
        Severity.ERRO,
        "Campo exigido pelo município",
        "“{rotulo}” está em branco, e a prefeitura de {municipio} exige este campo.",
        "Preencha a célula. {ajuda}",
        "(célula vazia)",
    ),
    Text(
        "texto-longo",
        Family.CELULA,
        Severity.ERRO,
        "Texto longo demais",
        "“{rotulo}” tem {tamanho} caracteres; o limite é {limite}.",
        "Abrevie o texto até {limite} caracteres.",
        "nome com 140 letras",
    ),
    Text(
        "texto-com-controle",
        Family.CELULA,
        Severity.ERRO,
        "Caractere invisível no texto",
        "“{rotulo}” contém um caractere de controle que não se vê ({caractere}) e que estraga o"
        " arquivo da prefeitura.",
        "Apague a célula e digite o texto de novo, sem colar de outro programa.",
        "texto colado de um terminal",
    ),
    Text(
        "texto-fora-da-tabela",
        Family.CELULA,
        Severity.AVISO,
        "Caractere que a prefeitura pode não aceitar",
        "“{rotulo}” contém {caractere}, que não existe na tabela de caracteres dos arquivos das"
        " prefeituras.",
        "Troque o caractere por um comum (letras, acentos, pontuação) se a prefeitura recusar.",
        "Doceria 🍰 Feliz",
    ),
    Text(
        "codigo-formato",
        Family.CELULA,
        Severity.ERRO,
        "Código fora do formato",
        "“{valor}” não serve para “{rotulo}”: são esperados {formato}.",
        "Confira o código na tabela oficial e digite-o como texto, com os zeros à esquerda.",
        "01",
    ),
    Text(
        "opcao-desconhecida",
        Family.CELULA,
        Severity.ERRO,
        "Opção que não existe",
        "“{valor}” não é uma opção de “{rotulo}”. As opções são: {opcoes}.",
        "Escolha uma das opções; se o município usa outra tabela, informe-a no planilote.toml.",
        "9",
    ),
    Text(
        "numero-negativo",
        Family.CELULA,
        Severity.ERRO,
        "Valor negativo",
        "“{rotulo}” está negativo: {valor}.",
        "Digite o valor sem o sinal; estornos e devoluções não são notas.",
        "-150,00",
    ),
    Text(
        "numero-nao-inteiro",
        Family.CELULA,
        Severity.ERRO,
        "Número quebrado",
        "“{rotulo}” deve ser um número inteiro, mas a célula diz {valor}.",
        "Digite o número sem casas decimais.",
        "1,5",
    ),
    Text(
        "valor-fora-do-contrato",
        Family.CELULA,
        Severity.ERRO,
        "Valor que não pôde ser conferido",
        "“{valor}” não tem a forma que “{rotulo}” pede.",
        "Digite o valor de novo. {ajuda}",
        "(qualquer conteúdo inesperado)",
    ),
)
