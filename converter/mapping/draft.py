"""A first mapping for a layout nobody has described yet; every guess is marked to be confirmed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from converter.brazil.headers import fold, slug
from converter.mapping.decisions import BETWEEN
from converter.mapping.header import Header, HeaderCell, find_header, header_at
from converter.mapping.match import fit
from converter.mapping.spec import Mappings, MappingSpec
from converter.mapping.toml_reader import quoted
from converter.mapping.values import text_of
from converter.model.cells import RawBook, RawSheet, RawValue, is_blank
from converter.model.columns import ColumnReading, ColumnUse
from converter.schemas.catalogue import BY_PATH, FIELDS

CONFIRM = "# confirmar"
BASE = "padrao"
"""What a draft builds on: every header of the catalogue works beside those it lists."""
_ROWS = 500
"""Rows looked at under the header."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One column: the field it is, or may be where `use` asks, and the first of its values."""

    cell: HeaderCell
    path: str | None
    use: ColumnUse
    sample: str


def draft(book: RawBook, mappings: Mappings, readings: Sequence[ColumnReading]) -> str:
    """Give the text of a mapping for `book`, from what was understood of its columns.

    It loads at once, yet sends nothing until its line `rascunho = true` is deleted. Columns that
    are surely a field come without a mark; those that may be one come with it, under the first
    field suggested. What nothing is known of, or is none of the note's, stays commented out.

    Args:
        book: As read.
        mappings: Those at hand.
        readings: What was understood of the columns of each sheet of notes.

    Raises:
        ValueError: No visible sheet has a row that could be a header; the sentence says so.
    """
    standard = mappings.named(BASE) or mappings.specs[-1]
    sheet, header = _table(book, standard, {each.planilha for each in readings})
    by_letter = {each.coluna: each for each in readings if each.planilha == sheet.name}
    lines = _lines(sheet, header, by_letter)
    top = _top(book, sheet, header, mappings)
    return "\n".join((*top, *_columns(lines), *_constants(lines), ""))


def _table(book: RawBook, standard: MappingSpec, read: Collection[str]) -> tuple[RawSheet, Header]:
    """The sheet and row that look most like a table of notes; one that was `read` surely is."""
    tables: list[tuple[int, RawSheet, Header]] = []
    for sheet in (one for one in book.sheets if one.visible):
        header = find_header(sheet, standard.known)
        known = len(fit(standard, header).paths) if header else 0
        if header is None or known < 3:
            header = _header_by_shape(sheet) or header
        if header is not None:
            score = (sheet.name in read) * 10**6 + known * 1000 + len(header.cells)
            tables.append((score, sheet, header))
    if not tables:
        raise ValueError(
            f"Não achei em “{book.arquivo}” uma linha que pareça um cabeçalho: pelo menos duas "
            "colunas com nomes e dados abaixo."
        )
    _, sheet, header = max(tables, key=itemgetter(0))
    return sheet, header


def _header_by_shape(sheet: RawSheet) -> Header | None:
    """The first row of nothing but different texts, as wide as what stands below it."""
    wide = max((_filled(row) for row in sheet.rows[:_ROWS]), default=0)
    for number, row in enumerate(sheet.rows[:60], start=1):
        texts = [value for value in row if type(value) is str and value.strip()]
        if len(texts) > 1 and len(set(texts)) == _filled(row) and 2 * len(texts) >= wide:
            return header_at(sheet, number)
    return None


def _filled(row: Sequence[RawValue]) -> int:
    return sum(not is_blank(value) for value in row)


def _lines(sheet: RawSheet, header: Header, readings: Mapping[str, ColumnReading]) -> list[_Line]:
    body = sheet.rows[header.row : header.row + _ROWS]
    taken = {each.campo for each in readings.values() if each.situacao is ColumnUse.USADA}
    found: list[_Line] = []
    for cell in header.cells:
        values = (row[cell.index] for row in body if cell.index < len(row))
        sample = next((text_of(value) for value in values if not is_blank(value)), "")
        reading = readings.get(cell.column.letter)
        if reading is None:
            found.append(_Line(cell, None, ColumnUse.PERGUNTA, sample))
            continue
        path = reading.campo or next((one for one in reading.sugestoes if one not in taken), None)
        taken.add(path)
        found.append(_Line(cell, path, reading.situacao, sample))
    return found


