"""What can be an import file, and what is said of what cannot."""

import pytest

from converter.focus.import_file import objection
from converter.model.wire import Answer
from tests.faults.shapes import BODIES

BARUERI = b"11234567PMB00400000000001\r\n2RPS\r\n9000000200\r\n"
SAO_PAULO = b"100211234567202611012026113000\r\n6RPS\r\n90000001\r\n"
ABRASF = b'<?xml version="1.0"?><EnviarLoteRpsEnvio xmlns="x"><LoteRps/></EnviarLoteRpsEnvio>\n'


@pytest.mark.parametrize(
    ("body", "municipio"),
    [
        (BARUERI, "3505708"),
        (BARUERI.replace(b"PMB004", b"PMB002"), "3505708"),
        (b"\xef\xbb\xbf" + BARUERI, "3505708"),
        (SAO_PAULO, "3550308"),
        (ABRASF, "3106200"),
        (b"qualquer texto de uma cidade que ninguem publicou\n", "3106200"),
    ],
)
def test_a_file_of_its_city_is_one(body: bytes, municipio: str) -> None:
    assert objection(Answer(201, {}, body), municipio) is None


@pytest.mark.parametrize(
    ("body", "municipio"),
    [
        (SAO_PAULO, "3505708"),
        (ABRASF, "3505708"),
        (BARUERI, "3550308"),
        (BARUERI[:-20], "3505708"),
        (SAO_PAULO[:-12], "3550308"),
        (ABRASF[:-20], "3106200"),
        (b"<Error><Code>1</Code></Error>", "3106200"),
    ],
)
def test_another_layout_or_half_of_one_is_not(body: bytes, municipio: str) -> None:
    assert objection(Answer(201, {}, body), municipio)


@pytest.mark.parametrize(
    "name", [name for name in BODIES if name not in {"texto", "php", "utf-16", "bytes"}]
)
def test_what_no_city_imports_is_none_anywhere(name: str) -> None:
    said = objection(Answer(200, {}, BODIES[name]), "3106200")
    assert said or name in {"outro-leiaute", "leiaute-cortado"}


def test_what_calls_itself_a_page_is_one() -> None:
    assert objection(Answer(200, {"content-type": "text/html; charset=x"}, BARUERI), "3505708")
