"""Which encoding a text file is in: told by its BOM, proved by UTF-8, or scored."""

import codecs
from collections import Counter
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_SINGLE_BYTE = (
    ("cp1252", "Windows-1252"),
    ("cp850", "MS-DOS (850)"),
    ("mac_roman", "Mac Roman"),
)
_ASCII = bytes(range(128))
_LETTERS = frozenset("áàâãéêíóôõúüçÁÀÂÃÉÊÍÓÔÕÚÜÇ")
_NEUTRAL = frozenset("ºª°§–—“”‘’€•…´`«»²³½¼™®©\xa0")
_CHUNK = 2**20


class Encoding(NamedTuple):
    """Python's name, the name people know, and whether it was a choice among several."""

    codec: str
    name: str
    guessed: bool


def detect(data: bytes) -> Encoding:
    """The encoding of a text.

    A text that is neither UTF-8 nor marked is in one of the three encodings Brazilian programs
    have written; each byte above 127 speaks for those that make it a Portuguese letter and
    against those that make it anything else.
    """
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return Encoding(codec, name, guessed=False)
    if decodes(data, "utf-8"):
        return Encoding("utf-8", "UTF-8", guessed=False)
    counts = Counter(_beyond_ascii(data))
    codec, name = max(_SINGLE_BYTE, key=lambda choice: _score(choice[0], counts))
    return Encoding(codec, name, guessed=True)


def _beyond_ascii(data: bytes) -> bytes:
    """The first of the bytes above 127, as many as it takes to judge."""
    found = bytearray()
    for begin in range(0, len(data), _CHUNK):
        found += data[begin : begin + _CHUNK].translate(None, _ASCII)
        if len(found) > _CHUNK:
            break
    return bytes(found)


def decodes(data: bytes, codec: str) -> bool:
    """Whether every byte is valid, without holding the decoded text."""
    decoder = codecs.getincrementaldecoder(codec)()
    view = memoryview(data)
    try:
        for begin in range(0, len(data), _CHUNK):
            decoder.decode(bytes(view[begin : begin + _CHUNK]))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _score(codec: str, counts: Counter[int]) -> int:
    score = 0
    for byte, count in counts.items():
        letter = bytes((byte,)).decode(codec, errors="replace")
        if letter in _LETTERS:
            score += count
        elif letter not in _NEUTRAL:
            score -= 2 * count
    return score
