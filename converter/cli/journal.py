"""`diario restaurar` and `diario compactar`: going back to a copy of the journal, and its room."""

from converter import terminal
from converter.cli.group import AMBIENTE, PASTA, Command, main, settings_of, surroundings
from converter.model.run import ExitCode


@main.group()
def diario() -> None:
    """Cuida do diário, que sabe o que já foi enviado."""


@diario.command(cls=Command)
@PASTA
@AMBIENTE
def restaurar(*, pasta: str | None, ambiente: str | None) -> int:
    """Volta à última cópia do diário e diz o que foi enviado depois dela."""
    from converter.runtime import guarding
    from converter.texts import diario as texts

    done = guarding.restore(settings_of(pasta=pasta, ambiente=ambiente), surroundings())
    for line in texts.restored_lines(done):
        terminal.say(line)
    return ExitCode.UNKNOWN if done.unasked else ExitCode.OK


@diario.command(cls=Command)
@PASTA
def compactar(*, pasta: str | None) -> None:
    """Diminui o diário, as cópias dele e a memória da simulação, sem perder nada."""
    from converter.runtime import guarding
    from converter.texts import diario as texts

    for line in texts.compacted_lines(guarding.compact(settings_of(pasta=pasta), surroundings())):
        terminal.say(line)
