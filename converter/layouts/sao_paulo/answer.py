"""What São Paulo gives back: the export of the notes issued, or a report of errors.

The export (`TXT retorno`, V.001 to V.004) is published. The city shows errors on its site and
publishes no file for them: the report written here, one error per line with `;`, is our own.
"""

import csv
import hashlib
import io
from collections.abc import Sequence

from converter.layouts import nota_status
from converter.layouts.base import AnswerError, City, CityError, ReturnFile
from converter.layouts.nota_status import RpsKey
from converter.layouts.positional import ENCODING, amount, file_of, lines_of
from converter.layouts.reasons import reason
from converter.layouts.sao_paulo.tables import (
    ENVIO,
    ERROS,
    RETORNO,
    UNTAXED,
)

URI = "https://nfe.prefeitura.sp.gov.br/"
REPORT = ("linha", "serie", "rps", "etapa", "tipo", "codigo", "campo", "mensagem", "correcao")
_NOTES = frozenset("236")
"""The records that are a note."""
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def answer(retorno: str, content: bytes, errors: Sequence[CityError], city: City) -> ReturnFile:
    """The report when anything is wrong, else the export in version `retorno`."""
    lines = lines_of(content)
    stamp = f"{city.clock:%Y%m%d%H%M%S}"
    if any(not error.alerta for error in errors):
        return ReturnFile(_report(lines, errors), f"ERROS_{stamp}.csv")
    return ReturnFile(_export(retorno, lines, city), f"NFSe_{stamp}.txt")


def _report(lines: list[str], errors: Sequence[CityError]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(REPORT)
    keys = _keys(lines)
    for error in errors:
        serie, rps = keys[error.ordem - 1] if error.ordem else ("", "")
        code = ERROS[error.codigo]
        tipo = "alerta" if error.alerta else "erro"
        row = (error.linha, serie, rps, code.etapa, tipo, error.codigo, error.campo)
        writer.writerow((*row, error.mensagem, error.correcao))
    return out.getvalue().encode(ENCODING, "replace")


def _keys(lines: Sequence[str]) -> list[RpsKey]:
    """Série and number of each RPS, in order."""
    rps = (line for line in lines if line[:1] in _NOTES)
    return [(line[6:11].strip(), line[11:23].strip().lstrip("0")) for line in rps]


def _export(retorno: str, lines: list[str], city: City) -> bytes:
    header, records = ENVIO["1"].read(lines[0]), RETORNO[f"V.{retorno}"]
    out = [records["1"].line(header | {"Versao": retorno})]
    numero = city.proxima_nfse - 1
    totals = dict.fromkeys(("ValorServicos", "ValorDeducoes", "ValorISS"), 0)
    for line in lines[1:]:
        tipo = line[0]
        if tipo == "9":
            break
        if tipo == "5":
            continue
        numero += 1
        fields = _note(ENVIO[tipo].read(line), header, numero, city)
        record = records["3" if tipo == "3" else "2"]
        fields["TipoRegistro"] = record.tipo
        out.append(record.line({k: v for k, v in fields.items() if k in record.by_name}))
        for nome in totals:
            totals[nome] += amount(fields[nome]) or 0
    trailer = {
        "TipoRegistro": "9",
        "NumeroLinhas": str(len(out) - 1),
        "ValorTotalServicos": str(totals["ValorServicos"]),
        "ValorTotalDeducoes": str(totals["ValorDeducoes"]),
        "ValorTotalISS": str(totals["ValorISS"]),
    }
    return file_of([*out, records["9"].line(trailer)])


def _note(sent: dict[str, str], header: dict[str, str], numero: int, city: City) -> dict[str, str]:
    seed = hashlib.sha256(f"{city.cnpj}{numero}{sent['NumeroRPS']}".encode()).digest()
    base = (amount(sent["ValorServicos"]) or 0) - (amount(sent["ValorDeducoes"]) or 0)
    rate = 0 if sent["Situacao"] in UNTAXED else amount(sent["Aliquota"]) or 0
    iss = (base * rate + 5_000) // 10_000
    return sent | {
        "InscricaoMunicipal": header["InscricaoMunicipal"],
        "NumeroNFSe": str(numero),
        "DataHoraNFSe": f"{city.clock:%Y%m%d%H%M%S}",
        "CodigoVerificacao": "".join(_ALPHABET[byte % 32] for byte in seed[:8]),
        "DataEmissaoRPS": sent["DataEmissao"],
        "ValorISS": str(iss),
        "ISSARecolher": str(iss),
        "ISSRetido": "1" if sent["ISSRetido"] == "1" else "2",
    }


def parse_answer(returned: bytes, sent: bytes | None) -> tuple[dict[str, object], ...]:
    """One status per note, in the order of the file sent.

    All that a status needs stands in columns the four versions share, so the version printed in
    the header, on which the manual is unclear, is not relied upon.
    """
    lines = lines_of(returned)
    order = None if sent is None else _keys(lines_of(sent))
    if lines and tuple(lines[0].split(";")) == REPORT:
        return _refused(lines, order)
    if not lines or lines[0][:1] != "1" or not lines[0][1:28].strip().isdigit():
        raise AnswerError(reason("sao-paulo-retorno"))
    return _issued(lines, order)


def _refused(lines: list[str], order: list[RpsKey] | None) -> tuple[dict[str, object], ...]:
    names = ("codigo", "mensagem", "correcao", "campo")
    told = [
        ((row["serie"], row["rps"]), {name: row[name] or None for name in names})
        for row in csv.DictReader(lines, delimiter=";")
        if row["tipo"] == "erro"
    ]
    if not told:
        raise AnswerError(reason("sao-paulo-retorno-vazio"))
    return nota_status.all_refused(told, order)


def _issued(lines: list[str], order: list[RpsKey] | None) -> tuple[dict[str, object], ...]:
    found: dict[RpsKey, dict[str, object]] = {}
    for line in lines[1:]:
        if line[:1] not in {"2", "3"}:
            continue
        note = RETORNO["V.001"][line[0]].read(line)
        moment = note["DataHoraNFSe"]
        if not note["NumeroNFSe"].isdigit() or len(moment) != 14 or not moment.isdigit():
            raise AnswerError(reason("retorno-sem-numero"))
        serie, rps = note["SerieRPS"], note["NumeroRPS"].lstrip("0")
        found[serie, rps] = nota_status.issued(
            rps,
            serie,
            numero=str(int(note["NumeroNFSe"])),
            codigo=note["CodigoVerificacao"],
            data_emissao=nota_status.iso(moment[:8], moment[8:]),
            uri=URI,
            cancelled=note["Situacao"] == "C",
        )
    return nota_status.in_order(found, order)
