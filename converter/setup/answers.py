"""What `planilote iniciar` asks: who issues the notes, each answer read as a cell would be."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from converter.brazil import cnpj, municipio, yesno
from converter.model.parsed import Parsed
from converter.model.problems import Problem, Severity
from converter.texts.catalogue import told
from converter.texts.sentences import sentence

_LONGEST = 115
"""Characters of a company's name on a note."""
_TEXTS = ("cnpj", "nome", "municipio", "inscricao")
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
class SetupQuestion:
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
        return told(problem)


def _nome(text: str) -> Parsed[str]:
    plain = " ".join(text.split())
    return Parsed(plain) if len(plain) <= _LONGEST else Parsed(None, "texto-longo")


def _inscricao(text: str) -> Parsed[str]:
    plain = text.strip()
    if plain and not _INSCRICAO.fullmatch(plain):
        return Parsed(None, "codigo-formato")
    return Parsed(plain)


def _asked(
    name: str, read: Callable[[str], Parsed[object]], default: str | None = None
) -> SetupQuestion:
    return SetupQuestion(sentence(f"pasta.{name}"), read, default)


QUESTIONS: Mapping[str, SetupQuestion] = MappingProxyType(
    {
        "cnpj": _asked("cnpj", cnpj.parse),
        "nome": _asked("nome", _nome, ""),
        "municipio": _asked("municipio", municipio.parse),
        "inscricao": _asked("inscricao", _inscricao, ""),
        "simples": _asked("simples", yesno.parse, "n"),
    }
)
"""In the order they are asked; the names are those of the command's flags."""


def answers(read: Mapping[str, object]) -> SetupAnswers:
    """The answers as one value, from what each of `QUESTIONS` read."""
    cnpj, nome, cidade, inscricao = map(str, (read[name] for name in _TEXTS))
    return SetupAnswers(cnpj, nome, cidade, inscricao, simples=read["simples"] is True)
