"""What a run may end with. Every error has a `code`, and as text is a sentence for the user.

What is wrong with a row or a file is no error: it is a `Problem`, and the run goes on.
"""

from collections.abc import Mapping


class PlaniloteError(Exception):
    """The base of them all: a stable `code`, and a sentence in Portuguese with what to do."""

    code = "erro"

    @property
    def parts(self) -> tuple[str, str]:
        """What stopped, and what to do about it where that is said apart."""
        return str(self), ""


class SettingsError(PlaniloteError):
    """A choice that cannot be followed, said with the place to mend."""

    code = "configuracao"


class MappingError(SettingsError):
    """A mapping, or a default, that cannot be used; the sentence names the file and the place."""

    def __init__(self, file: str, line: int | None, sentence: str) -> None:
        self.file = file
        self.line = line
        self.sentence = sentence
        where = file if line is None else f"{file}, linha {line}"
        super().__init__(f"{where}: {sentence}")


class Abort(PlaniloteError):  # noqa: N818 - the run stops and says why
    """The run stops and says why. `code` is an entry of the catalogue, `details` fills it."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details: Mapping[str, str] = details

    @property
    def parts(self) -> tuple[str, str]:
        """What stopped, and what to do about it."""
        from converter.texts.catalogue import aborted

        return aborted(self.code, self.details)

    def __str__(self) -> str:
        return " ".join(self.parts).strip()


class BalanceError(Abort):
    """Rows or R$ do not add up: a bug, and a reason to stop before anything is believed."""
