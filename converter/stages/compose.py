"""Typed columns in, one JSON object per row out, with what identifies the row.

The payload is built by columns: each distinct value becomes its JSON text once, each node of the
tree is joined once per row, and the text made here is the text that is hashed and sent. Amounts
never pass through a float.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import chain
from json.encoder import encode_basestring as encode
from operator import methodcaller
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from converter.brazil.decimal import written, written_all
from converter.model.lazy import LazySequence
from converter.model.notas import Prestador, TypedSheet, TypedValue
from converter.model.rows import ComposedSheet, RowKey
from converter.schemas.catalogue import BY_PATH, Kind, is_sent

if TYPE_CHECKING:
    import pandas as pd

Made = TypeVar("Made")

VALUE = "servico.valor_servicos"
_SEPARATOR = "\x1f"
_FIRST = f"{_SEPARATOR}1"
"""What an identity ends with where no equal row came before."""
_to_seconds = methodcaller("isoformat", timespec="seconds")
_BLOCK = 16_384
"""Rows written at a time: what is put together on the way is as large as what comes out."""


def compose(sheets: Sequence[TypedSheet]) -> tuple[ComposedSheet, ...]:
    """All sheets of one file; equal rows are counted across them, in order of appearance."""
    equals = _Equals()
    return tuple(_compose(sheet, equals) for sheet in sheets)


class _Identities(NamedTuple):
    identity: list[str]
    repeats: list[tuple[str, int] | None]
    occurrence: list[int]


class _Equals:
    """The rows of a file met so far, so that one equal to a row above it is known as that.

    Rows are numbered across sheets; of equal ones the first has its number kept, by its identity.
    """

    def __init__(self) -> None:
        self._sheets: list[tuple[int, str, Sequence[int]]] = []
        self._numbers: dict[str, int] = {}
        self._times: Counter[int] = Counter()

    def tell(self, planilha: str, rows: Sequence[int], bases: Iterable[str]) -> _Identities:
        """The identities of a sheet's rows, and which rows are equal to which before them."""
        start = sum(len(before) for _, _, before in self._sheets)
        self._sheets.append((start, planilha, rows))
        told = _Identities([""] * len(rows), [None] * len(rows), [1] * len(rows))
        for place, base in enumerate(bases):
            identity = sha256(f"{base}{_FIRST}".encode()).hexdigest()
            first = self._numbers.setdefault(identity, start + place)
            if first != start + place:
                self._times[first] += 1
                told.repeats[place] = self._where(first)
                told.occurrence[place] = 1 + self._times[first]
                again = f"{base}{_SEPARATOR}{told.occurrence[place]}"
                identity = sha256(again.encode()).hexdigest()
            told.identity[place] = identity
        return told

    def _where(self, number: int) -> tuple[str, int]:
        return next(
            (planilha, rows[number - start])
            for start, planilha, rows in reversed(self._sheets)
            if number >= start
        )


def _compose(sheet: TypedSheet, equals: _Equals) -> ComposedSheet:
    rows, frame = sheet.source.rows, sheet.frame
    prestadores = _prestadores(frame)
    keys = list(map(RowKey, *_key_columns(frame)))
    told = equals.tell(sheet.source.planilha, rows, _bases(prestadores, keys))
    return ComposedSheet(
        planilha=sheet.source.planilha,
        rows=rows,
        objects=JsonObjects(frame[[path for path in frame.columns if is_sent(path)]]),
        prestador=prestadores,
        identity=told.identity,
        repeats=told.repeats,
        occurrence=told.occurrence,
        key=keys,
        tomador=_each(frame, "tomador.razao_social", _text),
        valor=_each(frame, VALUE, _amount),
    )


