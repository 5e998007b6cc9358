"""Who issues, from `cadastros/prestadores.xlsx`: as good as `[[prestadores]]` of planilote.toml."""

from collections.abc import Mapping, Sequence

from converter.brazil import cnpj, municipio, yesno
from converter.brazil.headers import fold
from converter.errors import MappingError
from converter.mapping.defaults import PrestadorDefaults
from converter.mapping.spec import Constant
from converter.model.cells import RawBook, RawValue
from converter.model.parsed import Parsed
from converter.registers.columns import (
    NOME,
    OF_PRESTADOR,
    PASTAS,
    PRESTADORES,
    header_of,
    headers,
    records,
)
from converter.schemas.catalogue import BY_PATH, FIELDS, Kind, label_of
from converter.texts.sentences import sentence

_FILE = f"cadastros/{PRESTADORES}"


def of_book(book: RawBook) -> tuple[PrestadorDefaults, ...]:
    """The companies of the register, in its order.

    Raises:
        MappingError: A row without a valid CNPJ, a city that cannot be, a company told twice.
    """
    # Any field may have a column of its own; those of the drawn register by other names too.
    known = {fold(label): field.path for field in FIELDS for label in (field.path, field.label)}
    known |= {fold(name): name for name in (NOME, PASTAS)} | headers(OF_PRESTADOR)
    found: dict[str, PrestadorDefaults] = {}
    for sheet in book.sheets:
        header = header_of(sheet, known) if sheet.visible else None
        if header is None or "prestador.cnpj" not in header[1].values():
            continue
        for row, cells in records(sheet, *header):
            one = _prestador(row, cells)
            if one.cnpj in found:
                told = sentence("cadastros.duas-linhas", cnpj=cnpj.masked(one.cnpj))
                raise MappingError(_FILE, row, told)
            found[one.cnpj] = one
    return tuple(found.values())


def merged(
    written: Sequence[PrestadorDefaults], registered: Sequence[PrestadorDefaults]
) -> tuple[PrestadorDefaults, ...]:
    """The companies of planilote.toml and of the register as one list.

    Raises:
        MappingError: Both say of one company what cannot both be true.
    """
    by_cnpj = {one.cnpj: one for one in written}
    for one in registered:
        other = by_cnpj.get(one.cnpj)
        if other is None:
            by_cnpj[one.cnpj] = one
            continue
        for path in other.values.keys() & one.values.keys():
            if _plain(other.values[path]) != _plain(one.values[path]):
                told = sentence(
                    "cadastros.diferente",
                    rotulo=label_of(path),
                    cnpj=cnpj.masked(one.cnpj),
                    aqui=_plain(one.values[path]),
                    la=_plain(other.values[path]),
                )
                raise MappingError(_FILE, None, told)
        by_cnpj[one.cnpj] = PrestadorDefaults(
            one.cnpj,
            tuple(dict.fromkeys((*other.folders, *one.folders))),
            {**one.values, **other.values},
        )
    return tuple(by_cnpj.values())


def _prestador(row: int, cells: Mapping[str, RawValue]) -> PrestadorDefaults:
    number = cnpj.parse(cells.get("prestador.cnpj"))
    if number.value is None:
        said = cells.get("prestador.cnpj", "")
        raise MappingError(_FILE, row, sentence("cadastros.cnpj", valor=said))
    values: dict[str, Constant] = {}
    for path, cell in cells.items():
        if path not in (NOME, PASTAS, "prestador.cnpj"):
            values[path] = _value(row, path, cell)
    folders = [str(cells[NOME])] if NOME in cells else []
    folders += [name.strip() for name in str(cells.get(PASTAS, "")).split(";") if name.strip()]
    return PrestadorDefaults(number.value, tuple(dict.fromkeys(folders)), values)


def _value(row: int, path: str, cell: RawValue) -> Constant:
    """The cell as a default: a city by its code, an option without its meaning, the rest as is."""
    kind = BY_PATH[path].kind
    parsed: Parsed[str] | Parsed[bool]
    if kind is Kind.MUNICIPIO:
        parsed = municipio.parse(cell)
    elif kind is Kind.BOOLEAN:
        parsed = yesno.parse(cell)
    else:
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        listed = bool(BY_PATH[path].values) or kind is Kind.ITEM_SERVICO
        return text.partition(" - ")[0].strip() if listed else text.strip()
    if parsed.value is None:
        raise MappingError(
            _FILE, row, sentence("cadastros.nao-serve", valor=cell, rotulo=BY_PATH[path].label)
        )
    return parsed.value


def _plain(value: Constant) -> str:
    return ("sim" if value else "não") if isinstance(value, bool) else str(value)
