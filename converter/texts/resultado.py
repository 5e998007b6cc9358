"""What the `Resultado` sheet says of a row that has no message of its own."""

from converter.model.outcome import Message

RETIDA = "Retida: outra linha deste prestador tem erro. Veja a aba Erros."
ESPERA = "Espera a sua resposta: veja as abas Colunas e Perguntas."
REJEITADA = "Não enviada: tem erro. Veja a aba Erros."
REPETIDA = "Esta nota já foi enviada por outra planilha."
CONFERIDA = "Conferida e pronta. Nada foi enviado. Para enviar, rode: {converter}"
SEM_CORRECAO = "Corrija o que a mensagem aponta e rode de novo."
SEM_COLUNA = (
    "Nenhuma coluna da planilha informa “{rotulo}”. Acrescente-a, dê esse nome à que já a traz, "
    "ou escreva o valor certo no planilote.toml, e rode de novo."
)
MESMA_LINHA = "os mesmos dados, com outra referência ou ao lado de outra linha igual"
SEM_PLANILHA = (
    "As linhas deste lote não estão mais em nenhum arquivo de entrada/. Este resultado foi feito "
    "com o que o diário guarda."
)
NAO_ENVIADA = "Pronta, mas ainda não enviada. Rode de novo: {converter}"


def corrigida(arquivo: str, planilha: str, linha: int, ref: str, numero: str | None) -> str:
    """Where the mended copy of a row is."""
    number = f", NFS-e {numero}" if numero else ""
    return f"Corrigida em {arquivo}, aba “{planilha}”, linha {linha} (lote {ref}{number})."


def veio_de(arquivo: str, planilha: str, linha: int) -> str:
    """Where a mended row came from."""
    return f"Veio de {arquivo}, aba “{planilha}”, linha {linha}."


def ja_enviada(arquivo: str, planilha: str, linha: int, ref: str, numero: str | None) -> str:
    """Where the first appearance of a repeated row is."""
    number = f", NFS-e {numero}" if numero else ""
    return f"Já enviada: {arquivo}, aba “{planilha}”, linha {linha} (lote {ref}{number})."


def dito(message: Message) -> str:
    """A message with its code, where that is one a prefeitura would know: `E160`, not a slug."""
    known = any(map(str.isdigit, message.code))
    return f"{message.code}: {message.text}" if known else message.text
