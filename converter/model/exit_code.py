"""How a run ends for the shell; apart from its report, which `--help` has no use for."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How a run ended, as the shell sees it."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    UNKNOWN = 3
