"""Writes the expected sections of every case again, as they are found now: review the difference.

Usage: python -m tests.casos.gerar [NOME…]

Only the sections a case has are written, and only files whose content changes. The `entrada.*` are
made by `gerar_leitura.py`, `gerar_mapeamento.py` and `gerar_validacao.py`, beside this.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from converter.stages.read import read
from tests.casos import test_inteiro, test_leitura, test_mapeamento
from tests.casos.formato import Caso, casos

Found = Callable[[Caso], Any]
WIDE = 100


def _leitura(caso: Caso) -> Any:
    arquivo = f"{caso.nome}{caso.arquivo.suffix}"
    outcome = read(caso.arquivo.read_bytes(), arquivo)
    return test_leitura.found(outcome, caso.esperado["leitura"])


SECTIONS: dict[str, Found] = {
    "leitura": _leitura,
    "mapeamento": test_mapeamento.found,
    "linhas": test_inteiro.rows,
    "problemas": lambda caso: [
        test_inteiro.place(problem) for problem in test_inteiro.understood(caso)[0].problems
    ],
}


def written(value: Any, margin: str = "") -> str:
    """JSON with a table's rows on one line each, so that a difference is easy to read."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(margin) + len(flat) <= WIDE and not (isinstance(value, dict) and _deep(value)):
        return flat
    inner = margin + "  "
    if isinstance(value, dict) and value:
        parts = (
            f"{json.dumps(k, ensure_ascii=False)}: {written(v, inner)}" for k, v in value.items()
        )
        return "{\n" + ",\n".join(inner + part for part in parts) + f"\n{margin}}}"
    if isinstance(value, list) and any(isinstance(item, list | dict) for item in value):
        return "[\n" + ",\n".join(inner + written(v, inner) for v in value) + f"\n{margin}]"
    return flat


def _deep(value: dict[str, Any]) -> bool:
    return any(isinstance(inner, dict | list) and inner for inner in value.values())


def main(names: list[str]) -> None:
    """Write the cases named, or all of them."""
    for caso in casos(""):
        if names and caso.nome not in names:
            continue
        made = {
            section: SECTIONS[section](caso) if section in SECTIONS else said
            for section, said in caso.esperado.items()
        }
        if json.dumps(made) != json.dumps(caso.esperado):
            (caso.arquivo.parent / "esperado.json").write_text(
                written(made) + "\n", encoding="utf-8"
            )
            print(caso.nome)


if __name__ == "__main__":
    main(sys.argv[1:])
