"""Municipal layouts: the files prefeituras import and return, each made from a table of fields."""

from converter.layouts.abrasf import ABRASF
from converter.layouts.barueri import BARUERI
from converter.layouts.base import Layout
from converter.layouts.municipios import published
from converter.layouts.sao_paulo import sao_paulo_layout

LAYOUTS: tuple[Layout, ...] = (
    BARUERI,
    sao_paulo_layout("001", retorno="001"),
    sao_paulo_layout("002", retorno="004"),
    ABRASF,
)
DEFAULT = LAYOUTS[-1]


def for_municipio(codigo: str) -> Layout:
    """The layout a município (7-digit IBGE code) imports; ABRASF where none is published."""
    slug = published().get(codigo)
    return by_slug(slug) if slug else DEFAULT


def by_slug(slug: str) -> Layout:
    """The layout of a name kept earlier. Raises KeyError."""
    return {layout.slug: layout for layout in LAYOUTS}[slug]


def detect(content: bytes) -> Layout | None:
    """The layout whose import file these bytes look like."""
    return next((layout for layout in LAYOUTS if layout.recognises(content)), None)
