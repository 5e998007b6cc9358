"""The guide's pages, in the clone or in the package: what a sentence refers to is always there."""

from collections.abc import Mapping
from pathlib import Path

from converter.errors import SettingsError
from converter.texts.sentences import sentence

_CLONE = Path(__file__).parents[2]
_PACKAGE = Path(__file__).with_name("guia")
_BESIDE = ("LEIAME.md", "docs/erros.md", "docs/campos.md")
"""Pages outside `docs/guia/` that a user is sent to."""


def pages() -> Mapping[str, Path]:
    """Each page by the name it is asked for with: its file name, in small letters, no ending."""
    clone = (_CLONE / "pyproject.toml").is_file()
    if clone:
        found = [*(_CLONE / "docs" / "guia").glob("*.md"), *map(_CLONE.joinpath, _BESIDE)]
    else:
        found = [*_PACKAGE.glob("*.md")]
    return {path.stem.lower(): path for path in sorted(found, key=lambda path: path.stem.lower())}


def page(name: str) -> str:
    """The text of a page (Markdown).

    Raises:
        SettingsError: There is no such page.
    """
    found = pages().get(name.lower().removesuffix(".md"))
    if found is None:
        raise SettingsError(sentence("comando.sem-pagina", nome=name, paginas=", ".join(pages())))
    return found.read_text(encoding="utf-8")


def title(text: str) -> str:
    """What a page calls itself."""
    return text.partition("# ")[2].partition("\n")[0]
