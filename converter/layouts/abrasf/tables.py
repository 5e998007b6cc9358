"""The tables of ABRASF 2.02: the elements of a lote and of a RPS, and the error codes."""

from pathlib import Path

from converter.layouts import codes, elements, municipios

_HERE = Path(__file__).parent
ENVIO = elements.load(_HERE / "envio.csv")
LOTE, RPS = ENVIO["lote"], ENVIO["rps"]
CAMPOS = {field.nome: field.campo for tree in (RPS, LOTE) for field in tree.fields}
ERROS = codes.load(_HERE / "erros.csv", campos=CAMPOS)

NAMESPACE = "http://www.abrasf.org.br/nfse.xsd"
VERSAO = "2.02"
MAX_NOTAS = municipios.listed()["abrasf-2.02"].notas
"""The schema sets no limit for the lote; cities set theirs (many take 50)."""
