"""The package costs nothing until it is asked."""

import subprocess
import sys

LOADED = """
import sys
import converter.brazil.documento, converter.brazil.municipio, converter.brazil.servico
import converter.brazil.money, converter.brazil.dates, converter.brazil.fuso
from converter.brazil import data_files
print(*sorted({"pandas", "numpy", "openpyxl", "requests"} & set(sys.modules)))
print(data_files.rows.cache_info().currsize)
"""


def test_importing_reads_no_table_and_nothing_heavy():
    run = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:2] == ["", "0"]
