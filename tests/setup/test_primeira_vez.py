"""The first ten minutes, with the program as a wheel installs it; `test_docs` runs them here."""

import subprocess
import sys
from pathlib import Path

import pytest

from converter.setup import guide
from scripts import release


@pytest.mark.longo
def test_the_first_ten_minutes_in_an_empty_environment(tmp_path: Path) -> None:
    python = release.install(release.build(tmp_path / "wheel"), tmp_path / "env")
    where = subprocess.run(
        [python, "-c", "import converter; print(converter.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(tmp_path / "env")
    assert python != Path(sys.executable)
    release.first_time(python)


def test_every_page_that_a_sentence_sends_to_is_there() -> None:
    pages = guide.pages()
    assert {"primeira-vez", "responder", "mapeamento", "planilote-toml"} <= pages.keys()
    assert {"leiame", "erros", "campos"} <= pages.keys()
    assert guide.title(guide.page("Primeira-Vez.md")) == "A primeira vez, em dez minutos"
