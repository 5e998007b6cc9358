"""A stacked bar chart: the drawing that places it and the chart part itself."""

from collections.abc import Iterable

from converter.workbook.cells import attribute, escape
from converter.workbook.dialect import Dialect
from converter.workbook.new_sheet import Grafico, place

_INK = "52606D"
_GRID = "E4E7EB"


def drawing(grafico: Grafico, dialect: Dialect, relation: str) -> bytes:
    """The drawing part: one chart over the cells of its anchor."""
    first_column, first_row, last_column, last_row = grafico.ancora
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<xdr:wsDr xmlns:xdr="{dialect.spreadsheet_drawing}" xmlns:a="{dialect.drawing}">'
        f'<xdr:twoCellAnchor editAs="oneCell"><xdr:from>{_corner(first_column, first_row)}'
        f"</xdr:from><xdr:to>{_corner(last_column, last_row)}</xdr:to>"
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
        f'<xdr:cNvPr id="2" name="Gráfico 1" descr="{attribute(grafico.descricao)}"/>'
        "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>"
        '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        f'<a:graphic><a:graphicData uri="{dialect.chart}">'
        f'<c:chart xmlns:c="{dialect.chart}" xmlns:r="{dialect.relations}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/>"
        "</xdr:twoCellAnchor></xdr:wsDr>"
    ).encode()


def chart(grafico: Grafico, sheet: str, dialect: Dialect) -> bytes:
    """The chart part; its ranges lie on `sheet`."""
    series = "".join(_series(grafico, sheet, number) for number in range(len(grafico.series)))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{dialect.chart}" xmlns:a="{dialect.drawing}" '
        f'xmlns:r="{dialect.relations}"><c:roundedCorners val="0"/><c:chart>'
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>{_run('defRPr', 1200, bold=True)}</a:pPr>"
        f"<a:r>{_run('rPr', 1200, bold=True)}<a:t>{escape(grafico.titulo)}</a:t></a:r></a:p>"
        '</c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea>'
        '<c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="60"/><c:overlap val="100"/>'
        '<c:axId val="500001"/><c:axId val="500002"/></c:barChart>'
        '<c:catAx><c:axId val="500001"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{_line(_GRID)}{_font()}<c:crossAx val="500002"/><c:crosses val="autoZero"/>'
        '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:noMultiLvlLbl val="0"/></c:catAx>'
        '<c:valAx><c:axId val="500002"/>'
        '<c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/><c:majorGridlines>{_line(_GRID)}'
        '</c:majorGridlines><c:numFmt formatCode="[$-416]#,##0" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'{_line(_GRID)}{_font()}<c:crossAx val="500001"/><c:crosses val="max"/>'
        '<c:crossBetween val="between"/></c:valAx></c:plotArea>'
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_font()}</c:legend>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
        f'<a:ln><a:solidFill><a:srgbClr val="{_GRID}"/></a:solidFill></a:ln></c:spPr>'
        "</c:chartSpace>"
    ).encode()


def _series(grafico: Grafico, sheet: str, number: int) -> str:
    serie = grafico.series[number]
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx><c:v>{escape(serie.nome)}</c:v></c:tx>"
        f'<c:spPr><a:solidFill><a:srgbClr val="{serie.cor}"/></a:solidFill></c:spPr>'
        '<c:invertIfNegative val="0"/>'
        f"<c:cat><c:strRef><c:f>{escape(place(sheet, grafico.categorias))}</c:f>"
        f"{_cache('str', grafico.nomes)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{escape(place(sheet, serie.valores))}</c:f>"
        f"{_cache('num', map(str, serie.numeros))}</c:numRef></c:val></c:ser>"
    )


def _cache(kind: str, values: Iterable[str]) -> str:
    known = list(values)
    code = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{escape(value)}</c:v></c:pt>'
        for index, value in enumerate(known)
    )
    return f'<c:{kind}Cache>{code}<c:ptCount val="{len(known)}"/>{points}</c:{kind}Cache>'


def _corner(column: int, row: int) -> str:
    return (
        f"<xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    )


def _run(tag: str, size: int, *, bold: bool = False) -> str:
    return (
        f'<a:{tag} lang="pt-BR" sz="{size}" b="{bold:d}"><a:solidFill>'
        f'<a:srgbClr val="{_INK}"/></a:solidFill></a:{tag}>'
    )


def _line(color: str) -> str:
    return (
        f'<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill></a:ln>'
        "</c:spPr>"
    )


def _font() -> str:
    return (
        f"<c:txPr><a:bodyPr/><a:p><a:pPr>{_run('defRPr', 900)}</a:pPr>"
        '<a:endParaRPr lang="pt-BR"/></a:p></c:txPr>'
    )
