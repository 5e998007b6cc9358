"""Typed columns in, one JSON object per row out, with what identifies the row.

The payload is built by columns: each distinct value becomes its JSON text once, each node of the
tree is joined once per row, and the text made here is the text that is hashed and sent. Amounts
never pass through a float.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from json.encoder import encode_basestring as encode
from typing import NamedTuple

from converter.brazil.decimal import written
from converter.model.notas import Coded, Made, Prestador, Typed, TypedSheet, spread
from converter.model.rows import ComposedSheet, RowKey
from converter.schemas.catalogue import BY_PATH, Kind

_PRESTADOR = ("cnpj", "inscricao_municipal", "codigo_municipio")
_SEPARATOR = "\x1f"
_BLOCK = 16_384
"""Rows written at a time: what is put together on the way is as large as what comes out."""


def compose(sheets: Sequence[TypedSheet]) -> tuple[ComposedSheet, ...]:
    """All sheets of one file; equal rows are counted across them, in order of appearance."""
    equals = _Equals()
    return tuple(_compose(sheet, equals) for sheet in sheets)


class _Told(NamedTuple):
    identity: Sequence[str]
    repeats: Sequence[tuple[str, int] | None]
    occurrence: Sequence[int]


class _Equals:
    """The rows met so far, by the identity of a first of its kind: the one kept anyway."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, int]] = {}
        self._more: dict[str, int] = {}

    def tell(self, planilha: str, rows: Sequence[int], bases: Callable[[], Iterable[str]]) -> _Told:
        """The identities of a sheet's rows, and which rows are equal to which before them."""
        firsts = [_identity(base, 1) for base in bases()]
        own = dict(zip(firsts, rows, strict=True))
        if len(own) == len(rows) and not any(
            own.keys() & met.keys() for met in self._rows.values()
        ):
            self._rows[planilha] = own
            count = len(rows)
            return _Told(firsts, [None] * count, [1] * count)
        own = self._rows[planilha] = {}
        identities: list[str] = []
        repeats: list[tuple[str, int] | None] = []
        occurrences: list[int] = []
        for row, base, identity in zip(rows, bases(), firsts, strict=True):
            first = self._first(identity)
            occurrence = 1 if first is None else self._count(identity)
            if first is None:
                own[identity] = row
            identities.append(identity if first is None else _identity(base, occurrence))
            occurrences.append(occurrence)
            repeats.append(first)
        return _Told(identities, repeats, occurrences)

    def _first(self, identity: str) -> tuple[str, int] | None:
        """Where a row of that identity was met first."""
        return next(
            (
                (planilha, rows[identity])
                for planilha, rows in self._rows.items()
                if identity in rows
            ),
            None,
        )

    def _count(self, identity: str) -> int:
        """How many there are with this one, which is not the first."""
        found = self._more[identity] = self._more.get(identity, 1) + 1
        return found


def _compose(sheet: TypedSheet, equals: _Equals) -> ComposedSheet:
    rows = sheet.source.rows
    prestadores = _prestadores(sheet)
    keys = list(map(RowKey, *_key_columns(sheet)))
    told = equals.tell(sheet.source.planilha, rows, lambda: _bases(prestadores, keys))
    return ComposedSheet(
        planilha=sheet.source.planilha,
        rows=rows,
        objects=json_objects(_payload_columns(sheet.columns), len(rows)),
        prestador=prestadores,
        identity=told.identity,
        repeats=told.repeats,
        occurrence=told.occurrence,
        key=keys,
        tomador=_each(sheet, "tomador.razao_social", _text),
        valor=_each(sheet, "servico.valor_servicos", _amount),
    )


def _identity(base: str, occurrence: int) -> str:
    return sha256(f"{base}{_SEPARATOR}{occurrence}".encode()).hexdigest()


def json_objects(columns: Mapping[str, Coded], count: int) -> list[str]:
    """`count` canonical JSON objects from columns by dotted path; None is an absent key.

    A segment ending in `[]` is an array of one object.
    """
    made: list[str] = []
    leaves = {path: _fragments(path, column) for path, column in columns.items()}
    for start in range(0, count, _BLOCK):
        stop = min(start + _BLOCK, count)
        block = {path: leaf(start, stop) for path, leaf in leaves.items()}
        made += [f"{{{body}}}" for body in _join(_tree(block), stop - start)]
    return made


def _tree(columns: Mapping[str, Sequence[str]]) -> dict[str, object]:
    tree: dict[str, object] = {}
    for path, fragments in columns.items():
        node = tree
        *parents, leaf = path.split(".")
        for parent in parents:
            child = node.setdefault(parent, {})
            if not isinstance(child, dict):
                raise TypeError(f"{path} passes through {parent}, which has a value of its own")
            node = child
        node[leaf] = fragments
    return tree


