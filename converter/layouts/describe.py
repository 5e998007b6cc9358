"""Import files shown to people: records, and fields by name, position and value."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache

from converter.brazil import cnpj, cpf, numerals
from converter.layouts.file_fields import FieldType
from converter.layouts.positional import Record, amount, used
from converter.model.described import DescribedField, DescribedRecord

_CODE = re.compile(r"(\d{1,3}|[A-Z]{1,2}) (\S.*)")


def describe_lines(
    lines: list[str], records: Mapping[str, Record], names: Mapping[str, str], detail: str
) -> tuple[DescribedRecord, ...]:
    """The lines in order; one of a type the layout lacks is told whole, as it stands.

    `detail` holds the record types that start a note.
    """
    out = []
    ordem = 0
    for number, line in enumerate(lines, 1):
        tipo = line[:1]
        record = records.get(tipo)
        if tipo and tipo in detail:
            ordem += 1
        if record is None:
            whole = DescribedField("linha", line, line, 1, len(line))
            out.append(DescribedRecord(number, tipo, "Registro desconhecido", None, (whole,)))
            continue
        of_note = ordem if ordem and tipo not in {"1", "9"} else None
        fields = tuple(
            DescribedField(
                field.nome,
                raw,
                lido,
                field.inicio,
                field.inicio + max(len(raw), 1) - 1,
                field.campo,
                quantia,
            )
            for field in record.fields
            for raw in (line[field.inicio - 1 : field.fim],)
            for lido, quantia in (_read(field.tipo, field.conteudo, raw, needed=field.obrigatorio),)
        )
        out.append(DescribedRecord(number, tipo, names.get(tipo, ""), of_note, fields))
    return tuple(out)


@lru_cache(maxsize=50_000)
def _read(tipo: FieldType, conteudo: str, raw: str, *, needed: bool) -> tuple[str, Decimal | None]:
    """A raw value in words of the trade, and the amount it is; '' where the field is unused."""
    text = raw.strip()
    meaning = meanings(conteudo).get(text)
    if meaning:
        return f"{text} ({meaning})", None
    if not text or (tipo.zeros and not needed and not used(text)):
        return "", None
    if tipo is FieldType.VALOR:
        cents = amount(text)
        return (text, None) if cents is None else (money(cents), Decimal(cents).scaleb(-2))
    return _words(tipo, text), None


def _words(tipo: FieldType, text: str) -> str:
    if tipo is FieldType.PERCENTUAL and text.isdigit():
        return f"{text[:-2].lstrip('0') or '0'},{text[-2:]}%"
    if tipo is FieldType.DOCUMENTO and len(text) == 14:
        return _document(text)
    if tipo in {FieldType.DATA, FieldType.MOMENTO} and len(text) >= 8:
        return _moment(text)
    if tipo is FieldType.HORA and len(text) == 6:
        return f"{text[:2]}:{text[2:4]}:{text[4:]}"
    return text


def _document(text: str) -> str:
    person = text.startswith("000") and cpf.is_valid(text[3:]) and not cnpj.is_valid(text)
    return cpf.masked(text[3:]) if person else cnpj.masked(text)


def _moment(text: str) -> str:
    if not text.strip("0"):
        return ""
    day = f"{text[6:8]}/{text[4:6]}/{text[:4]}"
    return day if len(text) == 8 else f"{day} {text[8:10]}:{text[10:12]}:{text[12:14]}"


@cache
def meanings(conteudo: str) -> Mapping[str, str]:
    """What each code of a field means, where the table says it: `1 sim, 2 não; só em C`."""
    listed = conteudo.partition(";")[0].rpartition(": ")[2].split(", ")
    codes = [(found[1], found[2]) for found in map(_CODE.fullmatch, listed) if found]
    return dict(codes) if len(codes) == len(listed) > 1 else {}


def money(cents: int) -> str:
    """123456 as `R$ 1.234,56`."""
    return f"{'-' * (cents < 0)}R$ {numerals.written(Decimal(abs(cents)).scaleb(-2), 2)}"
