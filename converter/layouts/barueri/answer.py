"""What Barueri gives back: the file echoed with codes (`.ERR`) or the notes (`RET….TXT`)."""

import hashlib
import re
from collections.abc import Sequence

from converter.layouts import nota_status
from converter.layouts.barueri.nota import cancelled_number, is_issuing, is_person
from converter.layouts.barueri.tables import ENVIO, ERROS, RETORNO, trailer
from converter.layouts.base import AnswerError, City, CityError, ReturnFile
from converter.layouts.codes import Code
from converter.layouts.positional import amount, file_of, lines_of
from converter.layouts.reasons import reason

URI = "https://www.barueri.sp.gov.br/nfe/"
ECHO = 1970
_CODES = re.compile(r"\s*(\d{3};\s*)+$")
_OF_A_NOTE = frozenset("2345")
_CANCELLED = "NF-e cancelada"
"""In the place of the série, which has four letters, for a note known by its own number."""
_SERIE_NUMERO = re.compile(r"(.*?)(\d+)")


def answer(content: bytes, errors: Sequence[CityError], city: City) -> ReturnFile:
    """`.ERR` when anything is wrong, else `RET….TXT`."""
    lines = lines_of(content)
    stamp = f"{city.clock:%Y%m%d%H%M%S}"
    if any(not error.alerta for error in errors):
        return ReturnFile(_echo(lines, errors), f"RPS{stamp}.ERR")
    return ReturnFile(_issue(lines, city), f"RET{stamp}.TXT")


def _echo(lines: list[str], errors: Sequence[CityError]) -> bytes:
    codes: dict[int, list[str]] = {}
    for error in errors:
        codes.setdefault(error.linha or 1, []).append(error.codigo)
    out = []
    for number, line in enumerate(lines or [""], 1):
        found = "".join(f"{code};" for code in dict.fromkeys(codes.get(number, ())))
        out.append(line[:ECHO].ljust(ECHO) + found)
    return file_of(out)


def _issue(lines: list[str], city: City) -> bytes:
    header = ENVIO["1"].read(lines[0])
    out = [RETORNO["1"].line(header)]
    numero = city.proxima_nfse - 1
    for line in lines[1:-1]:
        if line[0] == "2":
            rps = ENVIO["2"].read(line)
            issuing = is_issuing(rps)
            numero += issuing
            made = _note(rps, numero, city) if issuing else _cancelled(rps, city)
            service = {
                "TipoRegistro": "3",
                "QuantidadeServico": str(amount(rps["QuantidadeServico"]) or 0),
                "DescricaoServico": rps["DiscriminacaoServico"].partition("|")[0][:60],
                "CodigoServico": rps["CodigoServicoPrestado"],
                "ValorUnitarioServico": str(amount(rps["ValorServico"]) or 0),
            }
            out += [RETORNO["2"].line(made), RETORNO["3"].line(service)]
        elif line[0] == "3":
            out.append(RETORNO["4"].line(ENVIO["3"].read(line) | {"TipoRegistro": "4"}))
    return file_of([*out, RETORNO["9"].line(trailer(lines[1:-1], len(out)))])


def _note(rps: dict[str, str], numero: int, city: City) -> dict[str, str]:
    digest = hashlib.sha256(f"{city.cnpj}{numero}{rps['NumeroRPS']}".encode()).hexdigest().upper()
    digits = str(int(digest, 16))
    fields = RETORNO["2"].by_name.items()
    sent = {nome: rps[nome][: field.tamanho] for nome, field in fields if nome in rps}
    return sent | {
        "SerieNumeroNFe": f"{numero:06d}".rjust(11),
        "DataNFe": f"{city.clock:%Y%m%d}",
        "HoraNFe": f"{city.clock:%H%M%S}",
        "CodigoAutenticidade": f"{digest[:4]}.{digits[:4]}.{digits[4:8]}.{digits[8:15]}-I",
        "Tributacao": "1",
        "ISSRetido": "N",
        "SituacaoNFe": "A",
    }


