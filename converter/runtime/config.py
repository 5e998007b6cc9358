"""What `planilote.toml` decides, handed to each room in the form it takes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches

from converter import __version__
from converter.errors import SettingsError
from converter.layouts.municipios import listed, published
from converter.mapping.defaults import Defaults
from converter.mapping.load import load_mappings, shipped_folder
from converter.mapping.spec import Mappings
from converter.model.cells import Assumption
from converter.model.columns import Answers
from converter.model.consultas import Lookups
from converter.model.notas import Prestador, Splitting
from converter.model.problems import Severity
from converter.registers.prestadores import merged
from converter.registers.tomadores import Tomadores
from converter.runtime import register_files
from converter.runtime.answers import kept_answers
from converter.runtime.municipio_overrides import leiautes, limits, overridden
from converter.schemas.rules import SILENCE, MunicipioRules, Rules
from converter.settings import ARQUIVO, Ambiente, Settings, option
from converter.texts.catalogue import CATALOGUE
from converter.texts.command import command
from converter.texts.sentences import sentence

NOTAS_POR_LOTE = 50
"""What a city is sent at most where its own layout is not known: ABRASF's usual limit."""
# Rehearsing with last year's sheet is what `simulado` is for.
_REHEARSAL = {Ambiente.SIMULADO: {"competencia-antiga": SILENCE}}
_KEYS = {
    "ambiente", "mapeamento", "parcial", "processos", "certificados", "cnpj_alfanumerico",
    "padroes", "prestadores", "municipios", "severidade", "completar",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunConfig:
    """All that decides how a file is read, besides the file itself.

    `notas_por_lote` and `layouts`, the layout a prefeitura is known to import, are by município.
    `fingerprint` changes whenever any of it does. `changed` tells the severities the user gave, for
    `Resumo`. `answers` are those kept, by header signature; `lookups` what the API says of CEPs and
    CNPJs.
    """

    ambiente: str
    mappings: Mappings
    choice: str | None
    defaults: Defaults
    rules: Rules
    notas_por_lote: Mapping[str, int]
    layouts: Mapping[str, str]
    tomadores: Tomadores
    fingerprint: str
    remembered: Mapping[str, str]
    answers: Mapping[str, Answers] = field(default_factory=dict)
    lookups: Lookups = field(default_factory=Lookups)
    changed: tuple[Assumption, ...] = ()

    def severity(self, code: str) -> Severity | None:
        """How grave a code is here; None where the user silenced it."""
        chosen = self.rules.severities.get(code, CATALOGUE[code].severity)
        return None if chosen == SILENCE else Severity(chosen)

    def splitting(self, prestador: Prestador) -> Splitting:
        """How large a lote of this prestador may be."""
        codigo = prestador.codigo_municipio
        return Splitting(self.notas_por_lote.get(codigo, NOTAS_POR_LOTE))


def load(
    settings: Settings,
    now: datetime,
    municipios: Mapping[str, MunicipioRules],
    remembered: Mapping[str, str],
) -> RunConfig:
    """The configuration of one run.

    Args:
        settings: With `planilote.toml` as read.
        now: The moment of the run, aware.
        municipios: What the API told of each município; `planilote.toml` overrides it.
        remembered: Mapping names by header signature, from earlier runs.

    Raises:
        SettingsError: `planilote.toml` or a mapping says something that cannot be used.
    """
    table = settings.tabela
    _known_keys(table)
    mappings = load_mappings([settings.folders.mappings])
    defaults = Defaults.from_table(table, settings.texto)
    registers = register_files.load(settings.folders.cadastros)
    prestadores = merged(defaults.prestadores, registers.prestadores)
    defaults = replace(defaults, prestadores=prestadores)
    cities = {
        code: _section(f"municipios.{code}", own)
        for code, own in _table(table, "municipios").items()
    }
    severities = _severities(_table(table, "severidade"))
    return RunConfig(
        ambiente=settings.ambiente,
        mappings=mappings,
        choice=settings.mapeamento,
        defaults=defaults,
        rules=Rules(
            now=now,
            ambiente=settings.ambiente,
            alfanumerico=option(table, "cnpj_alfanumerico", bool, True),
            severities=_REHEARSAL.get(settings.ambiente, {}) | severities,
            municipios=overridden(municipios, cities),
        ),
        notas_por_lote={code: listed()[layout].notas for code, layout in published().items()}
        | limits(cities),
        layouts=published() | leiautes(cities),
        tomadores=registers.tomadores,
        fingerprint=_fingerprint(settings, municipios, registers.sha256),
        remembered=remembered,
        answers=kept_answers(settings),
        changed=tuple(_told(code, level) for code, level in sorted(severities.items())),
    )


def _known_keys(table: Mapping[str, object]) -> None:
    for key in table.keys() - _KEYS:
        if "token" in key.lower():
            raise SettingsError(sentence("escolhas.token", arquivo=ARQUIVO))
        near = get_close_matches(key, _KEYS, n=1)
        known = near[0] if near else ", ".join(sorted(_KEYS))
        told = "escolhas.seria" if near else "escolhas.sem-opcao"
        raise SettingsError(sentence(told, arquivo=ARQUIVO, chave=key, opcoes=known))


def _table(table: Mapping[str, object], name: str) -> Mapping[str, object]:
    return _section(name, table.get(name, {}))


def _section(name: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise SettingsError(sentence("escolhas.secao", arquivo=ARQUIVO, nome=name))
    return value


def _severities(table: Mapping[str, object]) -> dict[str, str]:
    for code, level in table.items():
        if code not in CATALOGUE:
            where = command("guia", "simulado", "erros")
            raise SettingsError(
                sentence("escolhas.sem-codigo", arquivo=ARQUIVO, codigo=code, guia=where)
            )
        if level not in [*Severity, SILENCE]:
            options = ", ".join([*Severity, SILENCE])
            chosen = f"{code} = {level}"
            raise SettingsError(
                sentence("escolhas.nivel", arquivo=ARQUIVO, escolha=chosen, opcoes=options)
            )
    return {code: str(level) for code, level in table.items()}


def _told(code: str, level: str) -> Assumption:
    own = CATALOGUE[code]
    details = {"codigo": code, "titulo": own.title, "nivel": level, "normal": own.severity.value}
    return Assumption("severidade-alterada", details)


def _fingerprint(
    settings: Settings, municipios: Mapping[str, MunicipioRules], registers: str
) -> str:
    """Changes with everything but the file itself; mappings and registers count by their bytes."""
    digest = hashlib.sha256(__version__.encode() + registers.encode())
    folders = (shipped_folder(), settings.folders.mappings)
    for path in (file for folder in folders for file in sorted(folder.glob("*.toml"))):
        digest.update(path.name.encode() + path.read_bytes())
    chosen = (settings.ambiente, settings.mapeamento, settings.parcial, settings.tabela)
    digest.update(json.dumps(chosen, sort_keys=True, default=str).encode())
    for code, rules in sorted(municipios.items()):
        lists = (rules.itens_lista_servico, rules.codigos_tributarios)
        digest.update(repr((code, sorted(rules.flags.items()))).encode())
        digest.update(repr([sorted(entries or ()) for entries in lists]).encode())
    return digest.hexdigest()
