"""The `EnviarLoteRpsEnvio` document: written from values, read back into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from converter.layouts import elements
from converter.layouts.abrasf.tables import LOTE, NAMESPACE, RPS, VERSAO
from converter.layouts.reasons import reason

ROOT = "EnviarLoteRpsEnvio"
DECLARATION = "InfDeclaracaoPrestacaoServico"

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rps:
    """One RPS: its values by path, its line in the file, and whether a path is foreign."""

    values: dict[str, str]
    linha: int
    in_schema: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A lote as read. `in_schema` is False when an element is unknown or out of place."""

    lote: dict[str, str]
    notes: tuple[Rps, ...]
    in_schema: bool


def write(lote: Values, notes: Sequence[Values]) -> bytes:
    """The document, indented, in UTF-8."""
    body = "".join(f"      <Rps>\n{declaration(note, 4)}      </Rps>\n" for note in notes)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{ROOT} xmlns="{NAMESPACE}">\n'
        f'  <LoteRps Id="lote{lote["NumeroLote"]}" versao="{VERSAO}">\n'
        f"{LOTE.render(lote, 2)}"
        f"    <ListaRps>\n{body}    </ListaRps>\n"
        f"  </LoteRps>\n</{ROOT}>\n"
    ).encode()


def declaration(note: Values, depth: int) -> str:
    """The declaration of one RPS, which the return repeats."""
    pad = "  " * depth
    number = note.get("Rps/IdentificacaoRps/Numero", "")
    inner = RPS.render(note, depth + 1)
    return f'{pad}<{DECLARATION} Id="rps{number}">\n{inner}{pad}</{DECLARATION}>\n'


def read(content: bytes) -> Document:
    """The values of a document. Raises XmlError when it is no `EnviarLoteRpsEnvio`."""
    root = elements.parse(content)
    lote = root.find("{*}LoteRps")
    if elements.local(root) != ROOT or lote is None:
        raise elements.XmlError(reason("abrasf-documento", raiz=ROOT))
    head = elements.leaves(lote, frozenset({"ListaRps", "Signature"}))
    rps = lote.find("{*}ListaRps")
    notes = tuple(_note(one) for one in (rps if rps is not None else ()))
    return Document(dict(head), notes, _ordered([path for path, _ in head], LOTE) and bool(notes))


def _note(rps: etree._Element) -> Rps:
    inner = rps.find(f"{{*}}{DECLARATION}")
    linha = elements.line_of(rps)
    if elements.local(rps) != "Rps" or inner is None:
        return Rps({}, linha, in_schema=False)
    found = elements.leaves(inner)
    return Rps(dict(found), linha, _ordered([path for path, _ in found], RPS))


def _ordered(paths: list[str], tree: elements.Tree) -> bool:
    places = [tree.order.get(path, -1) for path in paths]
    return -1 not in places and all(before < after for before, after in pairwise(places))
