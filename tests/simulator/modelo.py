"""An invented lote, and the layout that stands in for a city in tests of the API itself."""

import copy
import json
from collections.abc import Mapping, Sequence
from typing import Any

from converter.layouts.base import (
    AnswerError,
    City,
    CityError,
    FieldError,
    ImportFile,
    LayoutError,
    Numbering,
    ReturnFile,
    UsedNumbers,
)
from converter.model.described import DescribedRecord

TOKEN = "token-de-mentira"
CNPJ = "11222333000181"

_LOTE: dict[str, Any] = {
    "prestador": {
        "cnpj": CNPJ,
        "inscricao_municipal": "1234567",
        "codigo_municipio": "3505708",
    },
    "lista_nfse": [
        {
            "data_emissao": "2026-11-03T10:00:00-03:00",
            "natureza_operacao": "1",
            "tomador": {
                "cpf": "52998224725",
                "razao_social": "Padaria Pão de Mel Ltda",
                "email": "contato@paodemel.example",
                "endereco": {
                    "logradouro": "Rua das Acácias",
                    "numero": "10",
                    "bairro": "Centro",
                    "codigo_municipio": "3505708",
                    "uf": "SP",
                    "cep": "06401000",
                },
            },
            "servico": {
                "valor_servicos": "150.00",
                "iss_retido": "false",
                "item_lista_servico": "0107",
                "codigo_tributario_municipio": "620910000",
                "discriminacao": "Suporte técnico",
                "aliquota": 3,
            },
        }
    ],
}


def lote(notas: int = 1, **prestador: str) -> dict[str, Any]:
    """A fresh lote of `notas` notes, no two alike."""
    made = copy.deepcopy(_LOTE)
    made["prestador"].update(prestador)
    made["lista_nfse"] = [copy.deepcopy(made["lista_nfse"][0]) for _ in range(notas)]
    for number, nota in enumerate(made["lista_nfse"], 1):
        nota["servico"]["discriminacao"] = f"Suporte técnico {number}"
    return made


def lote_de(municipio: str, notas: int = 1) -> dict[str, Any]:
    """A lote its own city accepts: each numbers its taxpayers and services in its own way."""
    inscricao, servico = {
        "3505708": ("1234567", "620910000"),
        "3550308": ("12345678", "02919"),
    }.get(municipio, ("12345", "010700"))
    made = lote(notas, codigo_municipio=municipio, inscricao_municipal=inscricao)
    for nota in made["lista_nfse"]:
        nota["servico"]["codigo_tributario_municipio"] = servico
    return made


class CidadeDeMentira:
    """Writes one JSON line per note; refuses a note whose text holds the word `errado`."""

    slug = "mentira"
    nome = "Cidade de mentira"

    def write(self, lote: Mapping[str, Any], numbering: Numbering) -> ImportFile:
        wrong = [
            FieldError("servico.aliquota", "A alíquota não cabe", ordem)
            for ordem, nota in enumerate(lote["lista_nfse"], 1)
            if nota["servico"].get("aliquota") == "errada"
        ]
        if wrong:
            raise LayoutError(wrong)
        lines = [
            json.dumps([numbering.primeiro_rps + i, nota["servico"]["discriminacao"]])
            for i, nota in enumerate(lote["lista_nfse"])
        ]
        head = f"REMESSA {numbering.remessa} PRESTAÇÃO"
        return ImportFile(
            "\r\n".join([head, *lines, ""]).encode("latin-1"),
            f"remessa{numbering.remessa}.txt",
            "text/plain; charset=iso-8859-1",
        )

    def _notas(self, content: bytes) -> list[tuple[int, str]]:
        lines = content.decode("latin-1").splitlines()[1:]
        return [(line[0], line[1]) for line in map(json.loads, lines)]

    def used_numbers(self, content: bytes) -> UsedNumbers:
        head = content.split(b"\r\n")[0].decode("latin-1")
        return UsedNumbers(head.split()[1], tuple(str(rps) for rps, _ in self._notas(content)))

    def check(self, content: bytes, city: City) -> tuple[CityError, ...]:
        if self.used_numbers(content).remessa in city.remessas:
            return (CityError("102", "Remessa já recebida"),)
        return tuple(
            CityError("700", "Texto errado", None, ordem, "servico.discriminacao", ordem + 1)
            for ordem, (_, texto) in enumerate(self._notas(content), 1)
            if "errado" in texto
        )

    def answer(self, content: bytes, errors: Sequence[CityError], city: City) -> ReturnFile:
        if errors:
            return ReturnFile(f"ERRO {errors[0].codigo}".encode(), "retorno.err")
        lines = [
            f"NOTA {city.proxima_nfse + i} {rps}" for i, (rps, _) in enumerate(self._notas(content))
        ]
        return ReturnFile("\n".join(lines).encode(), "retorno.txt")

    def parse_answer(self, returned: bytes, sent: bytes | None) -> tuple[dict[str, Any], ...]:
        if returned.startswith(b"ERRO"):
            erros = [{"codigo": returned.split()[1].decode(), "mensagem": "Texto errado"}]
            return tuple(
                {"status": "erro_autorizacao", "numero_rps": str(rps), "erros": erros}
                for rps, _ in self._notas(sent or b"")
            )
        if not returned.startswith(b"NOTA"):
            raise AnswerError("não é o retorno da cidade de mentira")
        return tuple(
            {"status": "autorizado", "numero": line.split()[1], "numero_rps": line.split()[2]}
            for line in returned.decode().splitlines()
        )

    def describe(self, content: bytes) -> tuple[DescribedRecord, ...]:
        return ()

    def recognises(self, content: bytes) -> bool:
        return content.startswith(b"REMESSA")
