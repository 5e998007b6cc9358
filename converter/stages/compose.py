"""Typed columns in, one JSON object per row out, with what identifies the row.

The payload is built by columns: each distinct value becomes its JSON text once, each node of the
tree is joined once per row, and the text made here is the text that is hashed and sent. Amounts
never pass through a float.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from json.encoder import encode_basestring as encode
from typing import Any, NamedTuple

from converter.model.notas import Prestador, Typed, TypedSheet
from converter.schemas.catalogue import BY_PATH, Kind

_PRESTADOR = ("cnpj", "inscricao_municipal", "codigo_municipio")
_SEPARATOR = "\x1f"
_BLOCK = 16_384
"""Rows written at a time: what is put together on the way is as large as what comes out."""
KEY_PATHS = frozenset(
    {
        "prestador.cnpj", "tomador.cpf_cnpj", "tomador.cnpj", "tomador.cpf", "tomador.nif",
        "data_emissao", "servico.item_lista_servico", "servico.valor_servicos",
        "servico.discriminacao", "referencia",
    }
)  # fmt: skip
"""The columns that tell one note from another."""


@dataclass(frozen=True, slots=True)
class ComposedSheet:
    """One sheet as parallel columns, aligned with `rows` (Excel row numbers).

    `objects` holds each row's `lista_nfse` item as canonical JSON text (keys sorted, no spaces);
    one that `group` has put into a payload is empty after that, since a copy of all of them is
    half of what a large file takes.
    `prestador` is None where the row does not say who issues. `identity` is the row's own hash,
    `repeats` the row (sheet, number) of this file it is equal to, where there is one above it, and
    `occurrence` counts such equals from 1.
    `key` is what the identity was made of, `valor` is in R$.
    """

    planilha: str
    rows: Sequence[int]
    objects: list[str]
    prestador: Sequence[Prestador | None]
    identity: Sequence[str]
    repeats: Sequence[tuple[str, int] | None]
    occurrence: Sequence[int]
    key: Sequence[RowKey]
    tomador: Sequence[str]
    valor: Sequence[Decimal | None]


class RowKey(NamedTuple):
    """The parts of a row that make it the same note for an accountant."""

    documento: str
    dia: str
    item: str
    valor: str
    texto: str
    referencia: str


def key_of(nota: Mapping[str, Any]) -> RowKey:
    """The key of a row as its payload tells it, amounts read as Decimal."""
    tomador, servico = nota.get("tomador", {}), nota.get("servico", {})
    valor = servico.get("valor_servicos")
    return RowKey(
        documento=tomador.get("cnpj") or tomador.get("cpf") or tomador.get("nif") or "",
        dia=str(nota.get("data_emissao", ""))[:10],
        item=_bare(servico.get("item_lista_servico", "")),
        valor="" if valor is None else _number(Decimal(valor), cents=True),
        texto=servico.get("discriminacao", ""),
        referencia="",
    )


def compose(sheets: Sequence[TypedSheet]) -> tuple[ComposedSheet, ...]:
    """All sheets of one file; equal rows are counted across them, in order of appearance."""
    equals = _Equals()
    return tuple(_compose(sheet, equals) for sheet in sheets)


class _Equals:
    """The rows met so far, by the identity of a first of its kind: the one kept anyway."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, int]] = {}
        self._more: dict[str, int] = {}

    def sheet(self, planilha: str) -> dict[str, int]:
        """Where the rows of a sheet are to be kept: Excel row by identity."""
        return self._rows.setdefault(planilha, {})

    def first(self, identity: str) -> tuple[str, int] | None:
        """Where a row of that identity was met first."""
        return next(
            (
                (planilha, rows[identity])
                for planilha, rows in self._rows.items()
                if identity in rows
            ),
            None,
        )

    def count(self, identity: str) -> int:
        """How many there are with this one, which is not the first."""
        found = self._more[identity] = self._more.get(identity, 1) + 1
        return found


def _compose(sheet: TypedSheet, equals: _Equals) -> ComposedSheet:
    rows = sheet.source.rows
    planilha = sheet.source.planilha
    prestadores = _prestadores(sheet)
    keys = list(map(RowKey, *_key_columns(sheet)))
    identities: list[str] = []
    repeats: list[tuple[str, int] | None] = []
    occurrences: list[int] = []
    own = equals.sheet(planilha)
    for row, base in zip(rows, _bases(prestadores, keys), strict=True):
        identity = _identity(base, 1)
        first = equals.first(identity)
        occurrence = 1 if first is None else equals.count(identity)
        if first is None:
            own[identity] = row
        identities.append(identity if first is None else _identity(base, occurrence))
        occurrences.append(occurrence)
        repeats.append(first)
    return ComposedSheet(
        planilha=planilha,
        rows=rows,
        objects=json_objects(_payload_columns(sheet.columns), len(rows)),
        prestador=prestadores,
        identity=identities,
        repeats=repeats,
        occurrence=occurrences,
        key=keys,
        tomador=_texts(_column(sheet, "tomador.razao_social")),
        valor=[
            value if isinstance(value, Decimal) else None
            for value in _column(sheet, "servico.valor_servicos")
        ],
    )


