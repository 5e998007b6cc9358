"""Every page, light and dark, wide and narrow: axe finds nothing serious, nothing runs over."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.page.chromium import IN_BROWSER, PATIENCE, Office, chromium, office, window
from tests.page.months import PLACES, a_month_of_work

pytestmark = [*IN_BROWSER]
expect.set_options(timeout=PATIENCE)
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("escritorio")) as opened:
        a_month_of_work(opened)
        yield opened


@pytest.fixture(scope="module")
def page(place: Office) -> Iterator[Page]:
    with chromium() as browser, window(browser) as opened:
        opened.goto(place.server.opening)
        yield opened


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.longo)])
@pytest.mark.parametrize("name", PLACES)
def test_axe_finds_nothing_serious(page: Page, place: Office, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{place.server.address}{PLACES[name]}")
    found = Axe().run(page).response["violations"]
    told = [
        (one["id"], [node["html"][:120] for node in one["nodes"]])
        for one in found
        if one["impact"] in SERIOUS
    ]
    assert not told


@pytest.mark.parametrize("width", [320, 360, 1280, 2560])
@pytest.mark.parametrize("name", PLACES)
def test_no_page_runs_over_its_side(page: Page, place: Office, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{place.server.address}{PLACES[name]}")
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
