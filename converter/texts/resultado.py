"""What the `Resultado` sheet says of a row that has no message of its own."""

from converter.model.history import First
from converter.model.outcome import Message
from converter.texts.sentences import sentence


def repetida(first: First | None) -> str:
    """Where a repeated row appeared first, or its mended copy is."""
    if first is None:
        return sentence("resultado.repetida")
    lote = f"{first.ref}, NFS-e {first.numero}" if first.numero else first.ref
    key = "resultado.corrigida" if first.corrected else "resultado.ja-enviada"
    return sentence(key, arquivo=first.arquivo, aba=first.planilha, linha=first.row, lote=lote)


def dito(message: Message) -> str:
    """A message with its code, where that is one a prefeitura would know: `E160`, not a slug."""
    known = any(map(str.isdigit, message.code))
    return f"{message.code}: {message.text}" if known else message.text
