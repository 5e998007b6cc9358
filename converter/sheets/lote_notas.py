"""The notes of an import file as a table: one row a note, its fields in columns by name."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from converter.model.described import DescribedField, DescribedRecord
from converter.model.notas import Nota
from converter.sheets.frame import Nomes, RowLinks
from converter.texts.sentences import sentence
from converter.workbook.new_sheet import NewColumn

_WIDEST, _NARROWEST, _MONEY = 44, 12, 16
_LOOKED_AT = 200
_BETWEEN_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class NotesTable(NamedTuple):
    """The columns, and for each the note on its title ('' for none)."""

    columns: tuple[NewColumn, ...]
    notes: tuple[str, ...]


class _Key(NamedTuple):
    """A field of a note: the record type, which of its records of that type, the field's name."""

    tipo: str
    which: int
    nome: str


def outside_notes(records: Sequence[DescribedRecord]) -> Iterator[tuple[str, str]]:
    """Headers and totals: what each says in one line, and its fields with their places."""
    for record in records:
        if record.ordem is None:
            said = "  ·  ".join(
                f"{_words(field.nome)}: {field.lido}"
                for field in record.campos
                if field.lido and not _is_type(field, record)
            )
            title = f"{_called(record)}, linha {record.linha}"
            yield f"{title}: {said}", "\n".join([title, *map(_placed, record.campos)])


def table(records: Sequence[DescribedRecord], notas: Sequence[Nota], nomes: Nomes) -> NotesTable:
    """One row per note in the order of the file; fields blank in all of them get no column."""
    by_note: dict[int, list[DescribedRecord]] = defaultdict(list)
    for record in records:
        if record.ordem is not None:
            by_note[record.ordem].append(record)
    fields, first = _fields(by_note.values())
    kinds = [*dict.fromkeys(key.tipo for key in fields)]
    used = sorted(
        (key for key, held in fields.items() if any(field.lido for field in held.values())),
        key=lambda key: (kinds.index(key.tipo), key.which),
    )
    titles = _titles(used, first)
    blank = [key.nome for key in fields if key not in titles]
    made = [_column(titles[key], fields[key], len(by_note)) for key in used]
    notes = [_note(first[key], fields[key]) for key in used]
    own_columns = _of_row(by_note, notas, nomes)
    spare = [""] * (len(own_columns) - 1)
    return NotesTable((*own_columns, *made), (_told_blank(blank), *spare, *notes))


def _fields(
    notes: Iterable[Sequence[DescribedRecord]],
) -> tuple[Mapping[_Key, Mapping[int, DescribedField]], Mapping[_Key, DescribedRecord]]:
    """Each field in the notes that have it, by their place, and the first record it is in."""
    fields: dict[_Key, dict[int, DescribedField]] = defaultdict(dict)
    first: dict[_Key, DescribedRecord] = {}
    for row, own in enumerate(notes):
        seen: Counter[str] = Counter()
        for record in own:
            seen[record.tipo] += 1
            for field in record.campos:
                if not _is_type(field, record):
                    key = _Key(record.tipo, seen[record.tipo], field.nome)
                    fields[key][row] = field
                    first.setdefault(key, record)
    return fields, first


def _of_row(
    by_note: Mapping[int, Sequence[DescribedRecord]], notas: Sequence[Nota], nomes: Nomes
) -> tuple[NewColumn, ...]:
    """Which note it is, its lines in the file, and the row of the source it came from."""
    source = {nota.ordem: nota for nota in notas}
    found = [source.get(ordem) for ordem in by_note]
    planilhas = [nota.planilha if nota else "" for nota in found]
    rows = [nota.row if nota else 0 for nota in found]
    columns = [NewColumn("Nota", [*by_note], "inteiro", 7)]
    lines = [_lines([record.linha for record in own]) for own in by_note.values()]
    columns.append(NewColumn("Linhas do arquivo", lines, "codigo", 11))
    if len({*planilhas} - {""}) > 1:
        columns.append(NewColumn("Aba", planilhas, "texto", 16))
    links = RowLinks(nomes, planilhas, rows)
    shown = [row or None for row in rows]
    columns.append(NewColumn("Linha da planilha", shown, "linkinteiro", 10, links))
    return tuple(columns)


def _lines(lines: Sequence[int]) -> str:
    first, last = min(lines), max(lines)
    return str(first) if first == last else f"{first} a {last}"


def _titles(keys: Sequence[_Key], first: Mapping[_Key, DescribedRecord]) -> Mapping[_Key, str]:
    """The shortest name of each field that no other has: `Tomador/…/Cnpj` is `Tomador · Cnpj`."""
    last = Counter(key.nome.rpartition("/")[2] for key in keys)
    made = {}
    for key in keys:
        parts = key.nome.split("/")
        if last[parts[-1]] == 1:
            made[key] = _words(parts[-1])
        elif len(parts) > 1:
            made[key] = f"{_words(parts[0])} · {_words(parts[-1])}"
        else:
            number = f" {key.which}" if key.which > 1 else ""
            made[key] = f"{first[key].nome}{number} · {_words(key.nome)}"
    taken = Counter(made.values())
    return {key: key.nome if taken[title] > 1 else title for key, title in made.items()}


def _column(title: str, held: Mapping[int, DescribedField], notes: int) -> NewColumn:
    """A field of every note: amounts as numbers, the rest as it reads."""
    values: list[str | Decimal | None] = [None] * notes
    amounts = all(field.quantia is not None for field in held.values() if field.lido)
    for row, field in held.items():
        values[row] = (field.quantia if amounts else field.lido) if field.lido else None
    longest = max(
        (len(str(value)) for value in values[:_LOOKED_AT] if value is not None), default=0
    )
    word = max(map(len, title.split()))
    width = min(max(longest + 3, word + 4, len(title) // 2 + 5, _NARROWEST), _WIDEST)
    if amounts:
        return NewColumn(title, values, "valor", max(width, _MONEY))
    return NewColumn(title, values, "codigo", width)


def _note(record: DescribedRecord, held: Mapping[int, DescribedField]) -> str:
    """Where the field is in its line, and how the first note that has it writes it."""
    field = next((field for field in held.values() if field.lido), None)
    if field is None:
        return ""
    return f"{_called(record)}\n{_placed(field)}"


def _called(record: DescribedRecord) -> str:
    number = f"registro {record.tipo}" if record.tipo.isdigit() else record.tipo
    return f"{record.nome} ({number})" if record.nome else number


def _is_type(field: DescribedField, record: DescribedRecord) -> bool:
    """Whether a field only repeats of which type its record is."""
    return field.inicio == 1 and field.valor == record.tipo


def _words(name: str) -> str:
    """A layout's `ValorTotalServicos` as words, which a title can break between."""
    return _BETWEEN_WORDS.sub(" ", name)


def _placed(field: DescribedField) -> str:
    details = {"nome": field.nome, "valor": field.valor}
    if not field.inicio:
        return sentence("folhas.campo", **details)
    return sentence("folhas.campo-em", inicio=field.inicio, fim=field.fim, **details)


def _told_blank(names: Sequence[str]) -> str:
    if not names:
        return ""
    return sentence("folhas.em-branco", campos=", ".join(dict.fromkeys(names)))
