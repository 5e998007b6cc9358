"""The tables of Barueri: the records sent (PMB004), the records returned, the error codes."""

from collections.abc import Sequence
from pathlib import Path

from converter.layouts import codes, municipios, positional
from converter.layouts.positional import amount

_HERE = Path(__file__).parent
ENVIO = positional.load(_HERE / "envio.csv")
RETORNO = positional.load(_HERE / "retorno.csv")
ERROS = codes.load(_HERE / "erros.csv", ENVIO)

MUNICIPIO = "3505708"
VERSAO = "PMB004"
MAX_NOTAS = municipios.listed()["barueri-pmb004"].notas
RETENCOES = {
    "01": "servico.valor_ir",
    "02": "servico.valor_pis",
    "03": "servico.valor_cofins",
    "04": "servico.valor_csll",
    "05": "servico.valor_inss",
    "VN": "servico.valor_nao_incluso_base_calculo",
}


def trailer(sent: Sequence[str], lines: int) -> dict[str, str]:
    """The record 9 under so many lines; its sums, in cents, are of the records `sent`."""
    services = (
        _cents("2", line, "QuantidadeServico") * _cents("2", line, "ValorServico")
        for line in sent
        if line[:1] == "2"
    )
    others = (_cents("3", line, "Valor") for line in sent if line[:1] == "3")
    return {
        "TipoRegistro": "9",
        "NumeroTotalLinhas": str(lines + 1),
        "ValorTotalServicos": str(sum(services)),
        "ValorTotalValores": str(sum(others)),
    }


def _cents(tipo: str, line: str, nome: str) -> int:
    return amount(ENVIO[tipo].value(line, nome)) or 0