def _cancelled(rps: dict[str, str], city: City) -> dict[str, str]:
    """The NF-e as it stands once cancelled."""
    numero = int(cancelled_number(rps) or 0)
    return _note(rps, numero, city) | {
        "DataNFe": rps["DataEmissaoNFeCancelada"],
        "SituacaoNFe": "C",
        "DataCancelamentoNFe": f"{city.clock:%Y%m%d}",
    }


def parse_answer(returned: bytes, sent: bytes | None) -> tuple[dict[str, object], ...]:
    """One status per note, in the order of the file sent."""
    lines = lines_of(returned) or [""]
    header = lines[0] if lines[0].startswith("1") else ""
    if header[8:11] == "PMB" or any(_CODES.match(line[ECHO:]) for line in lines):
        return _refused(lines, sent)
    if header[24:27] == "PMB":
        return _issued(lines, sent)
    raise AnswerError(reason("barueri-retorno"))


def _sent(content: bytes) -> list[nota_status.RpsKey]:
    return [_key(line) for line in lines_of(content) if line.startswith("2")]


def _key(line: str) -> nota_status.RpsKey:
    """What tells a note of the file from the others: its RPS, or the NF-e that it cancels."""
    rps = ENVIO["2"].read(line)
    if not is_issuing(rps):
        return _CANCELLED, cancelled_number(rps)
    return rps["SerieRPS"], rps["NumeroRPS"].lstrip("0")


def _refused(lines: list[str], sent: bytes | None) -> tuple[dict[str, object], ...]:
    whole: list[dict[str, object]] = []
    found: list[tuple[nota_status.RpsKey, list[dict[str, object]]]] = []
    person = False
    for line in lines:
        if line.startswith("2"):
            found.append((_key(line), []))
            person = is_person(ENVIO["2"].read(line))
        own = found and line[:1] in _OF_A_NOTE
        target = found[-1][1] if own else whole
        target.extend(
            _erro(code, cpf=bool(own and person)) for code in re.findall(r"\d{3}", line[ECHO:])
        )
    _belongs([key for key, _ in found], sent, told=any((whole, *(erros for _, erros in found))))
    return tuple(nota_status.refused(rps, serie, whole + erros) for (serie, rps), erros in found)


def _belongs(keys: list[nota_status.RpsKey], sent: bytes | None, *, told: bool) -> None:
    if not told:
        raise AnswerError(reason("barueri-retorno-vazio"))
    if sent is not None and keys != _sent(sent):
        raise AnswerError(reason("retorno-de-outros-rps"))


def _erro(codigo: str, *, cpf: bool) -> dict[str, object]:
    unknown = reason("barueri-codigo-desconhecido", codigo=codigo)
    return ERROS.get(codigo, Code(codigo, unknown)).told(cpf=cpf)


def _issued(lines: list[str], sent: bytes | None) -> tuple[dict[str, object], ...]:
    found: dict[nota_status.RpsKey, dict[str, object]] = {}
    told: list[dict[str, object]] = []
    for line in lines:
        if not line.startswith("2"):
            continue
        note = RETORNO["2"].read(line)
        match = _SERIE_NUMERO.fullmatch(note["SerieNumeroNFe"])
        if match is None or len(note["DataNFe"]) != 8:
            raise AnswerError(reason("retorno-sem-numero"))
        rps, numero = note["NumeroRPS"].lstrip("0"), str(int(match[2]))
        cancelled = note["SituacaoNFe"] == "C"
        made = nota_status.issued(
            rps,
            note["SerieRPS"],
            numero=numero,
            codigo=note["CodigoAutenticidade"],
            data_emissao=nota_status.iso(note["DataNFe"], note["HoraNFe"]),
            uri=URI,
            cancelled=cancelled,
        )
        told.append(made)
        found[note["SerieRPS"], rps] = made
        if cancelled:
            found[_CANCELLED, numero] = made
    return tuple(told) if sent is None else nota_status.in_order(found, _sent(sent))
