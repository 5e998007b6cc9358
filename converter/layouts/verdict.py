"""What a city would say of notes, before they are sent: their file, written and then checked.

The writer and the checks are those of the embedded prefeitura, so that the two never disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from converter.layouts.base import City, FieldError, ImportFile, Layout, LayoutError, Numbering
from converter.layouts.municipios import listed

_NUMBERING = Numbering(remessa=1, primeiro_rps=1, serie="1", lote=1)


class ObjectionKind(StrEnum):
    """How a note and its city's file disagree: the first three keep the note from going."""

    SEM_LUGAR = "leiaute-sem-lugar"
    EXIGE = "leiaute-exige"
    RECUSADA = "prefeitura-recusaria"
    AVISO = "prefeitura-avisaria"
    ADAPTADO = "leiaute-adaptado"
    OMITIDO = "leiaute-nao-leva"


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing said of a note: `nota` counts from 0, `campo` is the API path where one is meant.

    `codigo` is the city's own; '' where it is the file that has no place for the field.
    """

    nota: int
    kind: ObjectionKind
    campo: str | None
    mensagem: str
    codigo: str = ""
    correcao: str = ""


def verdict(
    layout: Layout,
    prestador: Mapping[str, object],
    notas: Sequence[Mapping[str, object]],
    city: City,
) -> tuple[Objection, ...]:
    """Everything the layout and its city say of these notes of one prestador, note by note.

    What speaks of the file as a whole (the prestador's registration) is said of every note.
    """
    objections: list[Objection] = []
    most = listed()[layout.slug].notas
    for start in range(0, len(notas), most):
        block = range(start, min(start + most, len(notas)))
        objections += _of_file(layout, prestador, notas, list(block), city)
    return tuple(sorted(dict.fromkeys(objections), key=lambda one: one.nota))


def _of_file(
    layout: Layout,
    prestador: Mapping[str, object],
    notas: Sequence[Mapping[str, object]],
    places: list[int],
    city: City,
) -> list[Objection]:
    objections: list[Objection] = []
    while places:
        lote = {"prestador": prestador, "lista_nfse": [notas[place] for place in places]}
        try:
            written = layout.write(lote, _NUMBERING)
        except LayoutError as error:
            objections += _spread(error.errors, places, ObjectionKind.SEM_LUGAR)
            wrong = {one.ordem for one in error.errors}
            if None in wrong:
                return objections
            places = [place for ordem, place in enumerate(places, 1) if ordem not in wrong]
        else:
            return objections + _of_city(layout, written, places, city)
    return objections


def _of_city(
    layout: Layout, written: ImportFile, places: Sequence[int], city: City
) -> list[Objection]:
    objections = _spread(written.adapted, places, ObjectionKind.ADAPTADO)
    for error in layout.check(written.content, city):
        kind = ObjectionKind.AVISO if error.alerta else ObjectionKind.RECUSADA
        said = (error.campo, error.mensagem, error.codigo, error.correcao or "")
        objections += (Objection(place, kind, *said) for place in _of(error.ordem, places))
    return objections


def _spread(
    errors: Sequence[FieldError], places: Sequence[int], kind: ObjectionKind
) -> list[Objection]:
    return [
        Objection(place, _kind(error, kind), error.campo, error.mensagem)
        for error in errors
        for place in _of(error.ordem, places)
    ]


def _kind(error: FieldError, otherwise: ObjectionKind) -> ObjectionKind:
    if error.missing:
        return ObjectionKind.EXIGE
    return ObjectionKind.OMITIDO if error.omitted else otherwise


def _of(ordem: int | None, places: Sequence[int]) -> Sequence[int]:
    """The place of one note (1-based) among those of a file; all where it is of none."""
    return places if ordem is None else (places[ordem - 1],)
