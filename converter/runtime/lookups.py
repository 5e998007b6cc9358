"""What the API says of CEPs and CNPJs, asked once, kept in the journal with its date."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from converter.errors import SettingsError
from converter.journal.journal import Journal
from converter.model.consultas import Consulta, Consulted, Lookups
from converter.model.filerun import FileRun, Understood
from converter.model.notas import Prestador
from converter.model.wire import Answer, MissingToken
from converter.runtime.environment import EMBEDDED, Api, consulted_at
from converter.settings import ARQUIVO, Settings, option
from converter.texts.catalogue import own_message
from converter.texts.sentences import sentence

if TYPE_CHECKING:
    from converter.focus.client import Client

_MAX_AGE = {"cep": timedelta(days=365), "cnpj": timedelta(days=90)}


def known(journal: Journal, settings: Settings) -> Lookups:
    """What may be asked, and what was answered not too long ago.

    Raises:
        SettingsError: `[completar]` says something that is not to be had.
    """
    kinds = _kinds(settings)
    if not kinds:
        return Lookups()
    answers = {
        Consulta(kind, key): Consulted(json.loads(text), f"{datetime.fromisoformat(at):%d/%m/%Y}")
        for kind in kinds
        for key, text, at in journal.consultas(consulted_at(settings, kind), kind, _MAX_AGE[kind])
    }
    rehearsing = all(consulted_at(settings, kind) == EMBEDDED for kind in kinds)
    return Lookups(kinds, answers, api="API de ensaio" if rehearsing else "Focus NFe")


def learn(
    journal: Journal,
    api: Api,
    settings: Settings,
    files: Sequence[FileRun[Understood]],
) -> Lookups | None:
    """What is known once the files' questions were asked; None where they have none.

    A kind of question that cannot be asked is not asked again in this run: the conversion goes on,
    and says so.
    """
    asked = {each for file in files for each in file.phase.consultas}
    if not asked or api.consult is None:
        return None
    issuer = next((one for file in files for one in sorted(file.phase.issuers)), None)
    why: dict[str, str] = {}
    for each in sorted(asked):
        if each.kind not in why:
            client = api.consult(each.kind, issuer or Prestador("", "", ""))
            reason = _ask(journal, client, consulted_at(settings, each.kind), each)
            if reason:
                why[each.kind] = reason
    return replace(known(journal, settings), why=why)


def _ask(
    journal: Journal, client: Client | MissingToken, source: str, asked: Consulta
) -> str | None:
    """Ask, and keep the answer; why there is none to keep."""
    if isinstance(client, MissingToken):
        return own_message(client.code, cnpj=client.cnpj).text
    heard = client.consult(f"{asked.kind}s", asked.key)
    found: object = None
    if isinstance(heard, Answer):
        if heard.status in (401, 403):
            return sentence("consultas.token", status=heard.status)
        if heard.status not in (200, 404):
            return f"HTTP {heard.status}"
        found = client.json(heard)
        if heard.status == 200 and found is None:
            return own_message("resposta-cortada").text
    else:
        return own_message(heard.code).text
    journal.remember_consulta(source, *asked, json.dumps(_single(found), ensure_ascii=False))
    return None


def _single(found: object) -> Mapping[str, object] | None:
    """One answer; of several only what all of them say, since a row does not say which is its."""
    many = found if isinstance(found, list) else [found]
    entries = [one for one in many if isinstance(one, dict)]
    if not entries:
        return None
    first, *others = entries
    return {
        name: value
        for name, value in first.items()
        if all(other.get(name) == value for other in others)
    }


def _kinds(settings: Settings) -> frozenset[str]:
    table = settings.tabela.get("completar", {})
    if not isinstance(table, dict):
        raise SettingsError(sentence("escolhas.secao", arquivo=ARQUIVO, nome="completar"))
    for key in table.keys() - _MAX_AGE.keys():
        raise SettingsError(sentence("consultas.so-ha", arquivo=ARQUIVO, chave=key))
    return frozenset(kind for kind in _MAX_AGE if option(table, kind, bool, False))
