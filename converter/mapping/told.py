"""What is told of a sheet once it was mapped: rows left out, defaults, another's folder."""

from collections.abc import Iterator, Mapping, Sequence

from converter.brazil import cnpj, dates
from converter.mapping.match import Fit
from converter.mapping.questions import RowDecisions
from converter.mapping.resolve import CNPJ, Resolved
from converter.mapping.rows import Rows
from converter.mapping.survey import SheetSurvey
from converter.mapping.values import text_of
from converter.model.cells import Assumption, MappedField, MappedSheet
from converter.model.problems import Problem, Severity
from converter.schemas.catalogue import BY_PATH, Kind

_SHOWN = 20
_DAYS = (Kind.DATE, Kind.DATETIME)


def assumptions(
    one: SheetSurvey,
    fit: Fit,
    fields: Mapping[str, MappedField],
    resolved: Resolved,
    rows: Rows,
) -> tuple[Assumption, ...]:
    """The sentences of `Resumo` about the rows left out and the defaults of one sheet."""
    sheet = one.sheet.name
    first = fit.header.row + 1
    said: list[Assumption] = []
    if one.remembered:
        said.append(
            Assumption("mapeamento-lembrado", {"planilha": sheet, "mapeamento": fit.mapping.name})
        )
    for code, positions in (
        ("linhas-de-total", rows.totals),
        ("linhas-de-cabecalho", rows.headers),
        ("linhas-de-rodape", rows.foot),
        ("linhas-de-instrucao", rows.instructions),
        ("linhas-fora-das-colunas", rows.beside),
    ):
        if positions:
            shown = listed([first + i for i in positions])
            said.append(Assumption(code, {"planilha": sheet, "linhas": shown}))
    for path, value in resolved.values.items():
        field = fields.get(path)
        if field is None or field.column is not None or resolved.origins[path] == "o catálogo":
            continue
        typed = isinstance(value, str | int | float | bool) and len(field.values) > 0
        if typed and value not in field.values:
            continue
        label = BY_PATH[path].label if path in BY_PATH else path
        shown = text_of(value) if isinstance(value, str | int | float | bool) else "por prestador"
        details = {"planilha": sheet, "rotulo": label, "padrao": shown}
        said.append(Assumption("valor-padrao", {**details, "origem": resolved.origins[path]}))
    marked = dict.fromkeys(
        source.column.letter
        for path, source in fit.sources.items()
        if path in fields and path in BY_PATH and BY_PATH[path].kind in _DAYS
        if dates.any_mark(fields[path].values)
    )
    said.extend(
        Assumption("hora-com-fuso", {"planilha": sheet, "coluna": letter}) for letter in marked
    )
    free = [path for path in fields if path not in BY_PATH]
    if free:
        said.append(Assumption("campos-livres", {"planilha": sheet, "campos": ", ".join(free)}))
    return tuple(said)


def of_words(planilha: str, words: RowDecisions, merged: Sequence[str]) -> Iterator[Assumption]:
    """Those about merged cells and rows that were answered about."""
    if merged:
        shown = ", ".join(merged[:_SHOWN])
        more = f" e mais {len(merged) - _SHOWN}" if len(merged) > _SHOWN else ""
        yield Assumption("celulas-mescladas", {"planilha": planilha, "celulas": shown + more})
    for code, rows in (
        ("linhas-que-nao-vao", words.dropped),
        ("cliente-da-linha-de-cima", words.as_above),
    ):
        if rows:
            yield Assumption(code, {"planilha": planilha, "linhas": listed(sorted(rows))})


def listed(numbers: Sequence[int]) -> str:
    """Row numbers in words, not too many of them."""
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    return shown if len(numbers) <= _SHOWN else f"{shown} e mais {len(numbers) - _SHOWN}"


def other_folder(sheet: MappedSheet, resolved: Resolved) -> tuple[Problem, ...]:
    """A note of one prestador in the folder of another: the column holds, but it is said."""
    field = sheet.fields.get(CNPJ)
    if resolved.folder_cnpj is None or field is None or field.column is None:
        return ()
    parsed = {value: cnpj.parse(value).value for value in set(field.values)}
    others = {
        value for value, own in parsed.items() if own is not None and own != resolved.folder_cnpj
    }
    if not others:
        return ()
    place, value = next(
        (row, value) for row, value in zip(sheet.rows, field.values, strict=True) if value in others
    )
    return (
        Problem(
            "prestador-fora-da-pasta",
            Severity.AVISO,
            sheet.arquivo,
            sheet.planilha,
            place,
            field.column.letter,
            field.column.header,
            CNPJ,
            text_of(value),
            {"pasta": cnpj.format(resolved.folder_cnpj)},
        ),
    )
