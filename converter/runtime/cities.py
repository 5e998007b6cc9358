"""What each município asks, told by the API once and kept in the journal with its date."""

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta

from converter.brazil import municipio
from converter.journal.journal import Journal
from converter.layouts.municipios import sites
from converter.model.filerun import FileRun, Understood
from converter.model.notas import Prestador
from converter.model.outcome import LoteOutcome
from converter.model.wire import Answer, MissingToken
from converter.runtime.environment import Api
from converter.schemas.rules import MunicipioRules

_MAX_AGE = timedelta(days=30)


def known(journal: Journal) -> Mapping[str, MunicipioRules]:
    """The rules of every município the API has told of, however long ago: offline they serve."""
    found = {codigo: _rules(codigo, text) for codigo, text in journal.municipios().items()}
    return {codigo: rules for codigo, rules in found.items() if rules is not None}


def learn(journal: Journal, api: Api, files: Iterable[FileRun[Understood]]) -> frozenset[str]:
    """Ask about municípios not asked about lately; those whose rules are now different.

    A município the API does not answer about keeps the usual rules, and is asked again next time.
    """
    issuers = {
        issuer.codigo_municipio: issuer for file in files for issuer in sorted(file.phase.issuers)
    }
    before = journal.municipios()
    changed = set()
    for codigo, issuer in issuers.items():
        if journal.municipio_is_recent(codigo, _MAX_AGE):
            continue
        told = _ask(api, issuer)
        if told is not None:
            text = json.dumps(told, ensure_ascii=False, sort_keys=True)
            if _rules(codigo, text) is None:
                continue
            if text != before.get(codigo):
                changed.add(codigo)
            journal.remember_municipio(codigo, text)
    return frozenset(changed)


def prefeituras(outcomes: Iterable[LoteOutcome]) -> Mapping[str, str]:
    """Each prefeitura these lotes go to, by IBGE code: name, and where its site is known, that."""
    codes = {outcome.lote.prestador.codigo_municipio for outcome in outcomes}
    known = sites()
    return {
        codigo: ", ".join(filter(None, (name_of(codigo), known.get(codigo)))) for codigo in codes
    }


def name_of(codigo: str) -> str:
    """`Barueri/SP`; the code of a município that is not known."""
    nome = municipio.nome(codigo)
    return f"{nome}/{municipio.uf(codigo)}" if nome else codigo


def _ask(api: Api, issuer: Prestador) -> dict[str, object] | None:
    client = api.clients(issuer)
    if isinstance(client, MissingToken):
        return None
    city = client.municipio(issuer.codigo_municipio)
    if not isinstance(city, Mapping):
        return None
    lists = {
        "itens": client.itens(issuer.codigo_municipio),
        "codigos": client.codigos_tributarios(issuer.codigo_municipio),
    }
    if not all(map(_is_told, lists.values())):
        return None
    return {"municipio": dict(city)} | {
        name: [{"codigo": entry.get("codigo")} for entry in found]
        if isinstance(found, list)
        else []
        for name, found in lists.items()
    }


def _is_told(found: object) -> bool:
    """Whether a list came, or the answer that there is none; half an answer is asked for again."""
    return isinstance(found, list) or (isinstance(found, Answer) and found.status == 404)


def _rules(codigo: str, text: str) -> MunicipioRules | None:
    """What a kept answer asks, None where it is not of that município or says it in another way."""
    try:
        told = json.loads(text)
        rules = MunicipioRules.from_api(told["municipio"], told["itens"], told["codigos"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return rules if rules.codigo == codigo else None
