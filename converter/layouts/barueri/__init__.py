"""Barueri: PMB004 files in, `.ERR` and `RET….TXT` files out."""

from collections.abc import Mapping, Sequence

from converter.layouts.barueri.answer import answer, parse_answer
from converter.layouts.barueri.check import check, claims
from converter.layouts.barueri.tables import ENVIO, MAX_RPS
from converter.layouts.barueri.write import write
from converter.layouts.base import (
    City,
    CityError,
    Claims,
    DescribedRecord,
    ImportFile,
    Numbering,
    ReturnFile,
    narrowest,
)
from converter.layouts.describe import describe_lines, rewrite_lines
from converter.layouts.positional import lines_of

_NAMES = {
    "1": "Cabeçalho",
    "2": "RPS",
    "3": "Outros valores",
    "4": "Complemento do RPS",
    "5": "Destinatário e IBS/CBS",
    "9": "Rodapé",
}


class Barueri:
    """The PMB004 layout."""

    slug = "barueri-pmb004"
    nome = "Barueri PMB004"
    max_notas = MAX_RPS
    widths = narrowest((f.campo, f.tamanho) for record in ENVIO.values() for f in record.fields)

    def write(self, lote: Mapping[str, object], numbering: Numbering) -> ImportFile:
        """See `Layout.write`."""
        return write(lote, numbering)

    def rewrite(self, content: bytes) -> bytes:
        """See `Layout.rewrite`."""
        return rewrite_lines(lines_of(content), ENVIO)

    def claims(self, content: bytes) -> Claims:
        """See `Layout.claims`."""
        return claims(content)

    def check(self, content: bytes, city: City) -> tuple[CityError, ...]:
        """See `Layout.check`."""
        return check(content, city)

    def answer(self, content: bytes, errors: Sequence[CityError], city: City) -> ReturnFile:
        """See `Layout.answer`."""
        return answer(content, errors, city)

    def parse_answer(self, returned: bytes, sent: bytes | None) -> tuple[dict[str, object], ...]:
        """See `Layout.parse_answer`."""
        return parse_answer(returned, sent)

    def describe(self, content: bytes) -> tuple[DescribedRecord, ...]:
        """See `Layout.describe`."""
        return describe_lines(lines_of(content), ENVIO, _NAMES, "2")

    def recognises(self, content: bytes) -> bool:
        """See `Layout.recognises`."""
        return content[:1] == b"1" and content[8:11] == b"PMB"
