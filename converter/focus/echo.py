"""A token that the peer sends back, in any of the ways it may be written, taken out of what came.

What is heard is stored as it came and shown to people; an answer that repeats its request's header
would put the token in the journal, in a workbook and on the screen.
"""

import base64
import html
import json
import re
from urllib.parse import quote

from converter.focus.tokens import Token

TAKEN_OUT = b"***"


class Echo:
    """Knows the spellings of one token."""

    def __init__(self, token: Token) -> None:
        secret = token.reveal()
        folded = {secret, quote(secret, safe=""), html.escape(secret), json.dumps(secret)[1:-1]}
        folded |= {text.replace("/", "\\/") for text in folded}
        exact = {part for lead in range(3) for part in _base64(secret, lead)}
        wide = [
            text.encode(codec) for text in (*folded, *exact) for codec in ("utf-16-le", "utf-16-be")
        ]
        plain = [text.encode() for text in folded | exact]
        # The longest first: one spelling may hold another.
        spellings = sorted({*plain, *wide}, key=len, reverse=True)
        self._spellings = re.compile(b"|".join(map(re.escape, spellings)), re.IGNORECASE)
        self._starts = [spelling.lower() for spelling in spellings]

    def __repr__(self) -> str:
        return "Echo(***)"

    def taken_out(self, data: bytes) -> bytes:
        """The bytes without the token; the very same where it is not in them."""
        folded = data.lower()
        if not any(start in folded for start in self._starts):
            return data
        return self._spellings.sub(TAKEN_OUT, data)


def _base64(secret: str, lead: int) -> list[str]:
    """What Base64 makes of the secret behind so many bytes, without what neighbours change."""
    encoded = base64.b64encode(b"\0" * lead + secret.encode()).decode()
    inner = encoded[(0, 2, 3)[lead] : (lead + len(secret)) * 8 // 6]
    return [inner, inner.translate(str.maketrans("+/", "-_"))]
