"""Municipal layouts: the files prefeituras import and return, each made from a table of fields."""

from functools import cache

from converter.layouts.base import Layout
from converter.layouts.municipios import MAX_NOTAS, published

DEFAULT = "abrasf-2.02"
SLUGS = tuple(MAX_NOTAS)


def for_municipio(codigo: str) -> Layout:
    """The layout a município (7-digit IBGE code) imports; ABRASF where none is published."""
    return by_slug(published().get(codigo, DEFAULT))


@cache
def by_slug(slug: str) -> Layout:
    """The layout of a name kept earlier; its tables are read when it is first asked for.

    Raises:
        KeyError: There is none of that name.
    """
    match slug:
        case "barueri-pmb004":
            from converter.layouts.barueri import BARUERI

            return BARUERI
        case "sao-paulo-v001" | "sao-paulo-v002":
            from converter.layouts.sao_paulo import sao_paulo_layout

            versao = slug[-3:]
            return sao_paulo_layout(versao, {"001": "001", "002": "004"}[versao])
        case "abrasf-2.02":
            from converter.layouts.abrasf import ABRASF

            return ABRASF
    raise KeyError(slug)


def detect(content: bytes) -> Layout | None:
    """The layout whose import file these bytes look like."""
    return next((one for one in map(by_slug, SLUGS) if one.recognises(content)), None)
