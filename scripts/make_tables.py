"""Write the data files of `converter/brazil/data` from the npm package @br-validators/core (MIT).

    python scripts/make_tables.py                 # fetches the package with `npm pack`
    python scripts/make_tables.py PACOTE.tgz      # uses one already here

The package republishes tables of IBGE and of the national NFS-e as JSON, and keeps each one whole
inside its source maps; its licence is copied beside the tables. A table whose size is not the
known one stops the script: look before you raise the number.
"""

import argparse
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = "@br-validators/core"
DATA = Path(__file__).resolve().parent.parent / "converter" / "brazil" / "data"

LICENSE = "LICENSE-br-validators.txt"

Record = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One data file: where it comes from, its columns, how many records it must have."""

    name: str
    source: str
    dataset: str
    file: str
    columns: tuple[str, ...]
    size: int
    notes: tuple[str, ...] = ()


TABLES = (
    Table(
        "municipios",
        "IBGE, localidades",
        "ibge",
        "municipios.json",
        ("codigo", "nome", "uf"),
        5571,
    ),
    Table(
        "cnaes", "IBGE, CNAE 2.3, subclasses", "cnaes", "cnaes.json", ("codigo", "descricao"), 1332
    ),
    Table(
        "nbs",
        "NFS-e nacional, Anexo B (NBS 2.0)",
        "nbs",
        "nbs.json",
        ("codigo", "descricao"),
        917,
        ("Códigos sem os pontos: 1.0101.11.00 e 101011100.",),
    ),
    Table(
        "servicos",
        "Lei Complementar 116/2003, lista anexa",
        "lc116",
        "lc116.json",
        ("codigo", "descricao"),
        200,
        (
            "Códigos sem o ponto: 1.07 e 0107.",
            "O pacote traz 99.01, que não é da lista, e não traz 11.05, incluído pela Lei",
            "Complementar 183/2021: o script tira um e põe o outro.",
        ),
    ),
)

ITEM_11_05 = (
    "1105",
    "Serviços relacionados ao monitoramento e rastreamento a distância, em qualquer via ou local, "
    "de veículos, cargas, pessoas e semoventes em circulação ou movimento, realizados por meio de "
    "telefonia móvel, transmissão de satélites, rádio ou qualquer outro meio, inclusive pelas "
    "empresas de Tecnologia da Informação Veicular, independentemente de o prestador de serviços "
    "ser proprietário ou não da infraestrutura de telecomunicações que utiliza",
)
"""LC 116/2003, lista anexa, item 11.05, as LC 183/2021, art. 1º, wrote it."""


def main() -> None:
    """Read the package and write every table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("pacote", nargs="?", type=Path, help="the .tgz that `npm pack` writes")
    chosen = parser.parse_args().pacote
    with tempfile.TemporaryDirectory() as folder:
        documents, version = read_package(chosen or download(Path(folder)))
    (DATA / LICENSE).write_text(documents["LICENSE"], encoding="utf-8", newline="\n")
    for table in TABLES:
        metadata = json.loads(documents[f"src/{table.dataset}/data/metadata.json"])
        items = json.loads(documents[f"src/{table.dataset}/data/{table.file}"])
        records = sorted(RECORDS[table.name](items))
        if len(records) != table.size or len({record[0] for record in records}) != table.size:
            sys.exit(f"{table.name}: {len(records)} records, {table.size} expected")
        write(table, records, version, metadata["capturadoEm"])
        print(f"{table.name}: {len(records)} records of {metadata['capturadoEm']}")


def download(folder: Path) -> Path:
    """Give the package's archive, fetched by the npm client."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm not found: give the path of the package's .tgz")
    subprocess.run([npm, "pack", PACKAGE, "--silent"], cwd=folder, check=True)
    return next(folder.glob("*.tgz"))


def read_package(archive: Path) -> tuple[dict[str, str], str]:
    """Give the sources kept in the source maps, by path, and the package's version."""
    documents: dict[str, str] = {}
    with tarfile.open(archive) as package:
        for member in package:
            content = package.extractfile(member)
            if content is None:
                continue
            if member.name == "package/package.json":
                about = json.load(content)
            elif member.name == "package/LICENSE":
                documents["LICENSE"] = content.read().decode()
            elif member.name.endswith(".js.map"):
                kept = json.load(content)
                paths = (path.removeprefix("../") for path in kept["sources"])
                documents |= zip(paths, kept.get("sourcesContent", ()), strict=False)
    if about["name"] != PACKAGE or about["license"] != "MIT":
        sys.exit(f"{archive}: not {PACKAGE} under MIT")
    return documents, about["version"]


def municipios(items: list[dict[str, Any]]) -> Iterable[Record]:
    """Give code, name and UF."""
    return ((str(item["codigo"]), item["nome"], item["uf"]) for item in items)


def described(items: list[dict[str, Any]]) -> Iterable[Record]:
    """Give the digits of each code and its description."""
    return ((re.sub(r"\D", "", item["codigo"]), tidy(item["descricao"])) for item in items)


def servicos(items: list[dict[str, Any]]) -> Iterable[Record]:
    """Give the list in force: four digits and description, 99.01 out, 11.05 in."""
    for item in items:
        major, minor = item["codigo"].split(".")
        if major != "99":
            yield major.zfill(2) + minor, tidy(item["descricao"])
    yield ITEM_11_05


def tidy(text: str) -> str:
    """Give the text on one line, without a final full stop."""
    return " ".join(text.split()).rstrip(".")


RECORDS = {
    "municipios": municipios,
    "cnaes": described,
    "nbs": described,
    "servicos": servicos,
}


def write(table: Table, records: list[Record], version: str, captured: str) -> None:
    """Write one data file, its source and date in comment lines above the header."""
    text = io.StringIO()
    text.write(f"# {table.source}. Retrato de {captured}, pacote {PACKAGE} {version} (MIT).\n")
    text.write(f"# Licença em {LICENSE}. Escrito por scripts/make_tables.py; não edite.\n")
    text.writelines(f"# {note}\n" for note in table.notes)
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(records)
    (DATA / f"{table.name}.csv").write_text(text.getvalue(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
