"""Cancelling by file in Barueri: the records of an accepted file again, in situação C.

The NF-e is named by its number and date; the RPS has none any more (zeros, PMB004, record 2).
"""

from collections.abc import Iterator, Mapping, Sequence

from converter.layouts.barueri.tables import ENVIO, trailer
from converter.layouts.base import Cancellation, FieldError, ImportFile, LayoutError, Motivo
from converter.layouts.charset import fit
from converter.layouts.positional import ENCODING, file_of, lines_of
from converter.layouts.reasons import reason

_CODES: Mapping[Motivo, str] = {Motivo.EXTRAVIO: "01", Motivo.DADOS_INCORRETOS: "02"}
_LONGEST = ENVIO["2"].by_name["DescricaoCancelamento"].tamanho
_DIGITS = ENVIO["2"].by_name["NumeroNFeCancelada"].tamanho


def cancel(content: bytes, notas: Sequence[Cancellation], remessa: int) -> ImportFile:
    """The file that cancels these notes of an accepted one. Raises LayoutError."""
    header, *lines = lines_of(content)
    wanted = {nota.ordem: nota for nota in notas}
    errors = [error for nota in notas for error in _faults(nota)]
    if errors:
        raise LayoutError(errors)
    chosen = [*_chosen(lines, wanted)]
    first = ENVIO["1"].amended(header, {"IdentificacaoRemessaContribuinte": str(remessa)})
    last = ENVIO["9"].line(trailer(chosen, len(chosen) + 1))
    media_type = f"text/plain; charset={ENCODING.upper()}"
    return ImportFile(file_of([first, *chosen, last]), f"RPS_{remessa:011d}.txt", media_type)


def _chosen(lines: Sequence[str], wanted: Mapping[int, Cancellation]) -> Iterator[str]:
    """The records of the notes to cancel, each RPS in situação C."""
    ordem = 0
    for line in lines:
        ordem += line.startswith("2")
        if ordem in wanted and not line.startswith("9"):
            rps = line.startswith("2")
            yield ENVIO["2"].amended(line, _cancelled(wanted[ordem])) if rps else line


def _cancelled(nota: Cancellation) -> dict[str, str]:
    return {
        "SerieRPS": "",
        "NumeroRPS": "",
        "SituacaoRPS": "C",
        "CodigoMotivoCancelamento": _CODES[nota.motivo],
        "NumeroNFeCancelada": nota.numero,
        "SerieNFeCancelada": "",
        "DataEmissaoNFeCancelada": f"{nota.emissao:%Y%m%d}",
        "DescricaoCancelamento": fit(nota.descricao, ENCODING).text,
    }


def _faults(nota: Cancellation) -> list[FieldError]:
    found = []
    if not (nota.numero.isascii() and nota.numero.isdigit() and len(nota.numero) <= _DIGITS):
        why = reason("barueri-cancelada", valor=nota.numero, tamanho=_DIGITS)
        found.append(FieldError("numero", why, nota.ordem))
    if len(fit(nota.descricao, ENCODING).text) > _LONGEST:
        why = reason("barueri-descricao", tamanho=_LONGEST, veio=len(nota.descricao))
        found.append(FieldError("descricao", why))
    return found
