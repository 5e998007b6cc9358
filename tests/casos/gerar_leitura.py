"""Writes the `entrada.*` of the cases that are not plain text, so that they can be reviewed here.

Usage: python -m tests.casos.gerar_leitura [--rascunho] [NOME…]

`--rascunho` prints what reading finds in each, as a draft of its `esperado.json`. The files that
LibreOffice wrote are kept as they are.
"""

import json
import sys
from pathlib import Path

from converter.stages.read import read
from tests.casos.formato import FOLDER
from tests.casos.leitura import CASOS
from tests.casos.test_leitura import found

TALL = 40


def main(arguments: list[str]) -> None:
    """Write the files of the cases named, or of all of them."""
    draft = "--rascunho" in arguments
    wanted = [name for name in arguments if not name.startswith("--")] or list(CASOS)
    for name in wanted:
        extension, make = CASOS[name]
        content = make()
        if draft:
            outcome = read(content, f"{name}.{extension}")
            sheets = outcome.book.sheets if outcome.book else ()
            tall = {sheet.name: {"celulas": {}} for sheet in sheets if len(sheet.rows) > TALL}
            print(json.dumps({name: found(outcome, {"planilhas": tall})}, ensure_ascii=False))
            continue
        path = Path(FOLDER, name, f"entrada.{extension}")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])
