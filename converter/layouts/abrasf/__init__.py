"""ABRASF 2.02: `EnviarLoteRpsEnvio` in, `ConsultarLoteRpsResposta` out."""

from collections.abc import Mapping

from converter.brazil import cnpj, cpf
from converter.layouts.abrasf import document
from converter.layouts.abrasf.answer import answer, parse_answer
from converter.layouts.abrasf.check import check, used_numbers
from converter.layouts.abrasf.nota import number
from converter.layouts.abrasf.tables import LOTE, NAMESPACE, RPS
from converter.layouts.abrasf.write import write
from converter.layouts.base import Layout
from converter.layouts.describe import meanings
from converter.layouts.elements import Tree
from converter.layouts.file_fields import narrowest
from converter.model.described import DescribedField, DescribedRecord

_HEAD = 400
"""Bytes of a file in which its root stands."""


def _describe(content: bytes) -> tuple[DescribedRecord, ...]:
    found = document.read(content)
    head = DescribedRecord(1, "LoteRps", "Lote", None, _fields(found.lote, LOTE))
    return (
        head,
        *(
            DescribedRecord(note.linha, "Rps", "RPS", ordem, _fields(note.values, RPS))
            for ordem, note in enumerate(found.notes, 1)
        ),
    )


def _recognises(content: bytes) -> bool:
    head = content[:_HEAD]
    return f"<{document.ROOT}".encode() in head and NAMESPACE.encode() in head


def _fields(values: Mapping[str, str], tree: Tree) -> tuple[DescribedField, ...]:
    out = []
    for caminho, value in values.items():
        element = tree.by_path.get(caminho)
        tipo = element.tipo if element else ""
        meaning = meanings(element.conteudo).get(value) if element else None
        lido = f"{value} ({meaning})" if meaning else _read(tipo, value)
        campo = element.campo if element else None
        quantia = number(value) if tipo == "valor" else None
        out.append(DescribedField(caminho, value, lido, campo=campo, quantia=quantia))
    return tuple(out)


def _read(tipo: str, value: str) -> str:
    if tipo == "data" and len(value) == 10:
        return f"{value[8:]}/{value[5:7]}/{value[:4]}"
    if tipo == "valor":
        return f"R$ {value.replace('.', ',')}"
    if tipo == "documento":
        return cnpj.masked(value) if len(value) == 14 else cpf.masked(value)
    return f"{value.replace('.', ',')}%" if tipo == "aliquota" else value


LAYOUTS = (
    Layout(
        slug="abrasf-2.02",
        widths=narrowest([RPS.fields]),
        write=write,
        used_numbers=used_numbers,
        check=check,
        answer=answer,
        parse_answer=parse_answer,
        describe=_describe,
        recognises=_recognises,
    ),
)
