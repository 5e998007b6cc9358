"""Barueri: PMB004 files in, `.ERR` and `RET….TXT` files out."""

from converter.layouts.barueri.answer import answer, parse_answer
from converter.layouts.barueri.cancel import cancel
from converter.layouts.barueri.check import check, used_numbers
from converter.layouts.barueri.tables import ENVIO
from converter.layouts.barueri.write import write
from converter.layouts.base import Layout
from converter.layouts.describe import describe_lines
from converter.layouts.file_fields import narrowest
from converter.layouts.positional import lines_of

_NAMES = {
    "1": "Cabeçalho",
    "2": "RPS",
    "3": "Outros valores",
    "4": "Complemento do RPS",
    "5": "Destinatário e IBS/CBS",
    "9": "Rodapé",
}

LAYOUTS = (
    Layout(
        slug="barueri-pmb004",
        widths=narrowest(record.fields for record in ENVIO.values()),
        write=write,
        used_numbers=used_numbers,
        check=check,
        answer=answer,
        parse_answer=parse_answer,
        describe=lambda content: describe_lines(lines_of(content), ENVIO, _NAMES, "2"),
        recognises=lambda content: content[:1] == b"1" and content[8:11] == b"PMB",
        cancel=cancel,
    ),
)
