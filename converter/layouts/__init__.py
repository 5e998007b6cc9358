"""Municipal layouts: the files prefeituras import and return, each made from a table of fields."""

from collections.abc import Callable, Mapping
from functools import cache

from converter.layouts.base import Layout
from converter.layouts.municipios import published


def _barueri() -> Layout:
    from converter.layouts.barueri import BARUERI

    return BARUERI


def _sao_paulo(versao: str, retorno: str) -> Layout:
    from converter.layouts.sao_paulo import sao_paulo_layout

    return sao_paulo_layout(versao, retorno)


def _abrasf() -> Layout:
    from converter.layouts.abrasf import ABRASF

    return ABRASF


DEFAULT = "abrasf-2.02"
_MADE: Mapping[str, Callable[[], Layout]] = {
    "barueri-pmb004": _barueri,
    "sao-paulo-v001": lambda: _sao_paulo("001", "001"),
    "sao-paulo-v002": lambda: _sao_paulo("002", "004"),
    DEFAULT: _abrasf,
}
"""Each by its name; its tables are read when a file first asks for it."""
SLUGS = tuple(_MADE)


def for_municipio(codigo: str) -> Layout:
    """The layout a município (7-digit IBGE code) imports; ABRASF where none is published."""
    return by_slug(published().get(codigo, DEFAULT))


@cache
def by_slug(slug: str) -> Layout:
    """The layout of a name kept earlier. Raises KeyError."""
    return _MADE[slug]()


def detect(content: bytes) -> Layout | None:
    """The layout whose import file these bytes look like."""
    return next((one for one in map(by_slug, SLUGS) if one.recognises(content)), None)
