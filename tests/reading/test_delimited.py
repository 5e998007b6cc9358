"""Lines that a program quoted whole are taken apart once more."""

import pytest

from converter.reading.delimited import read
from converter.reading.limits import Limits

HEAD, NOTE, NEXT = "Data,Nome,Valor", '1/10,Lume,"1100,50"', '2/10,"Ana ""Ltda""","200,25"'
ROWS = [("Data", "Nome", "Valor"), ("1/10", "Lume", "1100,50"), ("2/10", 'Ana "Ltda"', "200,25")]


def quoted(line: str) -> str:
    return '"' + line.replace('"', '""') + '"'


@pytest.mark.parametrize(
    "lines",
    [
        (HEAD, NOTE, NEXT),
        (quoted(HEAD), quoted(NOTE), quoted(NEXT)),
        (HEAD, quoted(NOTE), quoted(NEXT)),
        (quoted(HEAD) + ";;", quoted(NOTE) + ";;", quoted(NEXT) + ";;"),
    ],
    ids=["none", "all", "all but the header", "with blank cells behind"],
)
def test_lines_quoted_whole_are_read(lines: tuple[str, ...]) -> None:
    assert read("\n".join(lines).encode(), "notas", Limits())[0].rows == ROWS


def test_texts_with_commas_stay_texts() -> None:
    lines = ("Descrição;Valor", '"Frete, coleta, entrega";', '"Aula, prova, nota";')
    rows = read("\n".join(lines).encode(), "notas", Limits())[0].rows
    assert rows[1] == ("Frete, coleta, entrega", "")
