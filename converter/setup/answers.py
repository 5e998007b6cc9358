"""What `planilote iniciar` asks: who issues the notes, each answer read as a cell would be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from converter.brazil import cnpj, municipio, yesno
from converter.model.parsed import Parsed
from converter.model.problems import Problem, Severity
from converter.texts.catalogue import hint, message

_LONGEST = 115
"""Characters of a company's name on a note."""
_INSCRICAO = re.compile(r"[0-9A-Za-z./-]{1,15}")


@dataclass(frozen=True, slots=True)
class SetupAnswers:
    """Who issues: `cnpj` in 14 characters, `codigo_municipio` in IBGE's 7 digits."""

    cnpj: str
    nome: str
    codigo_municipio: str
    inscricao_municipal: str
    simples: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the words of the prompt, its default, and how the answer is read."""

    text: str
    read: Callable[[str], Parsed[object]]
    default: str | None = None

    def refusal(self, typed: str, parsed: Parsed[object]) -> str:
        """Why an answer does not serve, in the words a cell would get."""
        problem = Problem(
            parsed.problem or "",
            Severity.ERRO,
            "",
            value=typed,
            details={"rotulo": self.text, "limite": str(_LONGEST), **dict(parsed.details)},
        )
        return f"{message(problem)} {hint(problem)}".strip()


def _nome(text: str) -> Parsed[str]:
    plain = " ".join(text.split())
    return Parsed(plain) if len(plain) <= _LONGEST else Parsed(None, "texto-longo")


def _inscricao(text: str) -> Parsed[str]:
    plain = text.strip()
    if plain and not _INSCRICAO.fullmatch(plain):
        return Parsed(None, "codigo-formato")
    return Parsed(plain)


QUESTIONS: Mapping[str, Asked] = MappingProxyType(
    {
        "cnpj": Asked("CNPJ de quem emite as notas", cnpj.parse),
        "nome": Asked("Nome da empresa", _nome, ""),
        "municipio": Asked("Município da empresa (nome e UF, como Curitiba/PR)", municipio.parse),
        "inscricao": Asked("Inscrição municipal (Enter se não houver)", _inscricao, ""),
        "simples": Asked("É optante do Simples Nacional? [s/N]", yesno.parse, "n"),
    }
)
"""In the order they are asked; the names are those of the command's flags."""


def answers(read: Mapping[str, Any]) -> SetupAnswers:
    """The answers as one value, from what each of `QUESTIONS` read."""
    return SetupAnswers(
        read["cnpj"], read["nome"], read["municipio"], read["inscricao"], read["simples"]
    )
