"""Invented lotes for the tests of sending."""

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal

from converter.model.notas import Lote, Nota, Prestador
from converter.model.packed import pack

PRESTADORES = (
    Prestador("11222333000181", "1234567", "3505708"),
    Prestador("11444777000161", "7654321", "3505708"),
    Prestador("45723174000110", "5555555", "3550308"),
)
TOMADORES = ("52998224725", "11144477735", "11222333000181")
TOKEN = "tokendeteste0001segredo"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def clock() -> datetime:
    return NOW


def lote(
    number: int = 1, notas: int = 2, prestador: Prestador = PRESTADORES[0], arquivo: str = "a.xlsx"
) -> Lote:
    """Lote `number`: its rows are known at the server by `linha <number>-<ordem>`."""
    rows = [(ordem, f"linha {number}-{ordem}") for ordem in range(1, notas + 1)]
    payload = json.dumps(
        {
            "prestador": {"cnpj": prestador.cnpj},
            "lista_nfse": [
                {
                    "servico": {"valor_servicos": 10.0 + ordem, "discriminacao": text},
                    "tomador": {"cpf": TOMADORES[ordem % 2]},
                }
                for ordem, text in rows
            ],
        }
    ).encode()
    return Lote(
        ref="pl" + hashlib.sha256(payload).hexdigest()[:30],
        arquivo=arquivo,
        prestador=prestador,
        packed=pack(payload),
        notas=tuple(
            Nota(
                identity=hashlib.sha256(f"{prestador.cnpj}{text}".encode()).hexdigest(),
                planilha="Planilha1",
                row=number * 100 + ordem,
                ordem=ordem,
                documento=TOMADORES[ordem % 2],
                tomador="Fulano de Tal",
                valor=Decimal(10 + ordem),
            )
            for ordem, text in rows
        ),
    )
