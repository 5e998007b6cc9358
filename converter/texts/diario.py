"""What the commands that care for the journal say."""

from collections.abc import Iterator, Sequence

from converter.texts.command import command


def restored_lines(
    copia: str,
    guardado: str | None,
    ambiente: str,
    depois: Sequence[str],
    ausentes: Sequence[str],
    sem_resposta: Sequence[str],
) -> Iterator[str]:
    """What going back to a copy of the journal did, and what was sent after it."""
    yield f"Diário restaurado da cópia {copia}."
    if guardado:
        yield f"O que estava no lugar ficou guardado em diario/{guardado}."
    for ref in depois:
        yield (
            f"{ref}: enviado depois da cópia ({ambiente}). A próxima execução o reconhece e não"
            " o envia de novo, se as planilhas não mudarem até lá."
        )
    for ref in ausentes:
        yield f"{ref}: a API ({ambiente}) não o tem."
    for ref in sem_resposta:
        yield f"{ref}: não deu para perguntar à API ({ambiente}); nada será enviado sem perguntar."
    if not (depois or ausentes or sem_resposta):
        yield f"Nada foi enviado depois da cópia ({ambiente})."
    yield f"Agora rode: {command('converter', ambiente)}"


def compacted_lines(files: Sequence[tuple[str, int, int]]) -> Iterator[str]:
    """What each file took before and takes now, in bytes."""
    for name, before, after in files:
        yield f"{name}: {_megabytes(before)} antes, {_megabytes(after)} agora."
    if not files:
        yield "Nada a diminuir: esta pasta ainda não tem diário."


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",")
