"""The pages say what the program does: their commands are run, their lists are complete."""

import re
import tomllib
from pathlib import Path

import pytest

from converter import cli
from converter.runtime import config
from converter.runtime import municipio_overrides as own_cities
from converter.settings import ARQUIVO
from scripts import gen_guia

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "guia"
COMANDOS = (GUIDE / "comandos.md").read_text(encoding="utf-8")
OPCOES = (GUIDE / "planilote-toml.md").read_text(encoding="utf-8")
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
)
LINK = re.compile(r"\]\(([^)#:\s]*)(?:#([^)\s]*))?\)")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(text: str) -> set[str]:
    """The headings as GitHub links to them."""
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def examples() -> list[str]:
    """Each `planilote.toml` of the page."""
    return re.findall(rf"^```toml {ARQUIVO}\n(.*?)^```$", OPCOES, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", gen_guia.PAGES)
def test_what_a_page_shows_is_what_the_commands_answer(name: str) -> None:
    assert gen_guia.render(page(name)) == page(name), "rode: python scripts/gen_guia.py"


@pytest.mark.parametrize("name", ["README.md", "LEIAME.md"])
def test_the_first_screen_shows_both_commands(name: str) -> None:
    first_screen = "\n".join(page(name).splitlines()[:40])
    assert "$ make convert" in first_screen
    assert "$ make test" in first_screen


@pytest.mark.parametrize("command", sorted(cli.main.commands))
def test_every_command_has_a_section_where_it_is_run(command: str) -> None:
    _, _, rest = COMANDOS.partition(f"\n## {command}\n")
    section = rest.partition("\n## ")[0]
    assert f"$ planilote {command}" in section
    assert f"(#{command})" in COMANDOS


def test_every_option_of_converter_is_explained() -> None:
    for option in cli.main.commands["converter"].params:
        for name in option.opts:
            assert not name.startswith("--") or f"`{name}" in COMANDOS, name


@pytest.mark.parametrize("key", sorted(config._KEYS))
def test_every_key_of_planilote_toml_has_a_section(key: str) -> None:
    assert f"\n## {key}\n" in OPCOES


def test_every_key_of_planilote_toml_is_in_an_example_that_is_run() -> None:
    shown = [tomllib.loads(text) for text in examples()]
    used = {key for table in shown for key in table}
    # A certificate of one's own cannot be shown at work here.
    assert config._KEYS - used == {"certificados"}
    cities = [city for table in shown for city in table.get("municipios", {}).values()]
    assert {key for city in cities for key in city} == set(own_cities._KEYS)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    here = ROOT / name
    for target, anchor in LINK.findall(page(name)):
        linked = (here.parent / target) if target else here
        assert linked.exists(), target
        if anchor and linked.suffix == ".md":
            assert anchor in anchors(linked.read_text(encoding="utf-8")), f"{target}#{anchor}"


def test_every_decision_is_linked_from_the_house() -> None:
    house = page("docs/arquitetura.md")
    for decision in sorted((ROOT / "docs" / "decisoes").glob("*.md")):
        assert f"(decisoes/{decision.name})" in house, decision.name


def test_the_house_names_every_room_every_stage_and_nothing_that_is_gone() -> None:
    house = page("docs/arquitetura.md")
    package = ROOT / "converter"
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    modules = {path.name for path in package.glob("[!_]*.py")}
    stages = {f"stages/{path.stem}" for path in (package / "stages").glob("[!_]*.py")}
    named = set(re.findall(r"`([\w/.]+?)/?`", house))
    assert rooms | modules | stages <= named
    paths = {name for name in named if name.startswith(("converter/", "tests/", "scripts/"))}
    assert {name for name in paths if not (ROOT / name).exists()} == set()
    assert {name for name in named if name.startswith("stages/")} == stages


def test_every_page_is_reached_from_the_front() -> None:
    seen: set[Path] = set()
    ahead = [ROOT / "README.md", ROOT / "LEIAME.md"]
    while ahead:
        here = ahead.pop()
        if here in seen or here.suffix != ".md":
            continue
        seen.add(here)
        text = here.read_text(encoding="utf-8")
        ahead += [(here.parent / target).resolve() for target, _ in LINK.findall(text) if target]
        ahead += [one for link in ahead if link.is_dir() for one in link.glob("*.md")]
    assert {ROOT / name for name in PAGES} - seen == set()
