"""What the page of `planilote abrir` says."""

from collections.abc import Mapping

from converter.model.outcome import LoteState
from converter.model.problems import Severity
from converter.texts.text import Family

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

SEM_PROGRAMA = "Nenhum programa desta máquina abriu {caminho}. Abra-o pela pasta."
SEM_ARQUIVO = "Escolha o arquivo antes de trocar."
FAMILIAS: Mapping[Family, str] = {
    Family.CELULA: "Células",
    Family.LINHA: "Linhas",
    Family.CABECALHO: "Colunas e cabeçalhos",
    Family.ARQUIVO: "Arquivos",
    Family.ENVIO: "Envio e prefeitura",
    Family.RESUMO: "O que o planilote decide sozinho",
}
GRAVIDADES: Mapping[Severity, tuple[str, str]] = {
    Severity.ERRO: ("erro: a nota espera", "mau"),
    Severity.AVISO: ("aviso: a nota segue", "alerta"),
    Severity.INFO: ("informação", "calmo"),
}
"""How a gravity is told, and its tone."""
MESES = ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"]

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

MUDOU_ANTES = (
    "O que iria mudou desde que esta página foi mostrada, e nada foi enviado. Veja a tabela de "
    "novo antes de enviar."
)
NADA_ESCOLHIDO = "Nenhum arquivo foi escolhido, e nada foi enviado."
DIGITE = "Nada foi enviado: para confirmar, digite {notas}, que é o total de notas que iriam."
OCUPADO = "Já há algo em curso. Espere terminar e tente de novo: nada se perdeu."
SEM_RETORNO = "Escolha o arquivo de retorno que a prefeitura devolveu."
AVULSO = "De um lote que não está mais em entrada/: {arquivo}"
NAO_ENVIADOS = (
    "{lotes} não saíram: o que iria mudou desde a última conferência, ou faltou a conexão ou o "
    "token. Nada se perdeu; veja a tabela de novo e envie."
)
ESTADOS = {
    LoteState.PREPARADO: "pronto para enviar",
    LoteState.ENVIANDO: "envio interrompido",
    LoteState.GERADO: "espera a prefeitura",
    LoteState.RECUSADO: "recusado",
    LoteState.DESCONHECIDO: "destino a confirmar",
    LoteState.RESPONDIDO: "respondido",
}
PASSOS = {
    LoteState.PREPARADO: "Ainda não saiu deste computador. Envie quando quiser.",
    LoteState.ENVIANDO: (
        "O envio foi interrompido antes da resposta. Pergunte à API o que houve: nada é enviado "
        "duas vezes."
    ),
    LoteState.GERADO: (
        "Baixe o arquivo, envie-o no site da prefeitura, e solte aqui o retorno que ela devolver."
    ),
    LoteState.RECUSADO: "Corrija a planilha pelo motivo abaixo; as notas podem ir de novo.",
    LoteState.DESCONHECIDO: (
        "Não se sabe se chegou. Pergunte à API antes de qualquer coisa: nada é enviado duas vezes."
    ),
    LoteState.RESPONDIDO: "A prefeitura respondeu a cada nota.",
}
"""How a lote stands, and what its next step is."""


def mes(chave: str) -> str:
    """`2026-09` as `set/2026`; what is no month as it stands."""
    ano, _, numero = chave.partition("-")
    return f"{MESES[int(numero) - 1]}/{ano}" if numero.isdigit() else chave or "sem data"
