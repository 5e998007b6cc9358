"""Make pictures of every page of `planilote abrir`, light and dark, narrow and wide.

python scripts/gen_page_pictures.py FOLDER            every page at every width, to be looked at
python scripts/gen_page_pictures.py --guia FOLDER     the few that docs/guia/pagina.md shows

Needs a Chromium.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.page.chromium import chromium, office, window  # noqa: E402 - the checkout, not a copy
from tests.page.months import PLACES, a_month_of_work  # noqa: E402 - as above

WIDTHS = {360: 740, 1280: 800, 2560: 1440}
OF_THE_GUIDE = (
    ("entrada", 1280, "light"), ("arquivo", 1280, "light"), ("enviar", 1280, "light"),
    ("lotes", 1280, "light"), ("painel", 1280, "dark"), ("entrada", 360, "dark"),
)  # fmt: skip
COLOURS = 64


def main() -> int:
    """Write the pictures as `page-width-scheme.png`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--guia", action="store_true")
    chosen = parser.parse_args()
    every = [
        (name, width, scheme) for name in PLACES for width in WIDTHS for scheme in ("light", "dark")
    ]
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, chromium() as browser, window(browser) as page:
        pasta = Path(made, "notas")
        pasta.mkdir()
        with office(pasta) as place:
            a_month_of_work(place)
            page.goto(place.server.opening)
            for name, width, scheme in OF_THE_GUIDE if chosen.guia else every:
                path = chosen.folder / f"{name}-{width}-{scheme}.png"
                page.set_viewport_size({"width": width, "height": WIDTHS[width]})
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                page.goto(f"{place.server.address}{PLACES[name]}")
                page.screenshot(path=path, full_page=not chosen.guia)
                if chosen.guia:
                    _smaller(path)
                print(path)
    return 0


def _smaller(path: Path) -> None:
    """The picture with fewer colours, in its place."""
    Image.open(path).convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS).save(
        path, optimize=True
    )


if __name__ == "__main__":
    sys.exit(main())
