"""What a run gives of the example and of some spreadsheets: what no change may alter unseen.

Refs (each the hash of its payload), fates, sums, import files and the parts of the source kept in
each result. The wording of sheets and messages is held elsewhere.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from converter.model.run import RunReport
from converter.texts.machine import run_json
from tests.runs import ROOT, arquivo, copy_examples, run_in

CASOS = ROOT / "tests" / "casos"
PLANILOTE = '[[prestadores]]\ncnpj = "11.222.333/0001-81"\ncodigo_municipio = "3505708"\n'
CHOSEN = (
    "mapa-abrasf", "mapa-enotas", "mapa-total-no-pe", "valida-contas-do-iss",
    "valida-data-escritas", "valida-dois-fusos", "valida-exterior", "valida-ibs-cbs",
    "valida-linha-repetida", "valida-municipio-formatos", "valida-porcento", "valida-sim-nao",
    "valida-textos-hostis",
)  # fmt: skip
OWN_PARTS = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml")
TOLD = (
    "linhas_lidas", "em_branco", "notas_enviadas", "notas_retidas", "notas_rejeitadas",
    "notas_repetidas", "valor_lido", "valor_enviado",
)  # fmt: skip


def with_mistakes(pasta: Path) -> None:
    arquivo(pasta, "notas.xlsx", (ROOT / "docs" / "exemplos" / "com-erros.xlsx").read_bytes())


def case(name: str) -> Callable[[Path], None]:
    def put(pasta: Path) -> None:
        folder = CASOS / name
        (source,) = folder.glob("entrada.*")
        own = folder / "planilote.toml"
        text = own.read_text(encoding="utf-8") if own.is_file() else PLANILOTE
        arquivo(pasta, source.name, source.read_bytes(), text)

    return put


SCENES: Mapping[str, Callable[[Path], None]] = {
    "exemplo": copy_examples,
    "com-erros": with_mistakes,
    **{name: case(name) for name in CHOSEN},
}


def outputs(scene: str, pasta: Path) -> dict[str, Any]:
    """Run one scene as a user would, with `--parcial`; what came of it."""
    SCENES[scene](pasta)
    run = run_in(pasta, parcial=True)
    entry = json.loads(run_json(run, pasta))
    return {
        "codigo_saida": entry["codigo_saida"],
        "arquivos": {one["arquivo"]: _file(one, run) for one in entry["arquivos"]},
        "saida": _written(pasta / "saida"),
    }


def _file(one: Mapping[str, Any], run: RunReport) -> dict[str, Any]:
    (report,) = (
        done.report for done in run.files if done.report and done.report.arquivo == one["arquivo"]
    )
    return {
        **{name: one[name] for name in TOLD},
        "situacoes": " ".join(map(str, report.rows.situacao)),
        "lotes": {
            outcome.lote.ref: [len(outcome.lote.notas), str(outcome.state)]
            for outcome in report.outcomes
        },
    }


def _written(saida: Path) -> dict[str, str]:
    """Every file by name: import files whole, of a workbook the parts that were the source's."""
    found = {}
    for path in sorted(saida.rglob("*")):
        name = path.relative_to(saida).as_posix()
        if path.suffix == ".xlsx":
            # A workbook to correct is drawn anew: that there is one is all that stays.
            found[name] = "" if path.stem.endswith("_corrigir") else _source_parts(path)
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _source_parts(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        names = [name for name in OWN_PARTS if name in package.namelist()]
        return " ".join(
            f"{name.rpartition('/')[2]}:{hashlib.sha256(package.read(name)).hexdigest()[:12]}"
            for name in names
        )