def _top(book: RawBook, sheet: RawSheet, header: Header, mappings: Mappings) -> Iterator[str]:
    yield f"# Rascunho feito a partir de {_comment(book.arquivo)}, aba {_comment(sheet.name)}."
    yield f"# Confira as linhas com “{CONFIRM}”; o # no começo desliga uma linha. Como se escreve:"
    yield "# planilote guia mapeamento; nomes dos campos: planilote guia campos. Enquanto a linha"
    yield "# abaixo existir, nenhuma nota é enviada."
    yield "rascunho = true"
    yield ""
    name = slug(book.arquivo.rpartition("/")[2].rpartition(".")[0] or book.arquivo) or "rascunho"
    yield f"nome = {quoted(name if name not in mappings.names else f'{name}_meu')}"
    yield f"descricao = {quoted('Planilha ' + book.arquivo)}"
    yield f"base = {quoted(BASE)}"
    yield from _where(book, sheet, header, mappings)


def _where(book: RawBook, sheet: RawSheet, header: Header, mappings: Mappings) -> Iterator[str]:
    """The sheet and the row of the header, where they would not be found without being named."""
    visible = [one for one in book.sheets if one.visible and any(map(_filled, one.rows))]
    known = {header for spec in mappings.specs for header in spec.known}
    usual = find_header(sheet, known | {cell.folded for cell in header.cells})
    lines = [f"abas = {quoted(sheet.name)}"] if len(visible) > 1 else []
    if usual is None or usual.row != header.row:
        lines.append(f"linha_cabecalho = {header.row}  {CONFIRM}")
    if lines:
        yield from ("", "[planilha]", *lines)


def _columns(lines: Sequence[_Line]) -> Iterator[str]:
    yield ""
    yield "[colunas]"
    joined = _joined(lines)
    for path, headers in joined.items():
        listed = ", ".join(map(quoted, headers))
        yield f"{path} = {{ juntar = [{listed}], separador = {quoted(BETWEEN)} }}"
    folded = [line.cell.folded for line in lines]
    for line in lines:
        if line.path in joined:
            continue
        header = line.cell.column.header
        alone = folded.count(line.cell.folded) == 1 and fold(header)
        where = quoted(header) if alone else f"{{ letra = {quoted(line.cell.column.letter)} }}"
        seen = f"ex.: {_comment(line.sample)}" if line.sample else "vazia"
        if line.path is None:
            none = "; parece não ser da nota" if line.use is ColumnUse.IGNORADA else ""
            yield f"# campo? = {where}  # coluna {line.cell.column.letter}, {seen}{none}"
        elif line.use is ColumnUse.USADA:
            yield f"{line.path} = {where}"
        else:
            label = BY_PATH[line.path].label
            yield f"{line.path} = {where}  {CONFIRM}: {label}; {seen}"


def _joined(lines: Sequence[_Line]) -> dict[str, list[str]]:
    """The headers of the columns that say a field together, by field."""
    used: dict[str, list[str]] = {}
    for line in lines:
        if line.path is not None and line.use is ColumnUse.USADA:
            used.setdefault(line.path, []).append(line.cell.column.header)
    return {path: headers for path, headers in used.items() if len(headers) > 1}


def _constants(lines: Sequence[_Line]) -> Iterator[str]:
    there = {line.path for line in lines}
    missing = [
        field
        for field in FIELDS
        if field.indispensable
        and field.path not in there
        and not field.path.startswith("prestador.")
    ]
    if missing:
        yield ""
        yield "# Obrigatórios que nenhuma coluna parece trazer. Se o valor é um só para todas as"
        yield "# notas, escreva-o e tire o # da frente, também o de [constantes]."
        yield "# [constantes]"
        for field in missing:
            yield f"# {field.path} = {quoted(field.example)}"


def _comment(value: str) -> str:
    """A value inside a comment: one line, no control characters, not too long."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return f"“{plain[:40]}…”" if len(plain) > 40 else f"“{plain}”"
