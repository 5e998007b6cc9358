import pytest

from converter.reading.encoding import detect

SAMPLES = {
    "comum": "Serviços de manutenção elétrica: instalação à domicílio, três câmeras",
    "maiúsculas": "PRESTAÇÃO DE SERVIÇOS DE INFORMÁTICA – Nº 15, CÂMARA MUNICIPAL DE SÃO JOÃO",
    "uma palavra": "José",
    "ordinais": "1ª via, 2º andar, 30° C, R$ 10 — “à vista”, José",
}


@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES.keys())
@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "cp850", "mac_roman"]
)
def test_portuguese_is_read_back(text: str, codec: str) -> None:
    data = text.encode(codec, errors="ignore")
    found = detect(data)
    assert data.decode(found.codec) == data.decode(codec)
    assert found.guessed == (codec in {"cp1252", "cp850", "mac_roman"})


def test_plain_ascii_is_no_guess() -> None:
    assert not detect(b"Nome;Valor\r\n").guessed


def test_a_broken_utf_8_tail_is_no_utf_8() -> None:
    assert detect("José".encode() + b";Jos\xe9").codec == "cp1252"
