"""São Paulo: V.001 and V.002 files in, the export V.001 to V.004 out."""

from collections.abc import Mapping, Sequence

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
from converter.layouts.sao_paulo.answer import answer, parse_answer
from converter.layouts.sao_paulo.check import check, claims
from converter.layouts.sao_paulo.tables import ENVIO, MAX_NOTAS
from converter.layouts.sao_paulo.write import write

_NAMES = {
    "1": "Cabeçalho",
    "2": "RPS (V.001)",
    "3": "Cupom",
    "5": "Intermediário",
    "6": "RPS (V.002)",
    "9": "Rodapé",
}


class SaoPaulo:
    """One version of the layout. `retorno` is the version of the export the user picks."""

    max_notas = MAX_NOTAS
    widths = narrowest((f.campo, f.tamanho) for record in ENVIO.values() for f in record.fields)

    def __init__(self, versao: str, retorno: str) -> None:
        self.versao = versao
        self.retorno = retorno
        self.slug = f"sao-paulo-v{versao}"
        self.nome = f"São Paulo V.{versao}"

    def write(self, lote: Mapping[str, object], numbering: Numbering) -> ImportFile:
        """See `Layout.write`."""
        return write(self.versao, lote, numbering)

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
        return answer(self.retorno, content, errors, city)

    def parse_answer(self, returned: bytes, sent: bytes | None) -> tuple[dict[str, object], ...]:
        """See `Layout.parse_answer`."""
        return parse_answer(returned, sent)

    def describe(self, content: bytes) -> tuple[DescribedRecord, ...]:
        """See `Layout.describe`."""
        return describe_lines(lines_of(content), ENVIO, _NAMES, "236")

    def recognises(self, content: bytes) -> bool:
        """See `Layout.recognises`."""
        first = content[:28]
        return first[:4] == f"1{self.versao}".encode() and len(first) == 28 and first.isdigit()
