"""The token in the system's keyring: kept, tried with a harmless question, taken away."""

import re
from collections.abc import Mapping
from types import ModuleType

from converter import __version__
from converter.errors import SettingsError
from converter.focus.client import Transport
from converter.focus.clients import Clients
from converter.focus.tokens import SERVICE, Token, usable
from converter.model.notas import Prestador
from converter.model.wire import Answer, MissingToken
from converter.settings import Ambiente, Settings
from converter.texts.command import command
from converter.texts.sentences import sentence

COMMON = "padrao"
"""The keyring's user for a token that serves every company."""
_SAO_PAULO = "3550308"
"""A município every token may ask about."""


def keep(settings: Settings, environ: Mapping[str, str], cnpj: str | None, secret: str) -> str:
    """Try the token, keep it, and say in one sentence what it may do.

    Raises:
        SettingsError: It cannot be a token, the API refuses it, or there is no keyring here.
    """
    ambiente = ambiente_of(settings)
    secret = secret.strip()
    if not usable(secret):
        raise SettingsError(sentence("token.forma"))
    tried = _try(settings, environ, secret)
    _keyring().set_password(f"{SERVICE}-{ambiente}", _user(cnpj), secret)
    key = "token.guardado" if cnpj else "token.guardado-de-todas"
    return sentence(key, cnpj=cnpj, ambiente=ambiente, prova=tried)


def forget(settings: Settings, cnpj: str | None) -> str:
    """Take the token out of the keyring.

    Raises:
        SettingsError: There is none, or no keyring here.
    """
    from keyring.errors import PasswordDeleteError

    ambiente = ambiente_of(settings)
    try:
        _keyring().delete_password(f"{SERVICE}-{ambiente}", _user(cnpj))
    except PasswordDeleteError:
        raise SettingsError(sentence("token.nenhum", ambiente=ambiente)) from None
    return sentence("token.apagado", ambiente=ambiente)


def ambiente_of(settings: Settings) -> Ambiente:
    """The ambiente a token is for.

    Raises:
        SettingsError: A rehearsal, which needs none.
    """
    if settings.ambiente is Ambiente.SIMULADO:
        raise SettingsError(sentence("token.ensaio"))
    return settings.ambiente


def _user(cnpj: str | None) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", cnpj).upper() if cnpj else COMMON


def _try(settings: Settings, environ: Mapping[str, str], secret: str) -> str:
    """Ask the API about a city with it; what that says of the token."""
    with Clients(
        settings.url or "",
        settings.ambiente,
        version=__version__,
        environ=environ,
        token=Token(secret),
        transport=Transport(verify=settings.certificados or True),
    ) as clients:
        client = clients(Prestador("", "", ""))
        heard = None if isinstance(client, MissingToken) else client.municipio(_SAO_PAULO)
    if isinstance(heard, Answer) and heard.status in (401, 403):
        raise SettingsError(sentence("token.recusado", ambiente=settings.ambiente))
    return sentence("token.aceito" if isinstance(heard, Mapping) else "token.sem-prova")


def _keyring() -> ModuleType:
    """The keyring of this system.

    Raises:
        SettingsError: The extra is not installed, or the system has no keyring.
    """
    by_hand = command("guia", "simulado", "leiame")
    try:
        import keyring
        from keyring.backends import fail
    except ImportError:
        raise SettingsError(sentence("token.sem-keyring", guia=by_hand)) from None
    if isinstance(keyring.get_keyring(), fail.Keyring):
        raise SettingsError(sentence("token.sem-cofre", guia=by_hand))
    return keyring
