"""API status objects: the one shape every layout's return is translated into."""

from collections.abc import Iterable, Mapping, Sequence

from converter.layouts.base import AnswerError
from converter.layouts.reasons import reason

RpsKey = tuple[str, str]
"""Série and number of a RPS, the number without zeros on the left."""
_ALL: RpsKey = ("", "")

AUTORIZADO = "autorizado"
CANCELADO = "cancelado"
ERRO = "erro_autorizacao"
PROCESSANDO = "processando_autorizacao"

OFFSET = "-03:00"
UNTOUCHED = {
    "codigo": "lote_nao_processado",
    "mensagem": reason("lote-nao-processado"),
    "correcao": reason("lote-nao-processado-correcao"),
    "campo": None,
}


def issued(
    rps: str,
    serie: str,
    *,
    numero: str,
    codigo: str,
    data_emissao: str,
    uri: str | None,
    cancelled: bool = False,
) -> dict[str, object]:
    """A note the city issued. `data_emissao` is ISO 8601 with offset."""
    return {
        "status": CANCELADO if cancelled else AUTORIZADO,
        "numero_rps": rps,
        "serie_rps": serie,
        "numero": numero,
        "codigo_verificacao": codigo,
        "data_emissao": data_emissao,
        "uri": uri,
    }


def in_order(
    found: Mapping[RpsKey, dict[str, object]], order: Sequence[RpsKey] | None
) -> tuple[dict[str, object], ...]:
    """The notes issued, as they were sent; those the return is silent about are pending.

    A return without série is matched by number alone; another série is another lote's. Raises
    AnswerError when no note is one of those sent.
    """
    if order is None:
        return tuple(found.values())
    matched = [found.get((serie, rps)) or found.get(("", rps)) for serie, rps in order]
    if not any(matched):
        raise AnswerError(reason("retorno-de-outro-lote"))
    return tuple(
        note or {"status": PROCESSANDO, "numero_rps": rps, "serie_rps": serie}
        for note, (serie, rps) in zip(matched, order, strict=True)
    )


def refused(rps: str, serie: str, erros: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """A note of a refused file; without errors of its own, it says so."""
    own = [dict(erro) for erro in erros] or [dict(UNTOUCHED)]
    return {"status": ERRO, "numero_rps": rps, "serie_rps": serie, "erros": own}


def all_refused(
    told: Iterable[tuple[RpsKey, Mapping[str, object]]], order: Sequence[RpsKey] | None
) -> tuple[dict[str, object], ...]:
    """Every note of a refused file, as they were sent: what is said of all, then what is its own.

    What is `told` of no RPS is said of all. Raises AnswerError when an RPS is none of those sent.
    """
    found: dict[RpsKey, list[Mapping[str, object]]] = {}
    for key, erro in told:
        found.setdefault(key if key[1] else _ALL, []).append(erro)
    whole = found.pop(_ALL, [])
    keys = list(found) if order is None else order
    if not found.keys() <= {*keys}:
        raise AnswerError(reason("retorno-de-outros-rps"))
    return tuple(refused(rps, serie, [*whole, *found.get((serie, rps), ())]) for serie, rps in keys)


def iso(day: str, hour: str) -> str:
    """`20261122` and `102000` as `2026-11-22T10:20:00-03:00`, the hour of the cities that do so."""
    hour = hour.zfill(6)
    return f"{day[:4]}-{day[4:6]}-{day[6:8]}T{hour[:2]}:{hour[2:4]}:{hour[4:6]}{OFFSET}"
