"""Whether what an answer holds can be the import file of a lote, before anyone believes it.

A network's login page, a proxy's error and a cut file come with 200 or 201 too. An import file is
text or XML, whole, and where the city publishes a layout of its own, of that layout, by how
`layouts/leiautes.csv` says that its files begin and end.
"""

import re

from converter.focus.json_body import read_json
from converter.layouts.municipios import listed, published
from converter.model.wire import Answer

_PAGE = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_ROOT = re.compile(rb"<(?![?!])([\w:.-]{1,100})")
_NO_FILE = re.compile(rb"(?:[\w.-]+:)?(?:html|error|erro|erros|fault|exception)", re.IGNORECASE)
_OTHER = (b"PK\x03\x04", b"\x1f\x8b", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_BLANK = b" \t\r\n\x00\xef\xbb\xbf"
_JSON_STARTS = frozenset({b"{", b"[", b'"'})
_WORDS = frozenset({b"null", b"true", b"false"})


def objection(answer: Answer, municipio: str) -> str | None:
    """Why a body is no import file of this city (IBGE code), in words; None where it can be one."""
    body = answer.body.strip(_BLANK)
    kind = answer.headers.get("content-type", "").lower()
    page = "text/html" in kind or "xhtml" in kind or _PAGE.match(body)
    for wrong, why in (
        (not body, "veio vazia"),
        (answer.echoed, "traz o próprio token, que um arquivo de importação não tem"),
        (page, "é uma página da web"),
        (_is_json(body), "é um JSON"),
        (body.startswith(_OTHER), "não é um texto"),
    ):
        if wrong:
            return why
    if body.startswith(b"<"):
        return _objection_to_xml(body) or _of_another_layout(body, municipio)
    return _of_another_layout(answer.body.lstrip(_BLANK), municipio)


def _objection_to_xml(body: bytes) -> str | None:
    root = _ROOT.search(body)
    if root is None or _NO_FILE.fullmatch(root[1]):
        return "é um XML de erro"
    whole = re.search(rb"(?:</%b\s*|/)>\Z" % re.escape(root[1]), body[-300:])
    return None if whole else "veio cortada"


def _of_another_layout(body: bytes, municipio: str) -> str | None:
    slug = published().get(municipio)
    if slug is None:
        return None
    layout = listed()[slug]
    if not re.match(layout.comeco, body):
        return "não é do leiaute da cidade"
    return None if re.search(layout.fim, body[-2000:]) else "veio cortada"


def _is_json(body: bytes) -> bool:
    if body[:1] not in _JSON_STARTS and body not in _WORDS:
        return False
    try:
        read_json(body)
    except ValueError:
        # Cut, or said twice: no import file begins so either.
        return body[:1] in {b"{", b"["}
    return True
