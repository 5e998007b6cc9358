"""A stacked bar chart: the drawing that places it and the chart part itself."""

from collections.abc import Iterable

from converter.workbook.cells import attribute, escape
from converter.workbook.dialect import Dialect
from converter.workbook.new_sheet import Grafico, place
from converter.workbook.parts import DECLARATION, part


def drawing(grafico: Grafico, dialect: Dialect, relation: str) -> bytes:
    """The drawing part: one chart over the cells of its anchor."""
    told = {"ancora": grafico.ancora, "titulo": attribute(grafico.titulo)}
    return (DECLARATION + part("drawing", ns=dialect, relation=relation, **told)).encode()


def chart(grafico: Grafico, sheet: str, dialect: Dialect) -> bytes:
    """The chart part; its ranges lie on `sheet`."""
    looks = {name: part(name) for name in ("pale", "small")}
    series = "".join(_series(grafico, sheet, number) for number in range(len(grafico.series)))
    titulo = escape(grafico.titulo)
    return (DECLARATION + part("chart", ns=dialect, titulo=titulo, series=series, **looks)).encode()


def _series(grafico: Grafico, sheet: str, number: int) -> str:
    serie = grafico.series[number]
    return part(
        "series",
        number=number,
        nome=escape(serie.nome),
        cor=serie.cor,
        categorias=escape(place(sheet, grafico.categorias)),
        valores=escape(place(sheet, serie.valores)),
        count=len(grafico.nomes),
        nomes=_points(grafico.nomes),
        numeros=_points(map(str, serie.numeros)),
    )


def _points(values: Iterable[str]) -> str:
    return "".join(
        part("point", index=index, value=escape(value)) for index, value in enumerate(values)
    )
