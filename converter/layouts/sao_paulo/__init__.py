"""São Paulo: V.001 and V.002 files in, the export V.001 to V.004 out."""

from functools import partial

from converter.layouts.base import Layout
from converter.layouts.describe import describe_lines
from converter.layouts.file_fields import narrowest
from converter.layouts.positional import lines_of
from converter.layouts.sao_paulo.answer import answer, parse_answer
from converter.layouts.sao_paulo.check import check, used_numbers
from converter.layouts.sao_paulo.tables import ENVIO
from converter.layouts.sao_paulo.write import write

_NAMES = {
    "1": "Cabeçalho",
    "2": "RPS (V.001)",
    "3": "Cupom",
    "5": "Intermediário",
    "6": "RPS (V.002)",
    "9": "Rodapé",
}
_HEADER = 28


def sao_paulo_layout(versao: str, retorno: str) -> Layout:
    """One version of the layout. `retorno` is the version of the export the user picks."""
    start = f"1{versao}".encode()

    def recognises(content: bytes) -> bool:
        first = content[:_HEADER]
        return first.startswith(start) and len(first) == _HEADER and first.isdigit()

    return Layout(
        slug=f"sao-paulo-v{versao}",
        widths=narrowest(record.fields for record in ENVIO.values()),
        write=partial(write, versao),
        used_numbers=used_numbers,
        check=check,
        answer=partial(answer, retorno),
        parse_answer=parse_answer,
        describe=lambda content: describe_lines(lines_of(content), ENVIO, _NAMES, "236"),
        recognises=recognises,
    )


LAYOUTS = (sao_paulo_layout("001", "001"), sao_paulo_layout("002", "004"))
