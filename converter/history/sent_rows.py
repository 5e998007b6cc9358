"""What claimed rows were sent as, read back from the payloads the journal keeps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from converter.brazil.decimal import written
from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.model.notas import Lote
from converter.model.rows import RowKey


class SentRows:
    """The payloads of one ambiente's lotes, each read once."""

    def __init__(self, journal: Journal, ambiente: str) -> None:
        self._journal = journal
        self._ambiente = ambiente
        self._lotes: dict[str, tuple[Lote, list[Mapping[str, object]]]] = {}

    def read(self, claims: Iterable[Claim]) -> None:
        """Read the lotes of these rows together: they will be asked about."""
        refs = {claim.ref for claim in claims} - self._lotes.keys()
        for outcome in self._journal.lotes(self._ambiente, refs=refs) if refs else ():
            items = json.loads(outcome.lote.payload, parse_float=Decimal)["lista_nfse"]
            self._lotes[outcome.lote.ref] = (outcome.lote, items)

    def lote(self, claim: Claim) -> Lote:
        """The lote of a row."""
        self.read([claim])
        return self._lotes[claim.ref][0]

    def item(self, claim: Claim) -> Mapping[str, object]:
        """A row as its payload has it, amounts as Decimal."""
        self.read([claim])
        return self._lotes[claim.ref][1][claim.ordem - 1]

    def key(self, claim: Claim) -> RowKey:
        """What tells a row from others, as it was sent."""
        return key_of(self.item(claim))


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


def item_of(text: str) -> dict[str, object]:
    """The JSON of a row with its amounts as Decimal."""
    found: dict[str, object] = json.loads(text, parse_float=Decimal)
    return found
