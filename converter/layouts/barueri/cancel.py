"""Cancelling by file in Barueri: the records of an accepted file again, in situação C.

The NF-e is named by its number and date; the RPS has none any more (zeros, PMB004, record 2).
"""

from collections.abc import Mapping, Sequence

from converter.layouts.barueri.tables import ENVIO
from converter.layouts.base import Cancellation, FieldError, ImportFile, LayoutError, Motivo
from converter.layouts.charset import fit
from converter.layouts.positional import ENCODING, amount, file_of, lines_of

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
    out = [ENVIO["1"].amended(header, {"IdentificacaoRemessaContribuinte": str(remessa)})]
    ordem = services = others = 0
    for line in lines:
        tipo = line[:1]
        ordem += tipo == "2"
        nota = wanted.get(ordem)
        if nota is None or tipo == "9":
            continue
        if tipo == "2":
            out.append(ENVIO["2"].amended(line, _cancelled(nota)))
            rps = ENVIO["2"].read(line)
            services += (amount(rps["QuantidadeServico"]) or 0) * (amount(rps["ValorServico"]) or 0)
        else:
            out.append(line)
            others += (amount(ENVIO["3"].read(line)["Valor"]) or 0) if tipo == "3" else 0
    trailer = {
        "TipoRegistro": "9",
        "NumeroTotalLinhas": str(len(out) + 1),
        "ValorTotalServicos": str(services),
        "ValorTotalValores": str(others),
    }
    out.append(ENVIO["9"].line(trailer))
    return ImportFile(
        file_of(out), f"RPS_{remessa:011d}.txt", f"text/plain; charset={ENCODING.upper()}"
    )


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
        told = f"“{nota.numero}” não é um número de NF-e de Barueri, de até {_DIGITS} algarismos"
        found.append(FieldError("numero", told, nota.ordem))
    if len(fit(nota.descricao, ENCODING).text) > _LONGEST:
        told = f"o arquivo leva até {_LONGEST} caracteres, e há {len(nota.descricao)}"
        found.append(FieldError("descricao", told))
    return found