def _identity(base: str, occurrence: int) -> str:
    return sha256(f"{base}{_SEPARATOR}{occurrence}".encode()).hexdigest()


def json_objects(columns: Mapping[str, Sequence[Typed]], count: int) -> list[str]:
    """`count` canonical JSON objects from columns by dotted path; None is an absent key.

    A segment ending in `[]` is an array of one object.
    """
    made: list[str] = []
    for start in range(0, count, _BLOCK):
        stop = min(start + _BLOCK, count)
        block = {path: values[start:stop] for path, values in columns.items()}
        made += [f"{{{body}}}" for body in _join(_tree(block), stop - start)]
    return made


def _tree(columns: Mapping[str, Sequence[Typed]]) -> dict[str, object]:
    tree: dict[str, object] = {}
    for path, values in columns.items():
        node = tree
        *parents, leaf = path.split(".")
        for parent in parents:
            child = node.setdefault(parent, {})
            if not isinstance(child, dict):
                raise TypeError(f"{path} passes through {parent}, which has a value of its own")
            node = child
        node[leaf] = _fragments(leaf, path, values)
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


def _fragments(name: str, path: str, values: Sequence[Typed]) -> list[str]:
    """`,"name":value` for each value, nothing for None; each distinct value is written once."""
    opening = f",{encode(name)}:"
    field = BY_PATH.get(path)
    cents = field is not None and field.kind is Kind.MONEY
    if len(set(map(type, values)) - {type(None)}) > 1:
        # 1, True and Decimal(1) are equal as dictionary keys but not as JSON.
        return ["" if value is None else opening + _json(value, cents=cents) for value in values]
    return _each(values, lambda value: "" if value is None else opening + _json(value, cents=cents))


def _each(values: Sequence[Typed], text: Callable[[Typed], str]) -> list[str]:
    """A text for each value, made once for equal ones. The values are all of one type."""
    if any(issubclass(kind, datetime) for kind in set(map(type, values))):
        # One moment on the clocks of two zones is one dictionary key; here every object is its own.
        found = {
            id(value): text(value) for value in {id(value): value for value in values}.values()
        }
        return [found[id(value)] for value in values]
    known: dict[Typed, str] = dict.fromkeys(values, "")
    for value in known:
        known[value] = text(value)
    return list(map(known.__getitem__, values))


def _json(value: Typed, *, cents: bool) -> str:
    if isinstance(value, str):
        return encode(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _number(value, cents=cents)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return f'"{value.isoformat(timespec="seconds")}"'
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    raise TypeError(type(value))


def _number(value: Decimal, *, cents: bool) -> str:
    """Plain digits that read back as exactly this amount, equal amounts always alike."""
    text = str(value)
    if cents and text[-3:-2] == "." and text[0] != "-" and text[-2:].isdecimal():
        return text
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in {"-0", ""}:
        text = "0"
    if not cents:
        return text
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction:0<2}"


def _payload_columns(columns: Mapping[str, Sequence[Typed]]) -> dict[str, Sequence[Typed]]:
    return {
        path: values
        for path, values in columns.items()
        if not path.startswith("prestador.") and not (path in BY_PATH and BY_PATH[path].virtual)
    }


def _prestadores(sheet: TypedSheet) -> list[Prestador | None]:
    known: dict[tuple[Typed, ...], Prestador | None] = {}
    found: list[Prestador | None] = []
    for key in zip(*(_column(sheet, f"prestador.{name}") for name in _PRESTADOR), strict=True):
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
    return (
        _texts(_documents(sheet)),
        _each(_column(sheet, "data_emissao"), _day),
        _each(_column(sheet, "servico.item_lista_servico"), _bare),
        _each(_column(sheet, "servico.valor_servicos"), _cents),
        _texts(_column(sheet, "servico.discriminacao")),
        _texts(_column(sheet, "referencia")),
    )


def _texts(values: Sequence[Typed]) -> list[str]:
    return [value if type(value) is str else str(value or "") for value in values]


def _day(emission: Typed) -> str:
    return emission.isoformat()[:10] if isinstance(emission, date) else ""


def _bare(item: Typed) -> str:
    """An item without the mask a prefeitura asks for: `01.07` and `0107` are one."""
    return str(item or "").replace(".", "")


def _cents(valor: Typed) -> str:
    return _number(valor, cents=True) if isinstance(valor, Decimal) else ""


def _documents(sheet: TypedSheet) -> list[Typed]:
    pairs = zip(
        _column(sheet, "tomador.cnpj"),
        _column(sheet, "tomador.cpf"),
        _column(sheet, "tomador.nif"),
        strict=True,
    )
    return [cnpj or cpf or nif for cnpj, cpf, nif in pairs]


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


def _column(sheet: TypedSheet, path: str) -> Sequence[Typed]:
    return sheet.columns.get(path) or [None] * len(sheet.source.rows)
