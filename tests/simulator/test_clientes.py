"""The API's sample clients, rewritten for each language found here: create, consult, answer."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from converter.simulator.server import serve
from tests.simulator.modelo import TOKEN

CLIENTES = Path(__file__).parent / "clientes"


@pytest.mark.longo
@pytest.mark.parametrize(
    ("command", "program"),
    [
        ([sys.executable, "-W", "error"], "cliente.py"),
        (["sh"], "cliente.sh"),
        (["node"], "cliente.mjs"),
        (["java"], "Cliente.java"),
        (["php"], "cliente.php"),
        (["ruby", "-w"], "cliente.rb"),
    ],
    ids=["python", "shell", "javascript", "java", "php", "ruby"],
)
def test_a_client_creates_consults_and_answers(
    tmp_path: Path, command: Sequence[str], program: str
) -> None:
    needed = [command[0], *(["curl"] if program.endswith(".sh") else [])]
    if missing := [name for name in needed if shutil.which(name) is None]:
        pytest.skip(f"not here: {', '.join(missing)}")
    with serve(tmp_path) as running:
        environment = {**os.environ, "SERVIDOR": running.url, "TOKEN": TOKEN}
        done = subprocess.run(
            [*command, CLIENTES / program, "teste1"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        name, returned = running.play("teste1")
    created = (tmp_path / "arquivo_lote_rps.txt").read_bytes()
    assert created
    assert (tmp_path / "consulta.txt").read_bytes() == created
    assert (tmp_path / "retorno.txt").read_bytes() == returned, name
    answer = json.loads(done.stdout)
    assert answer["status"] == "autorizado", answer
    assert answer["ref"] == "teste1"
