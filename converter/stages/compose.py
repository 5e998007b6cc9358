"""Typed columns in, one JSON object per row out, with what identifies the row.

The payload is built by columns: each distinct value becomes its JSON text once, each node of the
tree is joined once per row, and the text made here is the text that is hashed and sent. Amounts
never pass through a float.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from converter.model.notas import Prestador, Typed, TypedSheet
from converter.schemas.catalogue import BY_PATH, Kind

_PRESTADOR = ("cnpj", "inscricao_municipal", "codigo_municipio")
_SEPARATOR = "\x1f"
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

    `objects` holds each row's `lista_nfse` item as canonical JSON text (keys sorted, no spaces).
    `prestador` is None where the row does not say who issues. `identity` is the row's own hash,
    `repeats` the row (sheet, number) of this file it is equal to, where there is one above it, and
    `occurrence` counts such equals from 1.
    `key` is what the identity was made of, `valor` is in R$.
    """

    planilha: str
    rows: Sequence[int]
    objects: Sequence[str]
    prestador: Sequence[Prestador | None]
    identity: Sequence[str]
    repeats: Sequence[tuple[str, int] | None]
    occurrence: Sequence[int]
    key: Sequence[RowKey]
    tomador: Sequence[str]
    valor: Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class RowKey:
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
        item=servico.get("item_lista_servico", ""),
        valor="" if valor is None else _number(Decimal(valor), cents=True),
        texto=servico.get("discriminacao", ""),
        referencia="",
    )


def compose(sheets: Sequence[TypedSheet]) -> tuple[ComposedSheet, ...]:
    """All sheets of one file; equal rows are counted across them, in order of appearance."""
    seen: Counter[str] = Counter()
    first: dict[str, tuple[str, int]] = {}
    return tuple(_compose(sheet, seen, first) for sheet in sheets)


def _compose(
    sheet: TypedSheet, seen: Counter[str], first: dict[str, tuple[str, int]]
) -> ComposedSheet:
    rows = sheet.source.rows
    planilha = sheet.source.planilha
    prestadores = _prestadores(sheet)
    keys = _keys(sheet)
    identities: list[str] = []
    repeats: list[tuple[str, int] | None] = []
    occurrences: list[int] = []
    for row, prestador, key in zip(rows, prestadores, keys, strict=True):
        base = _base(prestador, key)
        seen[base] += 1
        occurrences.append(seen[base])
        repeats.append(first.get(base))
        first.setdefault(base, (planilha, row))
        identities.append(hashlib.sha256(f"{base}{_SEPARATOR}{seen[base]}".encode()).hexdigest())
    return ComposedSheet(
        planilha=planilha,
        rows=rows,
        objects=json_objects(_payload_columns(sheet.columns), len(rows)),
        prestador=prestadores,
        identity=identities,
        repeats=repeats,
        occurrence=occurrences,
        key=keys,
        tomador=[str(name or "") for name in _column(sheet, "tomador.razao_social")],
        valor=[
            value if isinstance(value, Decimal) else None
            for value in _column(sheet, "servico.valor_servicos")
        ],
    )


def json_objects(columns: Mapping[str, Sequence[Typed]], count: int) -> list[str]:
    """`count` canonical JSON objects from columns by dotted path; None is an absent key.

    A segment ending in `[]` is an array of one object.
    """
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
    return [f"{{{body}}}" for body in _join(tree, count)]


def _join(tree: Mapping[str, object], count: int) -> list[str]:
    parts: list[Sequence[str]] = []
    for name in sorted(tree, key=lambda key: key.removesuffix("[]")):
        child = tree[name]
        if isinstance(child, dict):
            opening = f'"{name.removesuffix("[]")}":' + ("[{" if name.endswith("[]") else "{")
            closing = "}]" if name.endswith("[]") else "}"
            parts.append([body and opening + body + closing for body in _join(child, count)])
        else:
            parts.append(child)  # type: ignore[arg-type]  # a leaf is always a list of fragments
    if not parts:
        return [""] * count
    return [",".join(filter(None, row)) for row in zip(*parts, strict=True)]


def _fragments(name: str, path: str, values: Sequence[Typed]) -> list[str]:
    known: dict[object, str] = {None: ""}
    field = BY_PATH.get(path)
    cents = field is not None and field.kind is Kind.MONEY
    fragments: list[str] = []
    for value in values:
        # 1, True and Decimal(1) are equal as dictionary keys but not as JSON; so is one moment
        # on the clocks of two zones.
        zone = value.utcoffset() if isinstance(value, datetime) else None
        key = (type(value), value, zone) if value is not None else None
        text = known.get(key)
        if text is None:
            text = known[key] = f"{json.dumps(name)}:{_json(value, cents=cents)}"
        fragments.append(text)
    return fragments


def _json(value: Typed, *, cents: bool) -> str:
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
    return json.dumps(value, ensure_ascii=False)


def _number(value: Decimal, *, cents: bool) -> str:
    """Plain digits that read back as exactly this amount, equal amounts always alike."""
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


def _keys(sheet: TypedSheet) -> list[RowKey]:
    columns: Iterable[Sequence[Typed]] = (
        _documents(sheet),
        _column(sheet, "data_emissao"),
        _column(sheet, "servico.item_lista_servico"),
        _column(sheet, "servico.valor_servicos"),
        _column(sheet, "servico.discriminacao"),
        _column(sheet, "referencia"),
    )
    keys: list[RowKey] = []
    for documento, emission, item, valor, texto, referencia in zip(*columns, strict=True):
        keys.append(
            RowKey(
                str(documento or ""),
                emission.isoformat()[:10] if isinstance(emission, date) else "",
                str(item or ""),
                _number(valor, cents=True) if isinstance(valor, Decimal) else "",
                str(texto or ""),
                str(referencia or ""),
            )
        )
    return keys


def _documents(sheet: TypedSheet) -> list[Typed]:
    pairs = zip(
        _column(sheet, "tomador.cnpj"),
        _column(sheet, "tomador.cpf"),
        _column(sheet, "tomador.nif"),
        strict=True,
    )
    return [cnpj or cpf or nif for cnpj, cpf, nif in pairs]


def _base(prestador: Prestador | None, key: RowKey) -> str:
    issuer = (
        (prestador.cnpj, prestador.inscricao_municipal, prestador.codigo_municipio)
        if prestador
        else ("", "", "")
    )
    if key.referencia:
        return _SEPARATOR.join((*issuer, "ref", key.referencia))
    return _SEPARATOR.join((*issuer, key.documento, key.dia, key.item, key.valor, key.texto))


def _column(sheet: TypedSheet, path: str) -> Sequence[Typed]:
    return sheet.columns.get(path) or [None] * len(sheet.source.rows)
