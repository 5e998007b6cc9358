"""Why a source package is not carried into the result."""


class CannotCarry(Exception):  # noqa: N818 - an outcome the caller plans for, not a failure of ours
    """The package is damaged or dangerous; the rows go into a fresh book instead.

    `code` is an entry of the texts catalogue, `details` fills its placeholders.
    """

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details
