"""Error bodies, in the shapes the API has been seen to give them, as messages.

`{codigo, mensagem[, erros]}`, `{erros: [...]}` without a code above, `{status, erros}` of the
prefeitura, a list of any of them, plain text (`HTTP Basic: Access denied.`) and HTML. Reading
never raises: a body is stored already, and whatever it says reaches the user word for word.
"""

import html
import re
from collections.abc import Iterator, Mapping

from converter.focus.json_body import read_json, storable
from converter.model.outcome import Message
from converter.model.wire import Answer

LONGEST = 2000
READ = 100_000
MOST = 2000
CIRCUMSTANCES = frozenset(
    {
        "ambiente_nao_configurado",
        "certificado_vencido",
        "empresa_nao_configurada",
        "empresa_nao_habilitada",
        "nao_encontrado",
        "permissao_negada",
    }
)
_ALREADY = re.compile(
    r"already_processed|pending_operation|em_processamento|(?:nfe|nfse|lote)_(?:ja_)?autorizad"
    r"|(?:cte|mdfe)_(?:ja_|em_)|refer[eê]ncia.{0,60}(?:utilizad|existe|usad)"
    r"|(?:j[aá] existe|j[aá] (?:foi )?(?:utilizad|usad|enviad|processad)).{0,80}ref",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED_PATH = re.compile(
    r"[\"'“«`]((?:[a-z_][a-z0-9_]*(?:\[\d+\]|\.\d+)?\.)*[a-z_][a-z0-9_]*)[\"'”»`]", re.IGNORECASE
)
_ITEM = re.compile(r"^(?:lista_nfse|nfse|notas?)(?:\[(\d+)\]|\.(\d+))\.?")
_SCRIPT = re.compile(r"<(script|style)\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def messages(answer: Answer) -> tuple[Message, ...]:
    """Every message of an error body; one made of the status where the body says nothing."""
    text = decode(answer)
    try:
        found = tuple(one for one in _walk(read_json(text), "") if one.text)[:MOST]
    except ValueError:
        found = ()
        plain = _plain(text[:READ])
        if plain:
            found = (Message(code=f"http-{answer.status}", text=plain),)
    return found or (Message(code=f"http-{answer.status}", text=f"HTTP {answer.status}"),)


def in_words(answer: Answer) -> str:
    """Every message of an error body in one line."""
    return "; ".join(message.text for message in messages(answer))


def already_there(answer: Answer) -> bool:
    """True when the refusal says that the API knows this ref: a question for GET, not an error."""
    return answer.status == 409 or any(
        _ALREADY.search(message.code) or _ALREADY.search(message.text)
        for message in messages(answer)
    )


def circumstantial(answer: Answer) -> bool:
    """True when the refusal speaks of the account, the address or the request and of no row.

    Only a 422 can speak of the data (Focus NFe, códigos de retorno HTTP), and only in words of its
    own: what can be mended elsewhere is tried again as it is.
    """
    if answer.status != 422:
        return True
    return all(
        (message.code in CIRCUMSTANCES or message.code == f"http-{answer.status}")
        and message.field is None
        for message in messages(answer)
    )


def decode(answer: Answer) -> str:
    """The body as text to show: its own charset, else UTF-8, else Windows-1252."""
    declared = re.search(r"charset=\"?([\w-]+)", answer.headers.get("content-type", ""))
    for charset in (declared[1] if declared else "utf-8", "utf-8", "cp1252"):
        try:
            return answer.body.decode(charset)
        except (LookupError, UnicodeError):
            continue
    return answer.body.decode("latin-1")


def error_messages(entry: Mapping[str, object]) -> tuple[Message, ...]:
    """The messages of one object that may hold `erros`, as the answer for one note does."""
    return tuple(_walk(entry.get("erros"), ""))[:MOST]


def _walk(found: object, code: str, depth: int = 0) -> Iterator[Message]:
    if depth > 8:
        return
    if isinstance(found, list):
        for item in found:
            yield from _walk(item, code, depth + 1)
    elif isinstance(found, str):
        if found.strip():
            yield _message(code, found, None, None)
    elif isinstance(found, dict):
        yield from _object(found, code, depth)


def _object(found: Mapping[str, object], code: str, depth: int) -> Iterator[Message]:
    code = text_of(found.get("codigo"), READ) or code
    inner = tuple(_walk(found.get("erros"), code, depth + 1))
    # The line above a list of errors only announces it.
    text = "" if inner else text_of(found.get("mensagem") or found.get("message"), READ)
    if text:
        field, correction = (text_of(found.get(name), READ) for name in ("campo", "correcao"))
        yield _message(code, text, field or None, correction or None)
    yield from inner


def _named(text: str) -> str | None:
    """The field a sentence speaks of: a dotted path, or the one name it calls a parameter."""
    named = [path for path in _QUOTED_PATH.findall(text) if "." in path]
    if not named and re.search(r"par[aâ]metro|campo", text, re.IGNORECASE):
        named = _QUOTED_PATH.findall(text)
    return named[0] if named else None


def _message(code: str, text: str, field: str | None, correction: str | None) -> Message:
    text = _clean(text[:READ])
    if field is None:
        field = _named(text)
    ordem = None
    if field:
        item = _ITEM.match(field)
        if item:
            ordem = int(item[1] or item[2]) + 1
            field = field[item.end() :] or None
    return Message(
        code=_clean(code) or "sem-codigo",
        text=text,
        field=field,
        ordem=ordem,
        correction=_clean(correction) if correction else None,
    )


def text_of(value: object, most: int = LONGEST) -> str:
    """A text or a number of an answer as text, no longer than that; '' for anything else."""
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value)[:most].strip() if plain else ""


def _plain(text: str) -> str:
    if re.search(r"<(?:html|body|!doctype|head)\b", text, re.IGNORECASE):
        text = html.unescape(re.sub(r"<[^<>]*>", " ", _without_scripts(text)))
    return _clean(text)


def _without_scripts(text: str) -> str:
    """A page without its scripts and styles; the rest of it where one has no end."""
    shown = []
    at = 0
    for opening in _SCRIPT.finditer(text):
        if opening.start() < at:
            continue
        shown.append(text[at : opening.start()])
        end = text.lower().find(f"</{opening[1].lower()}", opening.end())
        at = len(text) if end < 0 else end
    return " ".join([*shown, text[at:]])


def _clean(text: str) -> str:
    text = re.sub(r"[ \t\r\n]+", " ", _CONTROL.sub(" ", storable(text))).strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
