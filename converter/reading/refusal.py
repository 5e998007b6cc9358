"""Why a file is not read, on its way from a reader to the stage that turns it into a problem."""

from converter.model.address import letters_of


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


def too_extensive(planilha: str, rows: int, columns: int) -> FileRefused:
    """A sheet whose last cell stands there reaches further than may be held."""
    letters = letters_of(columns)
    return FileRefused(
        "planilha-extensa", planilha=planilha, row=rows, column=letters, celula=f"{letters}{rows}"
    )
