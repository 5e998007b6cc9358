"""Which lote a return file speaks of, by signs that both it and the import file carry.

Read here are only the few positions that identify (Barueri PMB002 to PMB004 and its RET file,
São Paulo V.001 to V.004, any ABRASF-like XML); what a return says of its notes is for the API.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_REF = re.compile(r"pl[0-9a-f]{30}")
_XML = re.compile(
    rb"<(?:[\w.-]{1,40}:)?(%s)\s*+>\s*+([^<]{1,60})<"
    % (b"NumeroLote|Protocolo|InscricaoMunicipal|InscricaoPrestador")
)
_XML_RPS = re.compile(
    rb"<(?:[\w.-]{1,40}:)?(?:IdentificacaoRps|ChaveRPS)\b[^<>]*+>(.{1,600}?)</(?:[\w.-]{1,40}:)?"
    rb"(?:IdentificacaoRps|ChaveRPS)",
    re.DOTALL,
)
_XML_NUMBER = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:Numero|NumeroRPS)\s*+>\s*+(\d{1,15})\s*+<")

_BARUERI = (
    (slice(8, 11), slice(14, 25), slice(15, 25)),
    (slice(24, 27), slice(30, 41), slice(54, 64)),
)
"""Where an import and a return file of Barueri have `PMB`, the remessa and the number of a RPS."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a municipal file says of itself; `rps` are RPS numbers in the order of the notes."""

    inscricao: str = ""
    remessa: str = ""
    protocolo: str = ""
    rps: tuple[str, ...] = ()


def signs(content: bytes) -> Signs:
    """The signs of an import or a return file; empty ones where the layout is not known."""
    head = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        return _xml_signs(content)
    lines = content.decode("latin-1").replace("\r", "\n").split("\n")
    lines = [line for line in lines if line.strip()]
    first = lines[0] if lines else ""
    for version, remessa, rps in _BARUERI:
        if first[version] == "PMB":
            numbers = _numbers(lines, "2", rps)
            return Signs(_bare(first[1:8]), _bare(first[remessa]), "", numbers)
    if re.match(r"100[1-4]\d{8}", first):
        echo = any(line[1:4] == "RPS" for line in lines[1:2])
        place = slice(11, 23) if echo else slice(49, 61)
        return Signs(_bare(first[4:12]), "", "", _numbers(lines, "236", place))
    return Signs()


def named(name: str) -> tuple[str, ...]:
    """The refs that the name of a return file holds."""
    return tuple(dict.fromkeys(_REF.findall(name.lower())))


def match(found: Signs, lotes: Mapping[str, Signs]) -> tuple[str, ...]:
    """The refs, among `lotes`, that a return file with these signs belongs to.

    The batch number or protocol says it, or the file holds every RPS of the lote. More than one
    comes back when the file covers several (an export by period), and also when it cannot be told
    which: their RPS then overlap.
    """
    same = {ref: own for ref, own in lotes.items() if own.inscricao == found.inscricao != ""}
    exact = tuple(
        ref
        for ref, own in same.items()
        if (own.remessa and own.remessa == found.remessa)
        or (own.protocolo and own.protocolo == found.protocolo)
    )
    if exact:
        return exact
    spoken = set(found.rps)
    return tuple(ref for ref, own in same.items() if own.rps and spoken.issuperset(own.rps))


def overlapping(refs: Iterable[str], lotes: Mapping[str, Signs]) -> bool:
    """True when two of these lotes claim the same RPS: one file cannot be of both."""
    numbers = [number for ref in refs if ref in lotes for number in set(lotes[ref].rps)]
    return len(numbers) != len(set(numbers))


def _xml_signs(content: bytes) -> Signs:
    found: dict[bytes, str] = {}
    for name, text in _XML.findall(content):
        found.setdefault(name, text.decode("latin-1").strip())
    numbers = (_XML_NUMBER.search(block) for block in _XML_RPS.findall(content))
    return Signs(
        inscricao=_bare(found.get(b"InscricaoMunicipal") or found.get(b"InscricaoPrestador", "")),
        remessa=_bare(found.get(b"NumeroLote", "")),
        protocolo=found.get(b"Protocolo", ""),
        rps=tuple(_bare(number[1].decode()) for number in numbers if number),
    )


def _numbers(lines: Iterable[str], kinds: str, place: slice) -> tuple[str, ...]:
    found = (
        _bare(line[place])
        for line in lines
        if line[:1] in kinds and line[place].strip().isdecimal()
    )
    return tuple(filter(None, found))


def _bare(text: str) -> str:
    """A number as text without what padding adds; empty for zeros and blanks."""
    return re.sub(r"[^0-9A-Za-z]", "", text).lstrip("0")
