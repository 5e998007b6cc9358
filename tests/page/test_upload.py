"""Files that are dropped on the page."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from threading import Event

import pytest

from converter.errors import SettingsError
from converter.page.upload import NameTaken, keep, safe_name
from tests.page.conftest import Browser

NOTES = b"Nome;Valor\nAna;10,00\n"


def drop(browser: Browser, name: str, data: bytes = NOTES, **form: str) -> dict[str, list[str]]:
    answer = browser.post(
        "/entrada/arquivos",
        {"arquivos": (io.BytesIO(data), name), "caminhos": name, **form},
        headers={"Accept": "application/json"},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 200
    told: dict[str, list[str]] = answer.get_json()
    return told


@pytest.mark.parametrize(
    "name",
    [
        "../fora.csv", "a/../../fora.csv", "/etc/fora.csv", "C:\\fora.csv", "..\\fora.csv",
        ".oculto.csv", "CON.csv", "lpt1.csv", "nul", "a\x00.csv", "a\n.csv", "a .csv /x.csv",
        "fora.csv.", "fora.csv:outro", "\u202evsc.exe", "a/b/c/d/e/f/g.csv", "x" * 200 + ".csv", "",
        "~$notas.xlsx", "//maquina/pasta/fora.csv",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(SettingsError):
        safe_name(name)


@pytest.mark.parametrize("name", ["notas.csv", "março/São João 2026 (2).xlsx", "a.b.c.ods"])
def test_an_ordinary_name_is_kept(name: str) -> None:
    assert str(safe_name(name)) == name


def test_a_dropped_file_lies_in_entrada_as_it_was_and_is_checked(browser: Browser) -> None:
    assert drop(browser, "março/notas.csv") == {"ocupados": [], "recusados": []}
    assert (browser.pasta / "entrada" / "março" / "notas.csv").read_bytes() == NOTES
    assert "março/notas.csv" in browser.worker.state.files
    assert "março/notas.csv" in browser.get("/").text


def test_a_path_in_a_name_leads_nowhere(browser: Browser) -> None:
    before = sorted(browser.pasta.parent.rglob("*.csv"))
    assert drop(browser, "../../fora.csv")["recusados"]
    assert sorted(browser.pasta.parent.rglob("*.csv")) == before


def test_what_is_no_spreadsheet_is_refused(browser: Browser) -> None:
    assert drop(browser, "virus.exe")["recusados"]
    assert not list((browser.pasta / "entrada").iterdir())


def test_another_file_of_the_same_name_stays_until_it_is_replaced_by_name(browser: Browser) -> None:
    drop(browser, "notas.csv")
    path = browser.pasta / "entrada" / "notas.csv"
    assert drop(browser, "notas.csv", b"outra")["ocupados"] == ["notas.csv"]
    assert path.read_bytes() == NOTES
    assert drop(browser, "notas.csv", b"outra", substituir="1")["ocupados"] == []
    assert path.read_bytes() == b"outra"
    kept = list((browser.pasta / "diario" / "substituidos").iterdir())
    assert [one.read_bytes() for one in kept] == [NOTES]


def test_the_same_file_again_is_no_conflict(browser: Browser) -> None:
    drop(browser, "notas.csv")
    assert drop(browser, "notas.csv") == {"ocupados": [], "recusados": []}


def test_a_link_inside_entrada_is_not_followed(browser: Browser, tmp_path: Path) -> None:
    outside = tmp_path / "fora"
    outside.mkdir()
    (browser.pasta / "entrada" / "atalho").symlink_to(outside)
    assert drop(browser, "atalho/notas.csv")["recusados"]
    assert not list(outside.iterdir())


class _Slow(io.BytesIO):
    """A file that is read once another is being read too, or once that one had its chance."""

    def __init__(self, data: bytes, began: Event, other: Event) -> None:
        super().__init__(data)
        self._began, self._other = began, other

    def read(self, size: int | None = -1, /) -> bytes:
        self._began.set()
        self._other.wait(0.3)
        return super().read(size)


def test_of_two_files_of_one_name_sent_at_once_one_is_refused(tmp_path: Path) -> None:
    first, second = Event(), Event()
    sent = (_Slow(b"um", first, second), _Slow(b"outro", second, first))
    with ThreadPoolExecutor(2) as pool:
        name = PurePosixPath("notas.csv")
        kept = [pool.submit(keep, tmp_path, name, one, None) for one in sent]
    refused = [one.exception() for one in kept if one.exception()]
    assert [type(one) for one in refused] == [NameTaken]
    assert (tmp_path / name).read_bytes() in (b"um", b"outro")
