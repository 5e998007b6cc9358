"""Writes the cases of validation, `tests/casos/valida-*`, so that their tables can be reviewed.

Usage: python -m tests.casos.gerar_validacao [NOME…]

Each row is a note that is right, changed where the case says so, by API path. Rows of text alone
become CSV; a number, a date or a format of its own makes the case an xlsx.
"""

import json
import sys

from tests.casos.formato import FOLDER
from tests.casos.validacao import datas, impostos, linhas, lugares, numeros, pessoas
from tests.casos.validacao.arquivo import content

CASOS = {
    nome: origem
    for tema in (numeros, datas, pessoas, impostos, lugares, linhas)
    for nome, origem in tema.CASOS.items()
}


def main(names: list[str]) -> None:
    """Write the cases named, or all of them; what is expected of a new one is left to fill in."""
    for name in names or list(CASOS):
        origem = CASOS[name]
        folder = FOLDER / name
        folder.mkdir(exist_ok=True)
        extension, data = content(origem)
        (folder / f"entrada.{extension}").write_bytes(data)
        for other, text in origem.arquivos.items():
            (folder / other).write_text(text, encoding="utf-8")
        expected = folder / "esperado.json"
        if not expected.exists():
            said = {"sobre": origem.sobre, "linhas": None, "problemas": None}
            expected.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
