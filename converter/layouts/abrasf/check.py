"""What an ABRASF city checks in a lote: its head here, each RPS in `nota`."""

from converter.layouts.abrasf import document, nota
from converter.layouts.abrasf.tables import ERROS
from converter.layouts.base import City, CityError, UsedNumbers
from converter.layouts.elements import XmlError


def used_numbers(content: bytes) -> UsedNumbers:
    """The lote and the RPS numbers of a document."""
    found = document.read(content)
    return UsedNumbers(
        found.lote.get("NumeroLote", ""), tuple(nota.rps_key(note.values) for note in found.notes)
    )


def check(content: bytes, city: City) -> tuple[CityError, ...]:
    """Every error and alert: the lote's, then each note's."""
    try:
        found = document.read(content)
    except XmlError:
        return (ERROS["E160"].at(),)
    errors = [ERROS[codigo].at(linha=1) for codigo in _head(found)]
    seen: set[str] = set()
    for ordem, note in enumerate(found.notes, 1):
        if not note.in_schema:
            errors.append(ERROS["E160"].at(linha=note.linha, ordem=ordem))
        cpf = nota.is_person(note.values)
        errors.extend(
            ERROS[codigo].at(linha=note.linha, ordem=ordem, cpf=cpf)
            for codigo in nota.faults(note.values, found.lote, city, seen)
        )
    return tuple(errors)


def _head(found: document.Document) -> list[str]:
    lote = found.lote
    wrong = [] if found.in_schema else ["E160"]
    if not lote.get("NumeroLote"):
        wrong.append("E88")
    quantity = lote.get("QuantidadeRps", "")
    if not quantity:
        wrong.append("E151")
    elif quantity != str(len(found.notes)):
        wrong.append("E69")
    return wrong
