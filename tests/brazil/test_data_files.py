"""The data files are what the script writes from its package."""

import importlib.util
import io
import json
import sys
import tarfile
from pathlib import Path

import pytest

from converter.brazil import data_files

DATA = Path(data_files.__file__).with_name("data")
SCRIPT = Path(__file__).parents[2] / "scripts" / "make_tables.py"


@pytest.fixture
def script(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("make_tables", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "make_tables", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "DATA", tmp_path)
    return module


def package(script, folder, *, licence="MIT", drop=0):
    """Write a package like the real one, holding the tables as shipped."""
    version = (
        (DATA / "nbs.csv").read_text(encoding="utf-8").split(script.PACKAGE + " ")[1].split()[0]
    )
    about = {"name": script.PACKAGE, "version": version, "license": licence}
    files = {
        "package.json": json.dumps(about),
        "LICENSE": (DATA / script.LICENSE).read_text(encoding="utf-8"),
        "dist/empty.js.map": json.dumps({"sources": []}),
    }
    for table in script.TABLES:
        captured = (DATA / f"{table.name}.csv").read_text(encoding="utf-8").split("Retrato de ")[1]
        sources = {
            f"../src/{table.dataset}/data/metadata.json": {"capturadoEm": captured[:10]},
            f"../src/{table.dataset}/data/{table.file}": items(table.name)[drop:],
        }
        files[f"dist/{table.dataset}.js.map"] = json.dumps(
            {
                "sources": list(sources),
                "sourcesContent": [json.dumps(kept) for kept in sources.values()],
            }
        )
    path = folder / "pacote.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
        archive.addfile(tarfile.TarInfo("package/dist"))
    return path


def items(name):
    rows = data_files.rows(name)
    if name == "municipios":
        return [{"codigo": int(code), "nome": words, "uf": uf} for code, words, uf in rows]
    if name != "servicos":
        return [{"codigo": code, "descricao": words} for code, words in rows]
    listed = [(code, words) for code, words in rows if code != "1105"] + [("9901", "Outros")]
    return [{"codigo": f"{int(code[:2])}.{code[2:]}", "descricao": words} for code, words in listed]


def run(script, monkeypatch, path):
    monkeypatch.setattr(sys, "argv", ["make_tables.py", str(path)])
    script.main()


def test_the_script_writes_the_tables_as_shipped(script, monkeypatch, tmp_path):
    run(script, monkeypatch, package(script, tmp_path))
    written = sorted(path.name for path in tmp_path.iterdir() if path.suffix in {".csv", ".txt"})
    assert {"municipios.csv", "servicos.csv", "cnaes.csv", "nbs.csv"} <= set(written)
    for name in written:
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()


def test_a_table_of_another_size_stops_the_script(script, monkeypatch, tmp_path):
    with pytest.raises(SystemExit, match="municipios: 5570 records, 5571 expected"):
        run(script, monkeypatch, package(script, tmp_path, drop=1))


def test_a_package_under_another_licence_stops_the_script(script, monkeypatch, tmp_path):
    with pytest.raises(SystemExit, match="not @br-validators/core under MIT"):
        run(script, monkeypatch, package(script, tmp_path, licence="AGPL-3.0"))


@pytest.mark.parametrize("name", ["municipios", "servicos", "cnaes", "nbs"])
def test_every_file_names_its_source_and_date(name):
    first = (DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert "Retrato de 2026-" in first


@pytest.mark.parametrize(
    ("name", "size", "digits"),
    [("municipios", 5571, 7), ("servicos", 200, 4), ("cnaes", 1332, 7), ("nbs", 917, 9)],
)
def test_every_table_is_whole(name, size, digits):
    codes = [row[0] for row in data_files.rows(name)]
    assert len(set(codes)) == size
    assert all(len(code) == digits and code.isdecimal() for code in codes)
    assert all(all(row) for row in data_files.rows(name))
