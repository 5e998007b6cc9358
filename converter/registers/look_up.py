"""What a note's row leaves out of its customer, taken from the API's answers, told at its cell.

A CNPJ gives name and address, a CEP the street and the city. Only blank cells are filled, and the
address of a CNPJ only where it is not another than the row's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from converter.brazil import cep
from converter.brazil.headers import fold
from converter.model.cells import MappedField, MappedSheet, RawValue, is_blank
from converter.model.consultas import Consulta, Consulted, Lookups
from converter.model.problems import Problem, Severity
from converter.registers.complete import problem_at
from converter.registers.tomadores import DOCUMENTO, NOME, document_of
from converter.schemas.catalogue import BY_PATH

_END = "tomador.endereco."
CEP, LOGRADOURO, NUMERO = f"{_END}cep", f"{_END}logradouro", f"{_END}numero"
COMPLEMENTO, BAIRRO, UF = f"{_END}complemento", f"{_END}bairro", f"{_END}uf"
CODIGO, CIDADE = f"{_END}codigo_municipio", f"{_END}nome_municipio"
_ADDRESS = (CEP, LOGRADOURO, NUMERO, COMPLEMENTO, BAIRRO, CODIGO, CIDADE, UF)
_ABROAD = tuple(
    path for path in BY_PATH if path.startswith(_END) and ("exterior" in path or "pais" in path)
)
_DOCUMENTS = (DOCUMENTO, "tomador.cnpj", "tomador.cpf")
_READ = (*_DOCUMENTS, NOME, *_ADDRESS, *_ABROAD)
_OF_COMPANIES = frozenset({"ltda", "me", "epp", "eireli", "sa", "mei", "ss"})
"""What a company's name may end with, or not, and still be the same."""
_OPEN = "ativa"


@dataclass(slots=True)
class _Customer:
    """One row's customer: what the row says, what was found, and what is to be told of it."""

    said: Mapping[str, RawValue]
    filled: dict[str, str] = field(default_factory=dict)
    told: list[tuple[str, Severity, Sequence[str], dict[str, str]]] = field(default_factory=list)
    unanswered: list[Consulta] = field(default_factory=list)

    def blank(self, path: str) -> bool:
        return is_blank(self.said.get(path)) and path not in self.filled

    @property
    def no_city(self) -> bool:
        return self.blank(CODIGO) and self.blank(CIDADE)

    def fill(self, found: Mapping[str, object]) -> list[str]:
        """Take what is blank; the labels of what was taken."""
        taken = []
        for path, value in found.items():
            if value and self.blank(path):
                self.filled[path] = str(value)
                taken.append(BY_PATH[path].label)
        return taken


def complete(
    sheet: MappedSheet, lookups: Lookups
) -> tuple[MappedSheet, tuple[Problem, ...], frozenset[Consulta]]:
    """The sheet with blanks filled, what is to be told, and the questions nobody answered yet."""
    paths = _READ if lookups.kinds else ()
    columns = {path: sheet.fields[path].values for path in paths if path in sheet.fields}
    if not columns:
        return sheet, (), frozenset()
    rows = list(zip(*columns.values(), strict=True))
    found = {row: _look_up(dict(zip(columns, row, strict=True)), lookups) for row in {*rows}}
    customers = [found[row] for row in rows]
    unanswered = frozenset(each for one in found.values() for each in one.unanswered)
    problems = (*_told(sheet, customers, lookups.api), *_untold(sheet, unanswered, lookups))
    return replace(sheet, fields=_filled(sheet.fields, customers)), problems, unanswered


def _filled(
    fields: Mapping[str, MappedField], customers: Sequence[_Customer]
) -> dict[str, MappedField]:
    """The fields with what was found in their blanks."""
    made = dict(fields)
    for path in dict.fromkeys(path for one in customers for path in one.filled):
        own = made.get(path)
        blank: Sequence[RawValue] = [None] * len(customers)
        values = [
            one.filled.get(path, value)
            for one, value in zip(customers, own.values if own else blank, strict=True)
        ]
        made[path] = replace(own, values=values) if own else MappedField(path, values)
    return made


