"""The guide is executed: every mapping loads, every table gives the values it says."""

import re
import tomllib
from pathlib import Path

import pytest

from converter.mapping.defaults import Defaults
from converter.mapping.load import load_mappings
from converter.mapping.values import text_of
from converter.stages.map import map_book
from converter.stages.read import read

GUIDE = (Path(__file__).parents[2] / "docs/guia/mapeamento.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, flags=re.MULTILINE | re.DOTALL)
MAPPINGS = [text for kind, text in BLOCKS if kind == "toml" and text.startswith("# mappings/")]
TRIPLES = zip(BLOCKS, BLOCKS[1:], BLOCKS[2:], strict=False)
SHOWN = [
    (before, table, after) for (_, before), (kind, table), (_, after) in TRIPLES if kind == "csv"
]


def name_of(text: str) -> str:
    return text.splitlines()[0].removeprefix("# mappings/").removesuffix(".toml")


@pytest.mark.parametrize("text", MAPPINGS, ids=name_of)
def test_each_mapping_loads(tmp_path, text):
    (tmp_path / "guia.toml").write_text(text, encoding="utf-8")
    assert load_mappings([tmp_path]).named(name_of(text))


@pytest.mark.parametrize(("mapping", "table", "values"), SHOWN, ids=lambda text: text[:20])
def test_each_table_gives_what_the_guide_says(tmp_path, mapping, table, values):
    (tmp_path / "guia.toml").write_text(mapping, encoding="utf-8")
    book = read(table.encode(), "notas.csv").book
    assert book is not None
    known = load_mappings([tmp_path])
    (sheet,) = map_book(book, known, choice=None, defaults=Defaults()).sheets
    assert sheet.mapeamento == name_of(mapping)
    for line in values.splitlines():
        path, _, expected = line.partition(" = ")
        assert text_of(sheet.fields[path].values[0]) == expected, path


def test_planilote_toml_is_read():
    (text,) = (text for _, text in BLOCKS if text.startswith("# planilote.toml"))
    defaults = Defaults.from_table(tomllib.loads(text), text)
    assert (len(defaults.prestadores), len(defaults.municipios)) == (1, 1)


def test_every_shipped_mapping_is_in_the_guide():
    for name in load_mappings([]).names:
        assert f"`{name}`" in GUIDE


def test_the_guide_has_examples():
    assert len(SHOWN) >= 4
