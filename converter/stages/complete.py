"""Blanks of the customers, filled with what the API answered of their CEP and CNPJ.

A CNPJ gives name and address, a CEP the street and the city. Only blank cells are filled, and the
address of a CNPJ only where it is not another than the row's own.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from converter.brazil import cep
from converter.brazil.headers import fold
from converter.model.cells import MappedSheet, RawValue, is_blank
from converter.model.consultas import Consulta, Consulted, Lookups
from converter.model.problems import Problem, Severity
from converter.registers.customer import (
    DOCUMENTS,
    NOME,
    Customer,
    Remark,
    customers_of,
    filled,
    problems_of,
)
from converter.registers.tomadores import document_of
from converter.schemas.catalogue import BY_PATH

_END = "tomador.endereco."
CEP, LOGRADOURO, NUMERO = f"{_END}cep", f"{_END}logradouro", f"{_END}numero"
COMPLEMENTO, BAIRRO, UF = f"{_END}complemento", f"{_END}bairro", f"{_END}uf"
CODIGO, CIDADE = f"{_END}codigo_municipio", f"{_END}nome_municipio"
_ADDRESS = (CEP, LOGRADOURO, NUMERO, COMPLEMENTO, BAIRRO, CODIGO, CIDADE, UF)
_ABROAD = tuple(
    path for path in BY_PATH if path.startswith(_END) and ("exterior" in path or "pais" in path)
)
_READ = frozenset((*DOCUMENTS, NOME, *_ADDRESS, *_ABROAD))
_OF_COMPANIES = frozenset({"ltda", "me", "epp", "eireli", "sa", "mei", "ss"})
"""What a company's name may end with, or not, and still be the same."""
_OPEN = "ativa"


class Completed(NamedTuple):
    """The sheets completed, what is to be told of it, and the questions nobody answered yet."""

    sheets: tuple[MappedSheet, ...]
    problems: tuple[Problem, ...]
    consultas: frozenset[Consulta]


def complete(sheets: Sequence[MappedSheet], lookups: Lookups) -> Completed:
    """Fill the blanks of every sheet of a file."""
    done = [_complete(sheet, lookups) for sheet in sheets]
    return Completed(
        tuple(sheet for sheet, _, _ in done),
        tuple(problem for _, problems, _ in done for problem in problems),
        frozenset(each for _, _, unanswered in done for each in unanswered),
    )


def _complete(
    sheet: MappedSheet, lookups: Lookups
) -> tuple[MappedSheet, tuple[Problem, ...], frozenset[Consulta]]:
    if not lookups.kinds or _READ.isdisjoint(sheet.fields):
        return sheet, (), frozenset()
    read = [path for path in sheet.fields if path in _READ]
    customers = customers_of(sheet, read, partial(_look_up, lookups=lookups))
    unanswered = frozenset(each for one in customers for each in one.unanswered)
    problems = (*problems_of(sheet, customers), *_untold(sheet, unanswered, lookups))
    return filled(sheet, customers), problems, unanswered


def _look_up(said: Mapping[str, RawValue], lookups: Lookups) -> Customer:
    one = Customer(said)
    if not all(map(one.blank, _ABROAD)):
        return one
    document = document_of(said) or ""
    if len(document) == 14 and (known := _answer(one, Consulta("cnpj", document), lookups)):
        _of_company(one, document, known)
    code = cep.parse(said.get(CEP)).value
    lacking = one.blank(LOGRADOURO) or one.blank(BAIRRO) or _no_city(one)
    if code and lacking and (known := _answer(one, Consulta("cep", code), lookups)):
        _of_cep(one, code, known)
    one.told = [told._replace(details={**told.details, "api": lookups.api}) for told in one.told]
    return one


def _answer(one: Customer, asked: Consulta, lookups: Lookups) -> Consulted | None:
    """What is known, where it is asked for; what is not is noted with the customer."""
    answered = lookups.answers.get(asked)
    if asked.kind not in lookups.kinds:
        return None
    if answered is None:
        one.unanswered.append(asked)
        return None
    if answered.data is None:
        at = (CEP,) if asked.kind == "cep" else DOCUMENTS
        what = {"o_que": asked.kind.upper(), "chave": asked.key, "dia": answered.day}
        one.told.append(Remark("consulta-sem-resultado", Severity.AVISO, what, at))
        return None
    return answered


def _of_company(one: Customer, document: str, answered: Consulted) -> None:
    data = answered.data or {}
    name, state = str(data.get("razao_social") or ""), str(data.get("situacao_cadastral") or "")
    own = one.said.get(NOME)
    details = {"cnpj": document, "dia": answered.day, "registro": name, "estado": state}
    if name and not is_blank(own) and _bare(str(own)) != _bare(name):
        one.told.append(Remark("cnpj-nome-difere", Severity.AVISO, details, (NOME,)))
    if state and fold(state) != _OPEN:
        one.told.append(Remark("cnpj-empresa-fechada", Severity.AVISO, details, DOCUMENTS))
    if taken := one.fill(_texts({NOME: name, **_address(one, data.get("endereco"))})):
        details = {**details, "campos": ", ".join(taken)}
        one.told.append(Remark("completado-por-cnpj", Severity.INFO, details, DOCUMENTS))


def _address(one: Customer, place: object) -> Mapping[str, object]:
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


def _of_cep(one: Customer, code: str, answered: Consulted) -> None:
    data = answered.data or {}
    words = (str(data.get(part) or "") for part in ("tipo_logradouro", "nome_logradouro"))
    found = {LOGRADOURO: " ".join(words).strip(), BAIRRO: data.get("nome_bairro_inicial")}
    if taken := one.fill(_texts({**found, **_city(one, data)})):
        details = {"cep": code, "dia": answered.day, "campos": ", ".join(taken)}
        one.told.append(Remark("completado-por-cep", Severity.INFO, details, (CEP, *DOCUMENTS)))


def _city(one: Customer, data: Mapping[str, object]) -> Mapping[str, object]:
    """Where the row names no city, that of the answer."""
    return {CODIGO: data.get("codigo_ibge"), UF: data.get("uf")} if _no_city(one) else {}


def _no_city(one: Customer) -> bool:
    return one.blank(CODIGO) and one.blank(CIDADE)


def _texts(found: Mapping[str, object]) -> dict[str, RawValue]:
    return {path: str(value) for path, value in found.items() if value}


def _bare(name: str) -> Sequence[str]:
    """The words of a company's name without what kind of company it is."""
    return [word for word in map(fold, name.split()) if word and word not in _OF_COMPANIES]


def _untold(
    sheet: MappedSheet, unanswered: frozenset[Consulta], lookups: Lookups
) -> Iterator[Problem]:
    """Once per kind: how many questions have no answer, and why."""
    counts = Counter(asked.kind for asked in unanswered)
    for kind, count in sorted(counts.items()):
        code, severity = "completar-no-envio", Severity.INFO
        if kind in lookups.why:
            code, severity = "completar-sem-resposta", Severity.AVISO
        yield sheet.problem(
            code,
            severity,
            o_que=kind.upper(),
            quantos=str(count),
            motivo=lookups.why.get(kind, ""),
            api=lookups.api,
        )
