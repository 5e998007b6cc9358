"""Named points where a test may have the process die, as a power cut would have it.

A point costs one dictionary look-up and does nothing unless `PLANILOTE_PONTO_DE_QUEDA` names it
(`enviando-depois`, or `enviando-depois:3` for its third visit). Dying there leaves exit status 86
and the point's name on standard error, so that a test can prove that the point fired.
"""

import os
from collections import Counter

VARIABLE = "PLANILOTE_PONTO_DE_QUEDA"
STATUS = 86
_visits: Counter[str] = Counter()


def point(name: str) -> None:
    """Die here when the environment asks for it; otherwise nothing."""
    armed = os.environ.get(VARIABLE)
    if not armed:
        return
    wanted, _, visit = armed.partition(":")
    if wanted != name:
        return
    _visits[name] += 1
    if _visits[name] == int(visit or 1):
        os.write(2, f"queda:{name}\n".encode())
        os._exit(STATUS)
