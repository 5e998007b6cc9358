"""What tells one note from another, read back from what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from converter.brazil.decimal import written
from converter.model.rows import RowKey


def key_of(nota: Mapping[str, Any]) -> RowKey:
    """The key of a row as its payload tells it, amounts read as Decimal."""
    tomador, servico = nota.get("tomador", {}), nota.get("servico", {})
    valor = servico.get("valor_servicos")
    return RowKey(
        documento=tomador.get("cnpj") or tomador.get("cpf") or tomador.get("nif") or "",
        dia=str(nota.get("data_emissao", ""))[:10],
        item=str(servico.get("item_lista_servico") or "").replace(".", ""),
        valor="" if valor is None else written(Decimal(valor), cents=True),
        texto=servico.get("discriminacao", ""),
        referencia="",
    )
