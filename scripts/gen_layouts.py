"""Writes `docs/layouts/*.md` from the tables by which the municipal layouts write and read files.

Usage: python scripts/gen_layouts.py [--check]
"""

import itertools
import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path

from converter.layouts.codes import Code
from converter.layouts.elements import Tree
from converter.layouts.file_fields import FieldType, FileField
from converter.layouts.file_fields import rows as rows_of
from converter.layouts.municipios import listed
from converter.layouts.positional import Record

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
_GENERATED = "<!-- Página gerada das tabelas em converter/layouts. Não edite à mão. -->"
_POSITIONAL = (
    "Posições contam de 1 e incluem a última. Números vão à direita, com zeros à esquerda; textos "
    "vão à esquerda, com brancos à direita. Valores têm duas casas, sem vírgula: `000000000001025` "
    "é R$ 10,25. Um `codigo` não se corta: o que não cabe é erro. O arquivo é ISO-8859-1, e toda "
    "linha acaba em CR LF, a última também."
)


def pages() -> dict[str, str]:
    """Markdown by path below `docs/`: a page for each package of layouts."""
    folders = dict.fromkeys(layout.folder for layout in listed().values())
    return {f"layouts/{folder.name.replace('_', '-')}.md": _page(folder) for folder in folders}


def _page(folder: Path) -> str:
    tables = import_module(f"converter.layouts.{folder.name}.tables")
    sent, returned = tables.ENVIO, getattr(tables, "RETORNO", {})
    written = (folder / "pagina.md").read_text(encoding="utf-8").rstrip()
    of_lines = isinstance(next(iter(sent.values())), Record)
    parts = [_GENERATED, written, *([_POSITIONAL] if of_lines else ())]
    parts += ["## Envio", *(_records(sent) if of_lines else itertools.starmap(_tree, sent.items()))]
    if "1" in returned:
        returned = {"sem erro": returned}
    for name, records in returned.items():
        parts += [f"## Retorno {name}", *_records(records)]
    parts += ["## Códigos de erro conferidos", _codes(tables.ERROS)]
    parts += ["## Códigos que só a prefeitura confere", _unseen(folder)]
    return "\n\n".join(parts) + "\n"


def _records(records: Mapping[str, Record]) -> list[str]:
    return [_record(tipo, record) for tipo, record in records.items()]


def _record(tipo: str, record: Record) -> str:
    width = f"{record.width} posições"
    if record.variable:
        width += f" e até {record.variable.tamanho} de texto"
    rows = (
        (
            field.nome,
            f"{field.inicio} em diante"
            if field is record.variable
            else _span(field.inicio, field.fim),
            str(field.tamanho),
            str(field.tipo),
            _padding(field),
            "sim" if field.obrigatorio else "",
            f"`{field.campo}`" if field.campo else "",
            field.conteudo,
        )
        for field in record.fields
    )
    heads = (
        *("campo", "posição", "tamanho", "tipo", "completa com"),
        *("obrigatório", "campo da API", "conteúdo"),
    )
    sources = "; ".join(dict.fromkeys(field.fonte for field in record.fields))
    return f"### Registro {tipo} ({width})\n\n{_table(heads, rows)}\n\nFonte: {sources}."


def _padding(field: FileField) -> str:
    if field.tipo is FieldType.VARIAVEL:
        return ""
    return "zeros à esquerda" if field.tipo.zeros else "brancos à direita"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} a {last}"


def _tree(name: str, tree: Tree) -> str:
    rows = (
        (
            f"`{element.nome}`",
            element.tipo,
            str(element.tamanho),
            "sim" if element.obrigatorio else "",
            f"`{element.campo}`" if element.campo else "",
            element.conteudo,
        )
        for element in tree.fields
    )
    heads = ("elemento", "tipo", "tamanho", "obrigatório", "campo da API", "conteúdo")
    sources = "; ".join(dict.fromkeys(element.fonte for element in tree.fields))
    title = {"lote": "O lote", "rps": "Cada RPS"}[name]
    return f"### {title}\n\n{_table(heads, rows)}\n\nFonte: {sources}."


def _codes(codes: Mapping[str, Code]) -> str:
    rows = (
        (
            code.codigo,
            "alerta" if code.alerta else "erro",
            code.mensagem,
            code.correcao or "",
            f"`{code.campo}`" if code.campo else "",
        )
        for code in codes.values()
    )
    heads = ("código", "tipo", "o que houve", "o que fazer", "campo da API")
    return f"Os códigos são os da cidade; as palavras são nossas.\n\n{_table(heads, rows)}"


def _unseen(folder: Path) -> str:
    """The codes of a city's own list that nothing here finds in a file, by the reason."""
    why: dict[str, list[str]] = {}
    for row in rows_of(folder / "so_a_cidade.csv"):
        why.setdefault(row["motivo"], []).append(row["codigo"])
    rows = ((motivo, ", ".join(found)) for motivo, found in why.items())
    intro = (
        "Estes códigos da lista da cidade não são procurados nem antes de enviar nem pela "
        "prefeitura de ensaio."
    )
    return f"{intro}\n\n{_table(('por quê', 'códigos'), rows)}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (heads, tuple("---" for _ in heads), *rows)
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def main(arguments: list[str]) -> int:
    """Writes the pages; with `--check` only tells whether they are up to date."""
    stale = []
    for name, text in pages().items():
        path = DOCS / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"docs/{name}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
