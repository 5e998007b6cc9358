"""What the commands that care for the journal say."""

from collections.abc import Iterator, Sequence

from converter.model.diario import Compacted, Restored
from converter.texts.sentences import sentence


def restored_lines(done: Restored) -> Iterator[str]:
    """What going back to a copy of the journal did, and what was sent after it."""
    ambiente = done.ambiente
    yield sentence("diario.restaurado", copia=done.copy)
    if done.aside:
        yield sentence("diario.guardado", nome=done.aside)
    found = {"depois": done.since, "ausente": done.absent, "sem-resposta": done.unasked}
    for key, refs in found.items():
        yield from (sentence(f"diario.{key}", ref=ref, ambiente=ambiente) for ref in refs)
    if not any(found.values()):
        yield sentence("diario.nada-depois", ambiente=ambiente)
    yield sentence("diario.agora", ambiente=ambiente)


def compacted_lines(files: Sequence[Compacted]) -> Iterator[str]:
    """What each file took before and takes now."""
    for name, before, after in files:
        antes, agora = _megabytes(before), _megabytes(after)
        yield sentence("diario.compactado", arquivo=name, antes=antes, agora=agora)
    if not files:
        yield sentence("diario.nada-a-diminuir")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",")
