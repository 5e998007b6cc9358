"""Make the pictures of the result that the LEIAME shows: LibreOffice draws, ImageMagick trims.

python scripts/gen_pictures.py saida/exemplo-servicos_resultado.xlsx docs/imagens
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

DPI = 150
WIDTH = 1400
# The user's regional settings decide points and commas.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item
oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>pt-BR</value></prop></item></oor:items>
"""
SHEETS = ("Resumo", "Resultado", "Erros", "Lote 2", "Resposta")


def main(book: Path, folder: Path) -> None:
    """Write one PNG per sheet of ours in `book`, named after it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        profile = work / "perfil" / "user" / "registrymodifications.xcu"
        profile.parent.mkdir(parents=True)
        profile.write_text(PROFILE)
        for sheet in SHEETS:
            alone = work / f"{sheet.lower().replace(' ', '-')}.xlsx"
            loaded = openpyxl.load_workbook(book)
            if sheet not in loaded.sheetnames:
                continue
            for other in loaded.sheetnames:
                if other != sheet:
                    loaded[other].sheet_state = "hidden"
            loaded.active = loaded.sheetnames.index(sheet)
            loaded.save(alone)
            draw(alone, work, folder / f"{alone.stem}.png")


def draw(book: Path, work: Path, picture: Path) -> None:
    """The first page of a book, trimmed, at desktop width."""
    run(
        "soffice",
        f"-env:UserInstallation=file://{work}/perfil",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        work,
        book,
    )
    page = work / book.stem
    run("pdftoppm", "-r", DPI, "-singlefile", "-png", book.with_suffix(".pdf"), page)
    run(
        "convert",
        page.with_suffix(".png"),
        *("-gravity", "south", "-chop", "0x110", "-trim", "+repage"),
        *("-bordercolor", "white", "-border", "24", "-resize", f"{WIDTH}x>"),
        *("-strip", "+dither", "-colors", "96", picture),
    )


def run(*command: object) -> None:
    """Run a program and stop where it fails."""
    subprocess.run(list(map(str, command)), check=True, capture_output=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
