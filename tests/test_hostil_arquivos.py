"""A hostile file beside a good one: the run ends by itself, and only the hostile one is refused."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading.hostile import MADE
from tests.reading.hostile_books import BOOKS
from tests.runs import exemplo, tabela

HOSTILE = Path(__file__).parent / "dados" / "hostil"
SIZE = 600_000
SECONDS, MEMORY = 10, 10**9
RUN = f"""
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
sys.argv = ["planilote", "converter", "--json", "--processos", "1"]
runpy.run_module("converter", run_name="__main__")
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="bounds its own process")


def beside_a_good_one(pasta: Path) -> tuple[dict[str, object], float, int]:
    """The answer of a run, and the processor's seconds and bytes of it and of what it started."""
    tabela(pasta, exemplo()[:2], "boa.csv")
    process = subprocess.Popen(
        [sys.executable, "-c", RUN],
        cwd=pasta,
        env=os.environ | {"PYTHONPATH": str(HOSTILE.parent.parent.parent)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, _, used = os.wait4(process.pid, 0)
    process.stdout.close()
    process.returncode = 0
    return json.loads(said), used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def check(pasta: Path, hostile: int) -> None:
    answer, seconds, memory = beside_a_good_one(pasta)
    files = {entry["arquivo"]: entry for entry in answer["arquivos"]}  # type: ignore[attr-defined]
    assert len(files) == hostile + 1
    assert {lote["estado"] for lote in files.pop("boa.csv")["lotes"]} == {"respondido"}
    for name, entry in files.items():
        assert entry["problemas"], name
        assert not entry["lotes"], name
        assert "arquivo-interrompido" not in {each["codigo"] for each in entry["problemas"]}, name
    assert memory < MEMORY
    assert seconds < SECONDS * (hostile + 1)


def test_the_cases_cost_only_themselves(tmp_path: Path) -> None:
    entrada = tmp_path / "entrada"
    entrada.mkdir()
    hostile = sorted(HOSTILE.iterdir())
    for path in hostile:
        shutil.copy(path, entrada)
    check(tmp_path, len(hostile))


@pytest.mark.parametrize("name", [*MADE, *BOOKS])
@pytest.mark.longo
def test_each_worst_case_costs_only_itself(name: str, tmp_path: Path) -> None:
    (tmp_path / "entrada").mkdir()
    (tmp_path / "entrada" / name).write_bytes({**MADE, **BOOKS}[name](SIZE))
    check(tmp_path, 1)
