"""Compound files whose sectors lead into themselves, and sheets that share one stream."""

import struct
from pathlib import Path

import pytest

from converter.reading.compound import check_chains
from converter.reading.refusal import FileRefused
from converter.stages.read import read
from tests.dados.doze import gerar

XLS = (Path(gerar.__file__).parent / "notas.xls").read_bytes()
TWO_SHEETS = Path(__file__).parent.parent / "casos" / "xls-tipos" / "entrada.xls"


def test_a_whole_file_passes() -> None:
    check_chains(XLS)


def test_a_chain_that_leads_into_itself_is_damage() -> None:
    (table,) = struct.unpack_from("<i", XLS, 76)
    at = XLS.index("Workbook".encode("utf-16-le"))
    (start,) = struct.unpack_from("<i", XLS, at + 116)
    looped = bytearray(XLS)
    struct.pack_into("<i", looped, 512 + 512 * table + 4 * start, start)
    with pytest.raises(FileRefused):
        check_chains(bytes(looped))
    assert read(bytes(looped), "a.xls").problems[0].code == "arquivo-danificado"


def test_sheets_on_one_stream_are_refused() -> None:
    data = bytearray(TWO_SHEETS.read_bytes())
    places = []
    at = data.find(b"\x85\x00")
    while at >= 0:
        size = struct.unpack_from("<H", data, at + 2)[0]
        if 8 < size < 30 and data[at + 8] in {0, 1, 2}:
            places.append(at + 4)
        at = data.find(b"\x85\x00", at + 1)
    first, *others = places
    for other in others:
        data[other : other + 4] = data[first : first + 4]
    (problem,) = read(bytes(data), "a.xls").problems
    assert problem.code == "arquivo-suspeito"
    assert "mesmas células" in problem.details["motivo"]
