"""Municipal layouts: the files prefeituras import and return, each made from a table of fields."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from converter.layouts.base import Layout
from converter.layouts.municipios import listed, published

DEFAULT = "abrasf-2.02"


def for_municipio(codigo: str) -> Layout:
    """The layout a município (7-digit IBGE code) imports; ABRASF where none is published."""
    return by_slug(published().get(codigo, DEFAULT))


@cache
def by_slug(slug: str) -> Layout:
    """The layout of a name kept earlier; its tables are read when it is first asked for.

    Raises:
        KeyError: There is none of that name.
    """
    package = import_module(f"{__name__}.{listed()[slug].folder.name}")
    layouts: Iterable[Layout] = package.LAYOUTS
    return {layout.slug: layout for layout in layouts}[slug]


def detect(content: bytes) -> Layout | None:
    """The layout whose import file these bytes look like."""
    return next((one for one in map(by_slug, listed()) if one.recognises(content)), None)
