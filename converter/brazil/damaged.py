"""Text that was damaged on its way: accents read in the wrong encoding, entities, lost letters.

>>> mended("JoÃ£o da ConceiÃ§Ã£o")
('texto-acentos', 'João da Conceição')
>>> mended("Silva &amp; Filhos")
('texto-entidades', 'Silva & Filhos')
>>> mended("Manuten??o")
('texto-interrogacao', 'Manutenção')
"""

import html
import re
from collections.abc import Iterable
from functools import partial
from urllib.parse import unquote

from converter.brazil import data_files

_SUSPECT = re.compile(
    r"[ÂÃâ├┬Ô√¬‚�‡ÆƒþÞ§¾]|[^\W\d_][?¢£]+[^\W\d_]|&#?\w{2,8};|</?[a-zA-Z]{1,6}\b[^<>]*>"
    r"|\\[ux][0-9a-fA-F]{2}|%C3%"
)
_SIGNS = "ÂÃâ├┬Ô√¬‚\ufffd‡ÆƒþÞ§¾?¢£&<\\%"
"""One of these stands in whatever `_SUSPECT` finds: to look for each is 60 times faster."""
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")
_TAG = re.compile(
    r"</?(?:br|p|b|i|u|div|span|strong|em|font|a|li|ul|ol|td|tr)\b[^<>]*>", re.IGNORECASE
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_LOST = re.compile(r"(?<=[^\W\d_])\?+(?=[a-zß-ÿ])|(?<=[A-ZÀ-Þ])\?+(?=[A-ZÀ-Þ])|\ufffd+")
"""A new sentence after a question mark begins with a capital: `Feito?Sim` lost nothing."""
_OTHER_TABLES = (
    ("cp1252", "cp850", re.compile(r"(?<=[^\W\d_])[‡Æ¢£ƒ¡‚](?=[^\W\d_]|$)")),
    ("cp850", "cp1252", re.compile(r"(?<=[^\W\d_])[þ§¾](?=[^\W\d_]|$)")),
)
"""A text of one code page read in the other: what was read, what it is, what shows it."""
_PORTUGUESE = frozenset("áàâãéêíóôõúüçÁÀÂÃÉÊÍÓÔÕÚÜÇºª°§")
_ESCAPED = re.compile(r"(?:\\u00|\\x)([0-9a-fA-F]{2})")
_IN_ADDRESSES = re.compile(r"(?:%C3%[89AB][0-9A-F])+", re.IGNORECASE)
_ADDRESS = re.compile(r"://|www\.|[?&]\w+=")
_WORD = re.compile(r"[^\W\d_]*(?:[?]+[^\W\d_]+)+")
_TIMES = 3


def _as_bytes(codec: str) -> dict[int, int]:
    """The byte each character came from, also where the codec leaves a byte without one."""
    found = {byte: byte for byte in range(0x80, 0x100)} if codec == "cp1252" else {}
    for byte in range(0x80, 0x100):
        letter = bytes((byte,)).decode(codec, "ignore")
        if letter:
            found[ord(letter)] = byte
    return found


_CODECS = {codec: _as_bytes(codec) for codec in ("cp1252", "cp850", "mac_roman")}


def _runs(codec: str) -> re.Pattern[str]:
    """What UTF-8 of Western letters and signs looks like when read in a codec of one byte each."""
    table = _CODECS[codec]

    def letters(*ranges: range) -> str:
        wanted = [char for char, byte in table.items() if any(byte in one for one in ranges)]
        return "".join(re.escape(chr(char)) for char in wanted)

    more = f"[{letters(range(0x80, 0xC0))}]"
    two, three = letters(range(0xC2, 0xC4)), letters(range(0xE2, 0xE3))
    return re.compile(f"[{two}]{more}|[{three}]{more}{{2}}")


_RUNS = {codec: _runs(codec) for codec in _CODECS}


def in_any(values: Iterable[object]) -> bool:
    """Tell whether a text of a column may be damaged; nearly all columns have none."""
    text = "\n".join([value for value in values if type(value) is str])
    return any(sign in text for sign in _SIGNS) and _SUSPECT.search(text) is not None


def mended(text: str) -> tuple[str, str] | None:
    """Give what happened to a text and how it should read, None where it looks sound.

    The reading is empty where letters are lost and no guess is safe. Nothing is changed by this:
    it is told, and the person decides.
    """
    if not _SUSPECT.search(text):
        return None
    read = _once_more(text)
    if read == text:
        read = _of_other_table(text) or _unescaped(text)
    if read != text:
        return "texto-acentos", read
    read = html.unescape(_TAG.sub("", _BREAK.sub("\n", text))) if _marked(text) else text
    if read != text:
        return "texto-entidades", read.replace("\xa0", " ")
    if _LOST.search(text) and not _ADDRESS.search(text):
        return "texto-interrogacao", _guessed(text)
    return None


def _of_other_table(text: str) -> str | None:
    """The text as it was before MS-DOS and Windows took it for one of their own, if it was."""
    for taken, own, shows in _OTHER_TABLES:
        if shows.search(text):
            try:
                read = text.encode(taken).decode(own)
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
            if all(letter.isascii() or letter in _PORTUGUESE for letter in read):
                return read
    return None


def _unescaped(text: str) -> str:
    """The text with letters that were written as codes, as in JSON and in addresses."""
    read = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if _ADDRESS.search(read):
        return read
    return _IN_ADDRESSES.sub(lambda found: unquote(found[0]), read)


def _marked(text: str) -> bool:
    return bool(_ENTITY.search(text) or _TAG.search(text))


def _once_more(text: str) -> str:
    """The text with what was UTF-8 decoded as such, as often as it was encoded again."""
    for _ in range(_TIMES):
        before = text
        for codec, runs in _RUNS.items():
            text = runs.sub(partial(_decoded, codec), text)
        if text == before:
            break
    return text


def _decoded(codec: str, found: re.Match[str]) -> str:
    run, table = found[0], _CODECS[codec]
    try:
        letter = bytes(table[ord(char)] for char in run).decode("utf-8")
    except UnicodeDecodeError:
        return run
    return letter if "\xa0" <= letter <= "ÿ" or letter in "–—“”‘’•…€" else run


def _guessed(text: str) -> str:
    """The text with its lost letters, where the rest of each word tells them; else nothing."""
    if "\ufffd" in text:
        return ""

    def word(found: re.Match[str]) -> str:
        for ending, letters in data_files.rows("letras_perdidas"):
            if found[0].casefold().endswith(ending) and found[0].count("?") == ending.count("?"):
                head = found[0][: -len(ending)]
                return head + (letters.upper() if found[0].isupper() else letters)
        if found[0].casefold() in ("jo?o", "s?o"):
            return found[0].replace("?", "ã")
        return found[0]

    guess = _WORD.sub(word, text)
    return "" if _LOST.search(guess) else guess
