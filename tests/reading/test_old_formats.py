"""Spreadsheets of other programs and times are named, with the way out, whatever their name."""

import pytest

from converter.stages.read import read
from converter.texts.catalogue import hint

SYLK = (
    b'ID;PCALCOOO32\nC;X1;Y1;K"Nome"\nC;X2;Y1;K"Valor"\nC;X1;Y2;K"Lume Ltda"\nC;X2;Y2;K1100.5\nE\n'
)
SYLK_OF_EXCEL = b'ID;PWXL;N;E\r\nP;PGeneral\r\nF;P0;DG0G8;M255\r\nC;Y1;X1;K"Nome"\r\nE\r\n'
DIF = b'TABLE\n0,1\n"a"\nVECTORS\n0,3\n""\nTUPLES\n0,3\n""\nDATA\n0,0\n""\n-1,0\nBOT\n1,0\n"Nome"\n'
DBASE = bytes((3, 126, 10, 19, 2, 0, 0, 0, 97, 0, 45, 0)) + bytes(20) + b"NOME\x00" + bytes(60)
VISUAL_FOXPRO = bytes((0x30, 26, 10, 19, 2, 0, 0, 0, 0x28, 1, 45, 0)) + bytes(20) + b"NOME\x00"
LOTUS_WK1 = bytes.fromhex("000002000604") + bytes.fromhex("06000800000000000300") + bytes(40)
LOTUS_WK3 = bytes.fromhex("00001a000010040000000000") + bytes(40)
LOTUS_WK4 = bytes.fromhex("00001a000210040000000000") + bytes(40)
QUATTRO = bytes.fromhex("000002000110") + bytes(40)
QUATTRO_WB = bytes.fromhex("000002000210") + bytes(40)
EXCEL_2 = bytes.fromhex("090004000200") + b"\x10\x00" + bytes(40)
EXCEL_3 = bytes.fromhex("09020600030010000000") + bytes(40)
EXCEL_4 = bytes.fromhex("09040600040010000000") + bytes(40)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SYLK, "SYLK"), (SYLK_OF_EXCEL, "SYLK"), (b"\xef\xbb\xbf" + SYLK, "SYLK"), (DIF, "DIF"),
        (DIF.replace(b"\n", b"\r\n"), "DIF"), (DBASE, "dBase"), (VISUAL_FOXPRO, "dBase"),
        (LOTUS_WK1, "Lotus 1-2-3"), (LOTUS_WK3, "Lotus 1-2-3"), (LOTUS_WK4, "Lotus 1-2-3"),
        (QUATTRO, "Quattro Pro"), (QUATTRO_WB, "Quattro Pro"),
        (EXCEL_2, "Excel 2"), (EXCEL_3, "Excel 3"), (EXCEL_4, "Excel 4"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("arquivo", ["notas.xls", "notas.csv"])
def test_an_old_format_is_named_with_the_way_out(data: bytes, name: str, arquivo: str) -> None:
    (problem,) = read(data, arquivo).problems
    assert problem.code == "formato-antigo"
    assert name in problem.details["tipo"]
    assert "salve como pasta de trabalho do Excel (.xlsx)" in hint(problem)


@pytest.mark.parametrize(
    "text", ["ID;Nome;Valor\n1;Ana;10\n", "TABLE;0\n1;2\n", "TABLE\n0,5\n", "ID;P\nA;B\n"]
)
def test_a_text_that_begins_alike_is_a_text(text: str) -> None:
    assert read(text.encode(), "notas.csv").book is not None
