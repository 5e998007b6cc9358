"""Faults on demand: what should go wrong, with which request, how often.

They come from a TOML file (`--falhas`) or from one request's header:

    X-Planilote-Falha: queda quando=depois
    X-Planilote-Falha: lentidao segundos=2; 429 segundos=7
"""

import fnmatch
import threading
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

HEADER = "X-Planilote-Falha"


class FaultError(ValueError):
    """A fault that cannot be understood; the sentence says which and why."""


class Kind(StrEnum):
    """What goes wrong. `antes` and `depois` speak of the lote being stored."""

    LENTIDAO = "lentidao"
    SILENCIO = "silencio"
    QUEDA = "queda"
    CORTE = "corte"
    REDIRECIONA = "redireciona"
    STATUS = "status"
    REF_REPETIDA = "ref-repetida"
    CIDADE_LENTA = "cidade-lenta"
    CONSULTA_TARDIA = "consulta-tardia"


OPERATIONS = ("criar", "consultar", "resposta", "municipios", "retorno")
TEMPERAMENTS = ("mesmo", "recusa", "novo")
SHAPES = ("mensagem", "erros", "campo", "permissao", "status", "texto", "vazio")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong.

    Attributes:
        tipo: What goes wrong.
        operacao: The operation it meets; `""` meets all of them.
        ref: A pattern of refs (`*`, `?`); `""` meets all of them.
        vezes: How often it strikes; 0 is always.
        pular: How many requests pass unharmed first.
        segundos: Length of `lentidao`, `cidade-lenta`, `consulta-tardia`, and of the wait a 429
            announces.
        quando: `antes` or `depois` of the operation being done, for `silencio`, `queda`, `status`.
        status: The HTTP status of `status` and `redireciona`.
        forma: The error body of `status`, one of `SHAPES`.
        tamanho: False makes `corte` send neither a length nor chunks.
        deixa: How many bytes of the body `corte` lets through; -1 is half of them.
        modo: The temperament of `ref-repetida`, one of `TEMPERAMENTS`.
    """

    tipo: Kind
    operacao: str = ""
    ref: str = ""
    vezes: int = 0
    pular: int = 0
    segundos: float = 1.0
    quando: str = "antes"
    status: int = 500
    forma: str = "mensagem"
    tamanho: bool = True
    deixa: int = -1
    modo: str = "mesmo"

    def meets(self, operacao: str, ref: str) -> bool:
        """True when the fault is meant for this operation on this ref."""
        return self.operacao in ("", operacao) and (
            self.ref == "" or fnmatch.fnmatchcase(ref, self.ref)
        )


class Plan:
    """The faults of a run and how often each one has struck. Safe between threads."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._faults = tuple(faults)
        self._seen = [0] * len(self._faults)
        self._lock = threading.Lock()

    def strike(self, operacao: str, ref: str) -> tuple[Fault, ...]:
        """The faults of one request, counted as having struck."""
        struck = []
        with self._lock:
            for index, fault in enumerate(self._faults):
                if not fault.meets(operacao, ref):
                    continue
                self._seen[index] += 1
                turn = self._seen[index] - fault.pular
                if turn > 0 and (fault.vezes == 0 or turn <= fault.vezes):
                    struck.append(fault)
        return tuple(struck)


def read_file(path: Path) -> Plan:
    """The plan of a TOML file: one `[[falha]]` table per fault.

    Raises:
        FaultError: The file is not TOML or a fault in it makes no sense.
        OSError: The file cannot be read.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FaultError(f"O arquivo de falhas {path.name} não é TOML válido: {error}") from error
    tables = content.get("falha", [])
    if set(content) - {"falha"} or not isinstance(tables, list):
        raise FaultError("O arquivo de falhas só pode ter tabelas [[falha]].")
    return Plan(_fault(table) for table in tables)


def read_header(header: str) -> tuple[Fault, ...]:
    """The faults of one request: `tipo chave=valor chave=valor; tipo …`.

    A bare status is short for `status status=NNN`.

    Raises:
        FaultError: A fault makes no sense.
    """
    faults = []
    for part in filter(None, (part.strip() for part in header.split(";"))):
        tipo, *settings = part.split()
        table: dict[str, Any] = {"tipo": tipo}
        if tipo.isascii() and tipo.isdigit():
            table = {"tipo": "status", "status": tipo}
        for setting in settings:
            key, equals, value = setting.partition("=")
            if not equals:
                raise FaultError(f"Falta o sinal de igual em “{setting}”.")
            table[key] = value
        faults.append(_fault(table))
    return tuple(faults)


def _fault(table: Mapping[str, Any]) -> Fault:
    if not isinstance(table, dict) or "tipo" not in table:
        raise FaultError("Toda falha precisa de um tipo.")
    known = {item.name: item.type for item in fields(Fault)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise FaultError(f"A falha “{table['tipo']}” não conhece “{key}”.")
        values[key] = _value(key, known[key], value)
    fault = Fault(**values)
    for value, allowed, name in (
        (fault.operacao, ("", *OPERATIONS), "operacao"),
        (fault.quando, ("antes", "depois"), "quando"),
        (fault.forma, SHAPES, "forma"),
        (fault.modo, TEMPERAMENTS, "modo"),
    ):
        if value not in allowed:
            options = ", ".join(filter(None, allowed))
            raise FaultError(f"“{value}” não serve em {name}: use {options}.")
    if not 300 <= fault.status <= 599:
        raise FaultError("O status de uma falha vai de 300 a 599.")
    if not 0 <= fault.segundos <= 3600:
        raise FaultError("Os segundos de uma falha vão de 0 a 3600.")
    return fault


def _value(key: str, kind: Any, value: Any) -> Any:
    try:
        if kind is bool:
            return {"true": True, "sim": True, "false": False, "nao": False}[str(value).lower()]
        return kind(value)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise FaultError(f"“{value}” não serve em {key}.") from error