def _look_up(said: Mapping[str, RawValue], lookups: Lookups) -> _Customer:
    one = _Customer(said)
    if not all(is_blank(said.get(path)) for path in _ABROAD):
        return one
    document = document_of(said) or ""
    if len(document) == 14 and (known := _answer(one, Consulta("cnpj", document), lookups)):
        _of_company(one, document, known)
    code = cep.parse(said.get(CEP)).value
    lacking = one.blank(LOGRADOURO) or one.blank(BAIRRO) or one.no_city
    if code and lacking and (known := _answer(one, Consulta("cep", code), lookups)):
        _of_cep(one, code, known)
    return one


def _answer(one: _Customer, asked: Consulta, lookups: Lookups) -> Consulted | None:
    """What is known, where it is asked for; what is not is noted with the customer."""
    answered = lookups.answers.get(asked)
    if asked.kind not in lookups.kinds:
        return None
    if answered is None:
        one.unanswered.append(asked)
        return None
    if answered.data is None:
        what = {"o_que": asked.kind.upper(), "chave": asked.key, "dia": answered.day}
        at = (CEP,) if asked.kind == "cep" else _DOCUMENTS
        one.told.append(("consulta-sem-resultado", Severity.AVISO, at, what))
        return None
    return answered


def _of_company(one: _Customer, document: str, answered: Consulted) -> None:
    data = answered.data or {}
    name, state = str(data.get("razao_social") or ""), str(data.get("situacao_cadastral") or "")
    own = one.said.get(NOME)
    details = {"cnpj": document, "dia": answered.day, "registro": name, "estado": state}
    if name and not is_blank(own) and _bare(str(own)) != _bare(name):
        one.told.append(("cnpj-nome-difere", Severity.AVISO, (NOME,), details))
    if state and fold(state) != _OPEN:
        one.told.append(("cnpj-empresa-fechada", Severity.AVISO, _DOCUMENTS, details))
    if taken := one.fill({NOME: name, **_address(one, data.get("endereco"))}):
        more = {"campos": ", ".join(taken)}
        one.told.append(("completado-por-cnpj", Severity.INFO, _DOCUMENTS, details | more))


def _address(one: _Customer, place: object) -> Mapping[str, object]:
    """A company's address, unless it may be another than the row's own."""
    if not isinstance(place, Mapping):
        return {}
    code = cep.parse(one.said.get(CEP)).value
    same = code is not None and code == cep.parse(place.get("cep")).value
    if not same and not all(one.blank(path) for path in _ADDRESS):
        return {}
    parts = (LOGRADOURO, NUMERO, COMPLEMENTO, BAIRRO, CEP)
    found = {path: place.get(path.removeprefix(_END)) for path in parts}
    return {**found, **_city(one, place)}


def _of_cep(one: _Customer, code: str, answered: Consulted) -> None:
    data = answered.data or {}
    words = (str(data.get(part) or "") for part in ("tipo_logradouro", "nome_logradouro"))
    found = {LOGRADOURO: " ".join(words).strip(), BAIRRO: data.get("nome_bairro_inicial")}
    if taken := one.fill({**found, **_city(one, data)}):
        details = {"cep": code, "dia": answered.day, "campos": ", ".join(taken)}
        one.told.append(("completado-por-cep", Severity.INFO, (CEP, *_DOCUMENTS), details))


def _city(one: _Customer, data: Mapping[str, object]) -> Mapping[str, object]:
    """Where the row names no city, that of the answer."""
    return {CODIGO: data.get("codigo_ibge"), UF: data.get("uf")} if one.no_city else {}


def _bare(name: str) -> Sequence[str]:
    """The words of a company's name without what kind of company it is."""
    return [word for word in map(fold, name.split()) if word and word not in _OF_COMPANIES]


def _told(sheet: MappedSheet, customers: Sequence[_Customer], api: str) -> Iterator[Problem]:
    for place, one in enumerate(customers):
        for code, severity, paths, details in one.told:
            yield problem_at(sheet, place, code, severity, details | {"api": api}, paths)


def _untold(
    sheet: MappedSheet, unanswered: frozenset[Consulta], lookups: Lookups
) -> Iterator[Problem]:
    """Once per kind: how many questions have no answer, and why."""
    counts = Counter(asked.kind for asked in unanswered)
    for kind, count in sorted(counts.items()):
        details = {
            "o_que": kind.upper(),
            "quantos": str(count),
            "motivo": lookups.why.get(kind, ""),
            "api": lookups.api,
        }
        code = "completar-sem-resposta" if kind in lookups.why else "completar-no-envio"
        severity = Severity.AVISO if kind in lookups.why else Severity.INFO
        yield Problem(code, severity, sheet.arquivo, sheet.planilha, details=details)
