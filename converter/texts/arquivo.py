"""Problems of a whole file: unreadable, hostile, nothing in it."""

from converter.model.problems import Severity
from converter.texts.text import Family, Text


def _text(
    code: str,
    title: str,
    message: str,
    hint: str,
    example: str = "",
    severity: Severity = Severity.ERRO,
) -> Text:
    return Text(code, Family.ARQUIVO, severity, title, message, hint, example)


TEXTS: tuple[Text, ...] = (
    _text(
        "arquivo-vazio",
        "Arquivo vazio",
        "O arquivo {arquivo} está vazio.",
        "Salve a planilha de novo e confira se ela abre; se veio por e-mail ou pela rede, "
        "copie-a outra vez.",
    ),
    _text(
        "arquivo-sem-dados",
        "Nada para converter",
        "O arquivo {arquivo} abre, mas nenhuma de suas planilhas tem conteúdo.",
        "Confira se é o arquivo certo e se as notas foram salvas nele.",
    ),
    _text(
        "arquivo-grande",
        "Arquivo grande demais",
        "O arquivo {arquivo} é maior do que o planilote aceita ler de uma vez.",
        "Divida as notas em arquivos menores, por exemplo um por mês ou por prestador.",
    ),
    _text(
        "arquivo-danificado",
        "Arquivo danificado",
        "O arquivo {arquivo} está incompleto ou danificado e não pôde ser lido.",
        "Abra-o no Excel: se ele oferecer um reparo, aceite e salve com outro nome. Se não "
        "abrir, baixe ou copie o arquivo outra vez.",
    ),
    _text(
        "arquivo-protegido",
        "Arquivo com senha",
        "O arquivo {arquivo} está protegido por senha e não pode ser lido.",
        "No Excel, abra com a senha e, em Arquivo > Informações > Proteger Pasta de Trabalho > "
        "Criptografar com Senha, apague a senha e salve.",
    ),
    _text(
        "arquivo-suspeito",
        "Arquivo recusado por segurança",
        "O arquivo {arquivo} {motivo}; planilhas comuns não são assim, e por segurança ele não "
        "foi aberto.",
        "Se você confia em quem o enviou, abra-o no Excel, copie as notas para uma planilha "
        "nova e salve como .xlsx.",
    ),
    _text(
        "leitura-interrompida",
        "Leitura interrompida",
        "A leitura do arquivo {arquivo} foi interrompida: {motivo}. Nada dele foi lido; os outros "
        "arquivos seguiram.",
        "Abra-o no Excel, copie as notas para uma planilha nova e salve como .xlsx.",
    ),
    _text(
        "formato-desconhecido",
        "Não é uma planilha",
        "O arquivo {arquivo} é {tipo}, e não uma planilha que o planilote saiba ler.",
        "Abra-o no programa em que foi feito e salve como pasta de trabalho do Excel (.xlsx) ou "
        "como CSV.",
    ),
    _text(
        "planilha-extensa",
        "Planilha com conteúdo muito longe",
        "Na aba “{planilha}”, o conteúdo vai até a célula {celula}, muito além de onde "
        "estão as notas: a área é grande demais para ser lida.",
        "No Excel, tecle Ctrl+End para achar a última célula, exclua as linhas e colunas que "
        "sobram depois das notas e salve.",
    ),
    _text(
        "csv-aspas",
        "Aspas que não fecham",
        'Na linha {linha} do arquivo {arquivo} há aspas (") que abrem e não fecham: dali em '
        "diante não dá para saber onde cada célula termina.",
        "Feche ou apague as aspas dessa linha. Aspas que fazem parte do texto são escritas em "
        'dobro: "Bar ""do Zé""".',
        '"Bar do Zé;10,00',
    ),
    _text(
        "csv-ilegivel",
        "Texto ilegível",
        "O começo do arquivo {arquivo} diz que ele está em {codificacao}, mas o conteúdo não está.",
        "Abra-o no Excel ou no Bloco de Notas, confira os acentos e salve de novo como CSV UTF-8.",
    ),
    _text(
        "arquivo-inacessivel",
        "Arquivo que não pôde ser aberto",
        "O arquivo {arquivo} não pôde ser aberto: outro programa o prende, ou falta permissão.",
        "Feche-o no Excel (e em quem mais o estiver usando) e rode de novo.",
    ),
    _text(
        "arquivo-em-gravacao",
        "Arquivo ainda sendo gravado",
        "O arquivo {arquivo} mudou enquanto era olhado: ainda está sendo copiado ou salvo.",
        "Espere a cópia terminar e rode de novo.",
        severity=Severity.AVISO,
    ),
    _text(
        "arquivo-aberto",
        "Planilha aberta em outro programa",
        "{arquivo} é a marca que o Excel deixa enquanto uma planilha está aberta; o que ainda não "
        "foi salvo nela não é lido.",
        "Se você mudou algo, salve, feche a planilha e rode de novo.",
        severity=Severity.INFO,
    ),
    _text(
        "arquivo-temporario",
        "Arquivo temporário",
        "{arquivo} é um arquivo temporário ou um download pela metade e foi deixado de lado.",
        "Se era uma planilha, espere o download terminar.",
        severity=Severity.INFO,
    ),
    _text(
        "arquivo-do-sistema",
        "Arquivo do sistema",
        "{arquivo} é um arquivo do sistema e foi deixado de lado.",
        "Nada a fazer.",
        severity=Severity.INFO,
    ),
    _text(
        "extensao-nao-lida",
        "Tipo de arquivo que não é lido",
        "{arquivo} não é de um tipo que o planilote lê e foi deixado de lado.",
        "Em entrada/ são lidos xlsx, xlsm, xlsb, xls, ods, csv, tsv e txt. Se há notas nele, "
        "salve-o como .xlsx.",
        severity=Severity.AVISO,
    ),
    _text(
        "exemplo-ignorado",
        "Exemplo deixado de lado",
        "{arquivo} é um exemplo: só é convertido no ambiente simulado.",
        "Se são notas de verdade, mude o nome do arquivo para que não comece por “exemplo-”.",
        severity=Severity.INFO,
    ),
    _text(
        "arquivo-interrompido",
        "Trabalho interrompido neste arquivo",
        "O trabalho com {arquivo} parou no meio ({motivo}); os outros arquivos seguiram.",
        "Rode de novo: nada do que já foi enviado se repete. Se acontecer outra vez, feche outros "
        "programas ou use --processos 1; se o arquivo for enorme, divida-o em dois.",
        "BrokenProcessPool",
    ),
    _text(
        "resultado-nao-gravado",
        "Resultado não gravado",
        "O resultado de {arquivo} não pôde ser gravado em “{onde}”: {motivo}.",
        "Confira o espaço, a permissão e o nome da pasta saida/ e rode de novo: o que já foi "
        "enviado está anotado, e o resultado é refeito.",
    ),
    _text(
        "balanco-nao-fecha",
        "As contas não fecham",
        "As linhas ou os valores lidos não são a soma dos seus destinos ({conta}). É um defeito "
        "do planilote, e nada do que ele diria desta planilha merece confiança.",
        "O que já foi enviado está anotado em diario/. Avise quem cuida do planilote, com a "
        "planilha que provoca isto.",
    ),
    _text(
        "resultado-na-entrada",
        "Resultado deixado de lado",
        "{arquivo} é um resultado escrito pelo planilote, e não uma planilha de notas.",
        "Pode ficar onde está. Para converter notas corrigidas, use o arquivo _corrigir.xlsx.",
        severity=Severity.INFO,
    ),
)
