"""The files of the cases of reading by kind; `gerar_leitura.py` writes them."""

from tests.casos.leitura import hostil, texto, xlsb_ods, xlsx
from tests.casos.leitura.feitio import CASOS

__all__ = ["CASOS", "hostil", "texto", "xlsb_ods", "xlsx"]