def _join(tree: Mapping[str, object], count: int) -> list[str]:
    """The inside of `count` objects. Every part brings its comma; the first one of each goes."""
    parts: list[Sequence[str]] = []
    for name in sorted(tree, key=lambda key: key.removesuffix("[]")):
        child = tree[name]
        if isinstance(child, dict):
            opening = f',"{name.removesuffix("[]")}":' + ("[{" if name.endswith("[]") else "{")
            closing = "}]" if name.endswith("[]") else "}"
            parts.append([body and opening + body + closing for body in _join(child, count)])
        else:
            parts.append(child)  # type: ignore[arg-type]  # a leaf is always a list of fragments
    if not parts:
        return [""] * count
    return [row[1:] for row in map("".join, zip(*parts, strict=True))]


def _fragments(path: str, column: Coded) -> Callable[[int, int], list[str]]:
    """`,"name":value` for each row from one to another, nothing for None."""
    opening = f",{encode(path.rpartition('.')[2])}:"
    field = BY_PATH.get(path)
    cents = field is not None and field.kind is Kind.MONEY

    def text(value: Typed) -> str:
        return "" if value is None else opening + _json(value, cents=cents)

    if len(column.distinct) > _BLOCK:
        # So many fragments at once would be as large as what they make.
        return lambda start, stop: [
            text(column.distinct[code]) for code in column.codes[start:stop].tolist()
        ]
    written = [text(value) for value in column.distinct]
    return lambda start, stop: spread(written, column.codes[start:stop])


def _json(value: Typed, *, cents: bool) -> str:
    if isinstance(value, str):
        return encode(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return written(value, cents=cents)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return f'"{value.isoformat(timespec="seconds")}"'
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    raise TypeError(type(value))


def _payload_columns(columns: Mapping[str, Coded]) -> dict[str, Coded]:
    return {
        path: values
        for path, values in columns.items()
        if not path.startswith("prestador.") and not (path in BY_PATH and BY_PATH[path].virtual)
    }


def _prestadores(sheet: TypedSheet) -> list[Prestador | None]:
    known: dict[tuple[Typed, ...], Prestador | None] = {}
    found: list[Prestador | None] = []
    for key in zip(*(sheet.values(f"prestador.{name}") for name in _PRESTADOR), strict=True):
        if key not in known:
            cnpj, inscricao, municipio = key
            complete = cnpj is not None and municipio is not None
            known[key] = (
                Prestador(str(cnpj), str(inscricao or ""), str(municipio)) if complete else None
            )
        found.append(known[key])
    return found


def _key_columns(sheet: TypedSheet) -> tuple[Sequence[str], ...]:
    """The parts of every row's key, in the order of `RowKey`."""
    documents = (_each(sheet, f"tomador.{name}", _text) for name in ("cnpj", "cpf", "nif"))
    return (
        [cnpj or cpf or nif for cnpj, cpf, nif in zip(*documents, strict=True)],
        _each(sheet, "data_emissao", _day),
        _each(sheet, "servico.item_lista_servico", _bare),
        _each(sheet, "servico.valor_servicos", _cents),
        _each(sheet, "servico.discriminacao", _text),
        _each(sheet, "referencia", _text),
    )


def _each(sheet: TypedSheet, path: str, function: Callable[[Typed], Made]) -> list[Made]:
    """What the function makes of the path in every row, of None where no column has it."""
    column = sheet.columns.get(path)
    return column.each(function) if column else [function(None)] * len(sheet.source.rows)


def _text(value: Typed) -> str:
    return value if type(value) is str else str(value or "")


def _day(emission: Typed) -> str:
    return emission.isoformat()[:10] if isinstance(emission, date) else ""


def _bare(item: Typed) -> str:
    """An item without the mask a prefeitura asks for: `01.07` and `0107` are one."""
    return str(item or "").replace(".", "")


def _cents(valor: Typed) -> str:
    return written(valor, cents=True) if isinstance(valor, Decimal) else ""


def _amount(valor: Typed) -> Decimal | None:
    return valor if isinstance(valor, Decimal) else None


def _bases(prestadores: Sequence[Prestador | None], keys: Sequence[RowKey]) -> Iterator[str]:
    """What each row's identity is made of."""
    issuers = {
        prestador: (prestador.cnpj, prestador.inscricao_municipal, prestador.codigo_municipio)
        if prestador
        else ("", "", "")
        for prestador in set(prestadores)
    }
    for prestador, key in zip(prestadores, keys, strict=True):
        said = ("ref", key.referencia) if key.referencia else key[:-1]
        yield _SEPARATOR.join((*issuers[prestador], *said))
