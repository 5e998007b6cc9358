"""The whole command to type, in the form this installation has: every "rode" comes from here."""

import os
import shlex

FORMA = "PLANILOTE_FORMA"
"""The variable by which the Makefile says that the person types `make`."""
_TARGETS = {
    "converter": "convert",
    "conferir": "conferir",
    "situacao": "situacao",
    "cancelar": "cancelar",
}


def command(verb: str, ambiente: str, *words: str) -> str:
    """What to type to run a command in an ambiente, ready to be copied.

    The rehearsal is what runs when nothing is said; every other ambiente is named.
    """
    if ambiente != "simulado":
        words = (*words, "--ambiente", ambiente)
    if os.environ.get(FORMA) != "make":
        return shlex.join(("planilote", verb, *words))
    target = _TARGETS.get(verb)
    told = shlex.join(words if target else (verb, *words))
    quoted = told.replace('"', '\\"')
    return f"make {target or 'planilote'}" + (f' ARGS="{quoted}"' if told else "")


def with_commands(sentence: str, ambiente: str, **details: str) -> str:
    """A sentence whose `{converter}`, `{conferir}` and `{situacao}` are what to type."""
    commands = {verb: command(verb, ambiente) for verb in _TARGETS}
    return sentence.format(**(commands | details))
