"""The public API: what it exports, what it costs to import, and what its page shows."""

import doctest
import inspect
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import converter
from converter.errors import PlaniloteError
from converter.model.report import FileReport
from tests.runs import NOW, ROOT, exemplo

PAGE = ROOT / "docs" / "guia" / "python.md"
EXAMPLE = ROOT / "entrada" / "exemplo-servicos.csv"


def test_the_public_names_are_these_and_each_is_documented() -> None:
    assert sorted(converter.__all__) == converter.__all__
    page = PAGE.read_text(encoding="utf-8")
    for name in converter.__all__:
        assert inspect.getdoc(getattr(converter, name)), name
        assert f"`{name}" in page, name
    assert {*converter.__all__} <= {*dir(converter)}
    with pytest.raises(AttributeError, match="nada"):
        _ = converter.nada


def test_importing_it_loads_nothing_heavy() -> None:
    code = (
        "import sys, converter;"
        "print({'pandas', 'pandera', 'click', 'requests', 'flask'} & {*sys.modules})"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_the_types_travel_with_the_package() -> None:
    assert (Path(converter.__file__).parent / "py.typed").is_file()


def test_every_error_is_one_of_ours_with_a_code() -> None:
    pending, found = [PlaniloteError], []
    while pending:
        found.append(pending.pop())
        pending += found[-1].__subclasses__()
    assert {"SettingsError", "MappingError", "Abort", "BalanceError"} <= {
        error.__name__ for error in found
    }
    assert all(re.fullmatch(r"[a-z-]+", error.code) for error in found)


def test_the_page_shows_what_python_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "entrada").mkdir()
    shutil.copy(EXAMPLE, tmp_path / "entrada")
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8")
    shown = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL))
    parsed = doctest.DocTestParser().get_doctest(shown, {}, "python.md", str(PAGE), 0)
    assert len(parsed.examples) > 10
    heard: list[str] = []
    runner = doctest.DocTestRunner()
    assert runner.run(parsed, out=heard.append).failed == 0, "".join(heard)


def test_a_frame_and_its_file_say_the_same() -> None:
    frame = pd.DataFrame(exemplo())
    one, other = converter.validate(EXAMPLE, now=NOW), converter.validate(frame, now=NOW)
    assert [lote.ref for lote in one.lotes] == [lote.ref for lote in other.lotes]
    pd.testing.assert_frame_equal(one.frame, other.frame)


def test_values_of_a_frame_are_read_as_cells_would_be() -> None:
    frame = pd.DataFrame(exemplo())
    valor, data = "Valor dos serviços", "Data de emissão"
    plain = frame[valor].str.replace(".", "").str.replace(",", ".")
    frame[valor] = plain.map(Decimal)
    frame[data] = pd.to_datetime(frame[data], dayfirst=True, format="mixed")
    frame["Complemento"] = frame["Complemento"].replace("", float("nan"))
    path = "servico.valor_servicos"
    as_text = converter.validate(EXAMPLE, now=NOW).frame[path]
    assert converter.validate(frame, now=NOW).frame[path].equals(as_text)


def test_what_is_no_spreadsheet_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "nota.pdf"
    path.write_bytes(b"%PDF-1.7")
    found = converter.validate(path)
    assert not found.ok
    assert not found.lotes
    assert found.frame.empty


def test_sheets_are_told_apart_where_there_are_several(tmp_path: Path) -> None:
    frame = pd.DataFrame(exemplo()[:2])
    with pd.ExcelWriter(tmp_path / "duas.xlsx") as book:
        frame.to_excel(book, sheet_name="um", index=False)
        frame.assign(**{"Discriminação do serviço": "outro"}).to_excel(
            book, sheet_name="dois", index=False
        )
    found = converter.validate(tmp_path / "duas.xlsx", now=NOW)
    assert list(found.frame.index) == [("um", 2), ("um", 3), ("dois", 2), ("dois", 3)]


def test_nothing_leaves_for_production_unasked(tmp_path: Path) -> None:
    with pytest.raises(PlaniloteError, match="confirm"):
        converter.convert(tmp_path, ambiente="producao", environ={})


def test_a_folder_is_converted_as_the_command_does(tmp_path: Path) -> None:
    (tmp_path / "entrada").mkdir()
    shutil.copy(EXAMPLE, tmp_path / "entrada")
    report = converter.convert(tmp_path, enviar=False, environ={})
    (done,) = report.files
    assert isinstance(done.report, FileReport)
    assert done.report.balance.lidas == 12
    assert not report.unknown
