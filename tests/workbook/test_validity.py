"""What the Open XML SDK says of the books we write: nothing it did not say of the source."""

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from tests.sheets.reports import report, with_known_layout
from tests.stages.written import write
from tests.workbook.corpus import NAMES, book
from tests.workbook.test_carry import carried

TOOL = Path(__file__).parent / "ooxml"
VERSIONS = ("Office2007", "Microsoft365")

pytestmark = [
    pytest.mark.longo,
    pytest.mark.skipif(
        not (shutil.which("node") and (TOOL / "node_modules").is_dir()),
        reason="npm ci --prefix tests/workbook/ooxml",
    ),
]


def errors(files: list[Path]) -> dict[str, dict[str, list[str]]]:
    done = subprocess.run(
        ["node", str(TOOL / "validate.mjs"), *map(str, files)],
        capture_output=True,
        check=True,
        timeout=600,
    )
    return {Path(name).stem: found for name, found in json.loads(done.stdout).items()}


def test_carried_books_have_no_error_their_source_had_not(tmp_path: Path) -> None:
    files = []
    for name in NAMES:
        for stage, content in (("before", book(name)), ("after", carried(name))):
            files.append(tmp_path / f"{name}-{stage}.xlsx")
            files[-1].write_bytes(content)
    found = errors(files)
    assert len(found) == 2 * len(NAMES)
    for name in NAMES:
        for version in VERSIONS:
            before = Counter(found[f"{name}-before"][version])
            assert Counter(found[f"{name}-after"][version]) - before == Counter(), name


def test_new_books_have_no_error_at_all(tmp_path: Path) -> None:
    files: list[Path] = []
    for number, made in enumerate(
        (
            (with_known_layout(report(kind="csv")[0]), b""),
            report(300, kind="csv", issuers=60, wrong=None),
            report(kind="ods", answered=False),
            report(1, kind="xls", issuers=1, wrong=0, repeated=None, ambiente="producao"),
        )
    ):
        written = write(*made, tmp_path / str(number))
        files += [
            path.rename(tmp_path / f"{number}-{path.name}")
            for path in (written.resultado, written.corrigir)
            if path is not None
        ]
    found = errors(files)
    assert len(found) == 7
    assert {text for each in found.values() for texts in each.values() for text in texts} == set()


def test_a_whole_result_beside_the_source_adds_no_error(tmp_path: Path) -> None:
    made, source = report()
    made = with_known_layout(made)
    written = write(made, source, tmp_path)
    original = tmp_path / "original.xlsx"
    original.write_bytes(source)
    found = errors([original, written.resultado])
    assert found["exemplo_resultado"] == found["original"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice")
@pytest.mark.filterwarnings("ignore:.*is not supported and will be removed")
def test_libreoffice_opens_every_book(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.xlsx").write_bytes(carried(name))
    opened = tmp_path / "aberto"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/perfil",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(opened),
            *(str(tmp_path / f"{name}.xlsx") for name in NAMES),
        ],
        capture_output=True,
        check=True,
        timeout=600,
    )
    for name in NAMES:
        sheet = openpyxl.load_workbook(opened / f"{name}.xlsx")["Planilote 2"]
        assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s"), name
        assert sheet["C2"].value == 1.5, name
        assert sheet["A3"].hyperlink is not None, name