class JsonObjects(LazySequence[str]):
    """One canonical JSON object per row from columns by dotted path; missing is an absent key.

    A segment ending in `[]` is an array of one object. They are made when they are asked for, a
    block at a time: all of a million rows would weigh twice what the columns do.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._count = len(frame)
        self._leaves = {path: _fragments(path, frame[path]) for path in frame.columns}
        self._last: tuple[int, list[str]] = (-1, [])

    def __len__(self) -> int:
        return self._count

    def part(self, start: int, stop: int) -> list[str]:
        """The objects of some rows."""
        return [self._block(at // _BLOCK)[at % _BLOCK] for at in range(start, stop)]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(map(self._block, range(-(-self._count // _BLOCK))))

    def _block(self, number: int) -> list[str]:
        if self._last[0] != number:
            start, stop = number * _BLOCK, min((number + 1) * _BLOCK, self._count)
            leaves = {path: leaf(start, stop) for path, leaf in self._leaves.items()}
            made = [f"{{{body}}}" for body in _join(_tree(leaves), stop - start)]
            self._last = (number, made)
        return self._last[1]

    def __reduce__(self) -> tuple[type[list[str]], tuple[list[str]]]:
        """Travel as texts: the columns they are made of stay where they are."""
        return list, ([*self],)


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


def _fragments(path: str, column: pd.Series) -> Callable[[int, int], list[str]]:
    """`,"name":value` for each row from one to another, nothing for None."""
    from converter.schemas.columns import apart, spread

    opening = f",{encode(path.rpartition('.')[2])}:"
    field = BY_PATH.get(path)
    cents = field is not None and field.kind is Kind.MONEY
    distinct, codes = apart(column)
    if len(distinct) <= _BLOCK:
        written = [*(opening + text for text in _texts(distinct, cents=cents)), ""]
        return lambda start, stop: spread(written, codes[start:stop])

    def block(start: int, stop: int) -> list[str]:
        """Only these: fragments of all rows would be as large as what they make."""
        places = codes[start:stop].tolist()
        texts = iter(_texts([distinct[place] for place in places if place >= 0], cents=cents))
        return [opening + next(texts) if place >= 0 else "" for place in places]

    return block


def _texts(values: Sequence[Any], *, cents: bool) -> Iterable[str]:
    """The JSON of each value, without a call for each where all are of one kind."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return map(encode, values)
    if kinds == {Decimal}:
        return written_all(values, cents=cents)
    if kinds == {datetime}:
        return [f'"{text}"' for text in map(_to_seconds, values)]
    return [_json(value, cents=cents) for value in values]


def _json(value: TypedValue, *, cents: bool) -> str:
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


def _prestadores(frame: pd.DataFrame) -> list[Prestador | None]:
    parts = [_each(frame, f"prestador.{name}", _text) for name in Prestador._fields]
    known = {
        parts: Prestador(*parts) if parts[0] and parts[2] else None
        for parts in set(zip(*parts, strict=True))
    }
    return [known[row] for row in zip(*parts, strict=True)]


def _key_columns(frame: pd.DataFrame) -> tuple[Sequence[str], ...]:
    """The parts of every row's key, in the order of `RowKey`."""
    documents = (_each(frame, f"tomador.{name}", _text) for name in ("cnpj", "cpf", "nif"))
    return (
        [cnpj or cpf or nif for cnpj, cpf, nif in zip(*documents, strict=True)],
        _each(frame, "data_emissao", _day),
        _each(frame, "servico.item_lista_servico", _bare),
        _cents(frame),
        _each(frame, "servico.discriminacao", _text),
        _each(frame, "referencia", _text),
    )


def _each(frame: pd.DataFrame, path: str, function: Callable[[TypedValue], Made]) -> list[Made]:
    """What the function makes of the path in every row, of None where no column has it."""
    from converter.schemas.columns import each

    return each(frame[path], function) if path in frame else [function(None)] * len(frame)


def _text(value: TypedValue) -> str:
    return value if type(value) is str else str(value or "")


def _day(emission: TypedValue) -> str:
    return emission.isoformat()[:10] if isinstance(emission, date) else ""


def _bare(item: TypedValue) -> str:
    """An item without the mask a prefeitura asks for: `01.07` and `0107` are one."""
    return str(item or "").replace(".", "")


def _cents(frame: pd.DataFrame) -> list[str]:
    """Every row's value in cents, '' where it has none."""
    from converter.schemas.columns import apart, spread

    if VALUE not in frame:
        return [""] * len(frame)
    distinct, codes = apart(frame[VALUE])
    if all(type(value) is Decimal for value in distinct):
        return spread([*written_all(distinct, cents=True), ""], codes)
    amounts = [written(one, cents=True) if isinstance(one, Decimal) else "" for one in distinct]
    return spread([*amounts, ""], codes)


def _amount(valor: TypedValue) -> Decimal | None:
    return valor if isinstance(valor, Decimal) else None


def _bases(prestadores: Sequence[Prestador | None], keys: Sequence[RowKey]) -> Iterator[str]:
    """What each row's identity is made of."""
    nobody = ("", "", "")
    for prestador, key in zip(prestadores, keys, strict=True):
        said = ("ref", key.referencia) if key.referencia else key[:-1]
        yield _SEPARATOR.join((*(prestador or nobody), *said))
