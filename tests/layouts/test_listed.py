"""A layout is one line of `leiautes.csv` and a package: what is missing of one is said by name."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import pytest

from converter.layouts import by_slug
from converter.layouts.file_fields import rows
from converter.layouts.municipios import LayoutLine, listed, published, sites
from converter.texts import cancelamento
from scripts import gen_layouts
from tests.layouts import amostras

FILES = ("__init__.py", "tables.py", "envio.csv", "erros.csv", "omitidos.csv", "so_a_cidade.csv",
         "pagina.md")  # fmt: skip


def missing(slug: str, layout: LayoutLine) -> Iterator[str]:
    """What a layout of `leiautes.csv` still lacks."""
    package = layout.folder.name
    files = [name for name in FILES if not (layout.folder / name).is_file()]
    yield from (f"{package}/{name}" for name in files)
    if "__init__.py" not in files:
        own = import_module(f"converter.layouts.{package}")
        if slug not in {one.slug for one in getattr(own, "LAYOUTS", ())}:
            yield f"{slug} in LAYOUTS of {package}/__init__.py"
    page = f"layouts/{package.replace('_', '-')}.md"
    if not (gen_layouts.DOCS / page).is_file():
        yield f"docs/{page}: make docs"
    options = (gen_layouts.DOCS / "guia" / "planilote-toml.md").read_text(encoding="utf-8")
    if not any(f"`{one}`" in options for one in listed() if listed()[one].folder == layout.folder):
        yield f"{slug} as a `leiaute` in docs/guia/planilote-toml.md"
    errors = f"tests.layouts.test_errors_{package}"
    if find_spec(errors) is None or not getattr(import_module(errors), "CASES", ()):
        yield f"CASES of {errors}"
    if slug not in amostras.MUNICIPIO:
        yield f"{slug} in MUNICIPIO of tests/layouts/amostras.py"


@pytest.mark.parametrize("slug", listed())
def test_a_layout_that_is_listed_is_whole(slug: str) -> None:
    assert [*missing(slug, listed()[slug])] == []


def test_a_layout_added_half_is_told_what_it_lacks() -> None:
    layout = LayoutLine(amostras.HERE / "campinas", "Campinas", 50, b"", b"")
    assert len([*missing("campinas-1", layout)]) == len(FILES) + 4


@pytest.mark.parametrize("slug", listed())
def test_a_file_begins_and_ends_as_its_line_says(slug: str) -> None:
    content = amostras.written(slug)[1]
    assert re.match(listed()[slug].comeco, content)
    assert re.search(listed()[slug].fim, content)
    assert by_slug(slug).recognises(content)


@pytest.mark.parametrize("slug", listed())
def test_what_is_omitted_in_one_version_is_so_in_one_there_is(slug: str) -> None:
    table = rows(listed()[slug].folder / "omitidos.csv")
    assert {row.get("leiaute", "") for row in table} <= {"", *listed()}
    assert {row["efeito"] for row in table} <= {"recusa", "avisa", "calcula"}
    assert all(row["motivo"] for row in table if row["efeito"] != "calcula")


def test_a_municipio_publishes_a_layout_that_is_listed() -> None:
    assert {*published().values()} <= listed().keys()
    assert cancelamento.SITES.keys() <= sites().keys()


def test_what_a_run_asks_of_layouts_reads_none_of_them() -> None:
    code = "import sys, converter.runtime.config as _; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    packages = {f"converter.layouts.{layout.folder.name}" for layout in listed().values()}
    assert packages.isdisjoint(done.stdout.split())
