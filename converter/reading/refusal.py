"""Why a file is not read, on its way from a reader to the stage that turns it into a problem."""


class FileRefused(Exception):  # noqa: N818 - a verdict about the user's file, not an error of ours
    """The file is left alone; `code` is a code of `texts/messages.toml`.

    `planilha`, `row` (Excel's) and `column` (letters) say where, when the reason has a place.
    """

    def __init__(
        self,
        code: str,
        *,
        planilha: str | None = None,
        row: int | None = None,
        column: str | None = None,
        **details: str,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.planilha = planilha
        self.row = row
        self.column = column
        self.details = details
