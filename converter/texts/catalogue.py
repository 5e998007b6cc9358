"""The catalogue: one entry per code, and the rendering of a problem into sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from converter import facts
from converter.model.cells import Assumption
from converter.model.outcome import Message
from converter.model.problems import Problem, Severity
from converter.texts.command import commands
from converter.texts.formato import cortado
from converter.texts.sentences import Detail, sentence

_MESSAGES = Path(__file__).with_name("messages.toml")


class Family(StrEnum):
    """What a problem is about. Header problems are told once per sheet, never once per row."""

    ARQUIVO = "arquivo"
    CABECALHO = "cabeçalho"
    LINHA = "linha"
    CELULA = "célula"
    ENVIO = "envio"
    RESUMO = "resumo"


@dataclass(frozen=True, slots=True)
class Text:
    """One code of the catalogue: a table of `messages.toml`, whose head explains each key."""

    code: str
    family: Family
    severity: Severity
    title: str
    message: str
    hint: str
    example: str = ""


def _load() -> Mapping[str, Text]:
    tables = facts.load(_MESSAGES)
    return {
        code: Text(
            code,
            Family(table["familia"]),
            Severity(table["severidade"]),
            table["titulo"],
            table["mensagem"],
            table.get("correcao", ""),
            table.get("exemplo", ""),
        )
        for code, table in tables.items()
    }


CATALOGUE: Mapping[str, Text] = _load()

_WHOLE = frozenset({"mensagem", "correcao", "resposta"})
"""What the prefeitura says is told whole; what strangers say at length, from its start."""


class _Lenient(dict[str, str]):
    """A missing detail shows as an ellipsis: a sentence must never cost the user the run."""

    def __getitem__(self, key: str) -> Detail:  # type: ignore[override]  # only to be formatted
        return Detail(self.get(key, "…"))


def message(problem: Problem) -> str:
    """What is wrong, with the value as typed, ready for the `Erros` sheet."""
    return _fill(CATALOGUE[problem.code].message, problem)


def hint(problem: Problem) -> str:
    """What the user should do about it."""
    return _fill(CATALOGUE[problem.code].hint, problem)


def told(problem: Problem) -> str:
    """What is wrong and what to do about it, in one line."""
    return f"{message(problem)} {hint(problem)}".strip()


def assumption(one: Assumption) -> str:
    """The sentence of something decided in reading or mapping, for `Resumo`."""
    return CATALOGUE[one.code].message.format_map(_Lenient(one.details))


def own_message(code: str, /, **details: str) -> Message:
    """One of our sentences in the place of an answer's message; the hint is its correction."""
    text, known = CATALOGUE[code], _Lenient(details | _commands(details))
    return Message(code, text.message.format_map(known), correction=text.hint.format_map(known))


def aborted(code: str, told: Mapping[str, str]) -> tuple[str, str]:
    """What stopped a run, and what to do about it."""
    text = CATALOGUE[code]
    details = _Lenient(told)
    return text.message.format_map(details), text.hint.format_map(details)


def disk(error: OSError) -> str:
    """The sentence of a disk, or of a folder, that refused something."""
    what = f" em “{cortado(str(error.filename))}”" if error.filename else ""
    return sentence("comando.disco", onde=what, motivo=error.strerror or type(error).__name__)


def broken(error: Exception, onde: str, registro: Path, comando: str) -> str:
    """Our own mistake, with the place where one is known, and what to type where that is so."""
    known = {"nome": type(error).__name__, "onde": f" em {onde}" if onde else ""}
    key = "comando.defeito" if comando else "pagina.defeito"
    return sentence(key, **known, registro=registro, comando=comando)


def _commands(details: Mapping[str, str]) -> dict[str, str]:
    """What to type, for sentences about an ambiente."""
    known = {name: details[name] for name in ("ref", "arquivo") if name in details}
    return commands(details["ambiente"], **known) if "ambiente" in details else {}


def _fill(template: str, problem: Problem) -> str:
    known = {
        "valor": cortado(problem.value or ""),
        "cabecalho": cortado(problem.header or ""),
        "campo": problem.field or "",
        "coluna": problem.column or "",
        "linha": "" if problem.row is None else str(problem.row),
        "planilha": problem.planilha or "",
        "arquivo": problem.arquivo,
    }
    known |= {
        name: value if name in _WHOLE else cortado(value) for name, value in problem.details.items()
    }
    known |= _commands(problem.details)
    return template.format_map(_Lenient(known))
