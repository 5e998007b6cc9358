"""A return file dropped into `retornos/` while the folder is watched."""

import re
from pathlib import Path

import requests

from converter.simulator.server import serve
from converter.simulator.settings import Settings as SimulatorSettings
from tests.runs import NOW, exemplo, real, tabela
from tests.watching.vigia import LONG, Vigia


def test_a_return_file_is_read_once_and_its_sheet_told_anew(tmp_path: Path) -> None:
    pasta, at_the_api = tmp_path / "notas", tmp_path / "api"
    pasta.mkdir()
    at_the_api.mkdir()
    with serve(at_the_api, settings=SimulatorSettings(now=lambda: NOW)) as api:
        vigia = Vigia(pasta, environ=real(api.url), ambiente="homologacao")
        tabela(pasta, exemplo()[:1])
        (sent,) = vigia.passes(LONG)
        assert "1 com arquivo gerado" in sent
        (file,) = (pasta / "saida" / "lotes").iterdir()
        answer = requests.post(
            f"{api.url}/simulador/lotes/{file.stem}/retorno",
            headers={"Accept": "application/octet-stream"},
            timeout=60,
        )
        half = len(answer.content) // 2
        path = pasta / "retornos" / "RET.TXT"
        path.write_bytes(answer.content[:half])
        assert vigia.passes(10) == []
        path.write_bytes(answer.content)
        told = vigia.passes(LONG)
        assert re.match(r"retornos/RET.TXT: lote pl[0-9a-f]{30}, 1 autorizada", told[-1])
        assert any(line.startswith("notas.csv: 1 nota") and "1 autorizada" in line for line in told)
        assert vigia.passes(LONG) == []
