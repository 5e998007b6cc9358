import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from converter.schemas.catalogue import FIELDS
from converter.texts.catalogue import CATALOGUE

SCRIPT = Path(__file__).parents[2] / "scripts" / "gen_docs.py"


@pytest.fixture(scope="module")
def gen_docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gen_docs", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_code_has_one_entry(gen_docs: ModuleType) -> None:
    page = gen_docs.erros()
    assert {code: page.count(f"### `{code}`\n") for code in CATALOGUE} == dict.fromkeys(
        CATALOGUE, 1
    )


def test_every_field_has_one_entry(gen_docs: ModuleType) -> None:
    page = gen_docs.campos()
    counted = {field.path: page.count(f"- Caminho: `{field.path}`") for field in FIELDS}
    assert counted == dict.fromkeys(counted, 1)


def test_no_placeholder_is_left_in_braces(gen_docs: ModuleType) -> None:
    assert "{" not in gen_docs.erros()


def test_a_page_is_the_same_each_time(gen_docs: ModuleType) -> None:
    assert [page() for page in gen_docs.PAGES.values()] == [
        page() for page in gen_docs.PAGES.values()
    ]
