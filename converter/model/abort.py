"""The one exception a user can meet: a run that cannot go on."""


class Abort(Exception):  # noqa: N818 - not an error of the program: the run stops and says why
    """`code` is an entry of the texts catalogue; `details` fills its placeholders."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class BalanceError(Abort):
    """Rows or R$ do not add up: a bug, and a reason to stop before anything is believed."""
