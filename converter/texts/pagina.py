"""What the page of `planilote abrir` says."""

COMECANDO = "Começando…"
DEFEITO = (
    "O planilote encontrou um defeito seu ({nome} em {onde}). Nada se perdeu nem foi enviado a "
    "mais. O caminho até ele está em {registro}."
)
RECUSA = ("Este pedido não pode ser atendido.", "Volte e tente de novo.")
RECUSAS = {
    403: (
        "Esta página só atende o navegador que a abriu.",
        "Feche esta janela e rode de novo: planilote abrir",
    ),
    404: ("Não há nada neste endereço.", "O arquivo pode ter saído da pasta entrada/."),
    413: (
        "O arquivo é maior do que o planilote aceita ler de uma vez (512 MB).",
        "Divida as notas em arquivos menores, por exemplo um por mês ou por prestador.",
    ),
}
ABERTA = "A página do planilote está em {url}"
ABERTA_DICA = "Este endereço vale uma vez. Para encerrar, tecle Ctrl-C aqui ou feche esta janela."
TERMINANDO = "Terminando o que está em curso. Ctrl-C de novo interrompe."

NAO_CONFERIDA = "a conferir"
NADA_DE_NOVO = "tudo enviado"
NAO_LIDA = "não pôde ser lida"
COM_PERGUNTAS = "tem perguntas"
COM_ERROS = "tem erros"
RECUSADA = "tem nota recusada"
EM_DUVIDA = "destino a confirmar"
PRONTA = "pronta para enviar"
ESPERA_PREFEITURA = "espera a prefeitura"
AUTORIZADA = "autorizada"
NADA_A_ENVIAR = "nada a enviar"
"""How a file stands, in a word or two."""

NOME_RECUSADO = "O nome “{nome}” não serve para um arquivo. Mude o nome e tente de novo."
TIPO_RECUSADO = (
    "“{nome}” não é uma planilha que o planilote lê. Use xlsx, xlsm, xls, xlsb, ods, csv, tsv ou "
    "txt."
)
NOME_OCUPADO = "Já existe em entrada/ outro arquivo chamado “{nome}”, e ele ficou como estava."

MUDOU = "“{arquivo}” mudou depois de conferido. Confira de novo antes de corrigir."
NADA_A_CORRIGIR = "Nenhuma linha de “{arquivo}” espera correção."
NOTA_PRONTA = "pronta"
EM_CORRECAO = "em correção"
