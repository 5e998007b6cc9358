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


def commands(ambiente: str, ref: str = "REF", arquivo: str = "") -> dict[str, str]:
    """What to type in an ambiente, by a sentence's placeholder: `{converter}`, `{situacao}`."""
    return {
        **{verb: command(verb, ambiente) for verb in _TARGETS},
        "reenviar": command("converter", ambiente, "--reenviar", ref),
        "resposta": command("resposta", ambiente, "REF", f"retornos/{arquivo}"),
    }
