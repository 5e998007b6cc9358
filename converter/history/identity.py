"""What tells one note from another, read back from what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from converter.brazil.decimal import written
from converter.model.rows import RowKey


def key_of(nota: Mapping[str, object]) -> RowKey:
    """The key of a row as its payload tells it, amounts read as Decimal."""
    tomador, servico = _part(nota, "tomador"), _part(nota, "servico")
    valor = servico.get("valor_servicos")
    return RowKey(
        documento=str(tomador.get("cnpj") or tomador.get("cpf") or tomador.get("nif") or ""),
        dia=str(nota.get("data_emissao", ""))[:10],
        item=str(servico.get("item_lista_servico") or "").replace(".", ""),
        valor="" if valor is None else written(Decimal(str(valor)), cents=True),
        texto=str(servico.get("discriminacao", "")),
        referencia="",
    )


def _part(nota: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = nota.get(name)
    return part if isinstance(part, dict) else {}
