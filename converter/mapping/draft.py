"""A first mapping for a layout nobody has described yet; every guess is marked to be confirmed."""

import difflib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from converter.brazil.headers import fold
from converter.mapping.header import Header, HeaderCell, find_header, header_at
from converter.mapping.looks import look_of
from converter.mapping.match import fit
from converter.mapping.spec import Mappings, MappingSpec
from converter.mapping.values import text_of
from converter.model.cells import RawBook, RawSheet, RawValue, is_blank
from converter.schemas.catalogue import BY_PATH, FIELDS, Kind, Requirement

CONFIRM = "# confirmar"
_ROWS = 500
"""Rows looked at under the header."""

_BY_LOOK: dict[Kind, tuple[str, ...]] = {
    Kind.CNPJ: ("tomador.cpf_cnpj",),
    Kind.CPF: ("tomador.cpf_cnpj",),
    Kind.CPF_CNPJ: ("tomador.cpf_cnpj",),
    Kind.EMAIL: ("tomador.email",),
    Kind.DATE: ("data_emissao", "data_competencia"),
    Kind.UF: ("tomador.endereco.uf",),
    Kind.BOOLEAN: ("servico.iss_retido",),
    Kind.MUNICIPIO: ("tomador.endereco.codigo_municipio",),
    Kind.CNAE: ("servico.codigo_cnae",),
    Kind.ITEM_SERVICO: ("servico.item_lista_servico",),
    Kind.CEP: ("tomador.endereco.cep",),
    Kind.PHONE: ("tomador.telefone",),
    Kind.RATE: ("servico.aliquota",),
    Kind.DECIMAL: ("servico.valor_servicos",),
    Kind.MONEY: ("servico.valor_servicos",),
    Kind.TEXT: ("servico.discriminacao",),
}
_SAME_LOOK: dict[Kind, tuple[Kind, ...]] = {
    Kind.DATETIME: (Kind.DATE,),
    Kind.RATE: (Kind.RATE, Kind.DECIMAL, Kind.MONEY),
    Kind.MONEY: (Kind.DECIMAL, Kind.MONEY, Kind.RATE),
    Kind.DECIMAL: (Kind.DECIMAL, Kind.MONEY, Kind.RATE),
    Kind.CPF_CNPJ: (Kind.CPF_CNPJ, Kind.CNPJ, Kind.CPF),
    Kind.CODE: (Kind.CODE, Kind.MONEY, Kind.RATE, Kind.PHONE, Kind.CNAE),
    Kind.CHOICE: (Kind.CHOICE, Kind.MONEY, Kind.RATE),
}
"""Looks that do not speak against a field of a kind, where they are not just its own."""


@dataclass(frozen=True, slots=True)
class _Guess:
    cell: HeaderCell
    path: str | None
    sure: bool
    sample: str


def draft(book: RawBook, mappings: Mappings) -> str:
    """Give the text of a mapping for `book`.

    It loads at once, yet sends nothing until its line `rascunho = true` is deleted.
    Headers known exactly come without a mark; those only nearly known, and columns recognised by
    the look of their values, come with one. What nothing was found for stays commented out.

    Raises:
        ValueError: No visible sheet has a row that could be a header; the sentence says so.
    """
    standard = mappings.named("padrao") or mappings.specs[-1]
    sheet, header = _table(book, standard)
    guesses = _guesses(sheet, header, standard)
    top = _top(book, sheet, header, mappings)
    return "\n".join((*top, *_columns(guesses), *_constants(guesses), ""))


def _table(book: RawBook, standard: MappingSpec) -> tuple[RawSheet, Header]:
    """The sheet and row that look most like a table of notes."""
    best: tuple[int, int, RawSheet, Header] | None = None
    for place, sheet in enumerate(book.sheets):
        if not sheet.visible:
            continue
        header = find_header(sheet, standard.known)
        known = len(fit(standard, header).paths) if header else 0
        if header is None or known < 3:
            header = _header_by_shape(sheet) or header
        if header is None:
            continue
        score = (known * 1000 + len(header.cells), -place)
        if best is None or score > best[:2]:
            best = (*score, sheet, header)
    if best is None:
        raise ValueError(
            f"Não achei em “{book.arquivo}” uma linha que pareça um cabeçalho: pelo menos duas "
            "colunas com nomes e dados abaixo."
        )
    return best[2], best[3]


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


def _guesses(sheet: RawSheet, header: Header, standard: MappingSpec) -> list[_Guess]:
    body = sheet.rows[header.row : header.row + _ROWS]
    laid = fit(standard, header)
    sure = {source.cells[0].index: path for path, source in laid.sources.items()}
    taken = set(laid.sources)
    found: list[_Guess] = []
    looks: dict[int, Kind | None] = {}
    for cell in header.cells:
        values = [row[cell.index] for row in body if cell.index < len(row)]
        looks[cell.index] = look_of(values)
        sample = next((text_of(value) for value in values if not is_blank(value)), "")
        found.append(_Guess(cell, sure.get(cell.index), cell.index in sure, sample))
    for nearly in (_by_header, _by_look):
        for place, guess in enumerate(found):
            if guess.path is None:
                path = nearly(guess.cell, looks[guess.cell.index], taken, standard)
                if path is not None:
                    taken.add(path)
                    found[place] = _Guess(guess.cell, path, False, guess.sample)
    return found


def _by_header(
    cell: HeaderCell, look: Kind | None, taken: set[str], standard: MappingSpec
) -> str | None:
    """The field whose header is nearest, if its values look the part."""
    for near in difflib.get_close_matches(cell.folded, standard.known, n=5, cutoff=0.72):
        for path in standard.known[near]:
            kind = BY_PATH[path].kind
            fits = look is None or look in _SAME_LOOK.get(kind, (kind,))
            if path not in taken and fits and not _disputed(path, taken):
                return path
    return None


def _by_look(
    cell: HeaderCell, look: Kind | None, taken: set[str], standard: MappingSpec
) -> str | None:
    del standard
    if look is None:
        return None
    if look is Kind.CNPJ and re.search("prest|emit|emiss|empresa|filial", cell.folded):
        return None if "prestador.cnpj" in taken else "prestador.cnpj"
    return next(
        (path for path in _BY_LOOK[look] if path not in taken and not _disputed(path, taken)), None
    )


def _disputed(path: str, taken: set[str]) -> bool:
    """A document comes either in one column or in two."""
    joint = {"tomador.cpf_cnpj"}
    apart = {"tomador.cnpj", "tomador.cpf"}
    return (path in joint and bool(apart & taken)) or (path in apart and bool(joint & taken))


def _top(book: RawBook, sheet: RawSheet, header: Header, mappings: Mappings) -> Iterator[str]:
    yield f"# Rascunho feito a partir de {_comment(book.arquivo)}, aba {_comment(sheet.name)}."
    yield f"# Confira as linhas com “{CONFIRM}”; o # no começo desliga uma linha. Guia:"
    yield "# docs/guia/mapeamento.md; nomes dos campos: docs/campos.md. Enquanto a linha abaixo"
    yield "# existir, nenhuma nota é enviada."
    yield "rascunho = true"
    yield ""
    name = _slug(book.arquivo)
    yield f"nome = {_text(name if name not in mappings.names else f'{name}_meu')}"
    yield f"descricao = {_text('Planilha ' + book.arquivo)}"
    visible = [one for one in book.sheets if one.visible and any(map(_filled, one.rows))]
    known = {header for spec in mappings.specs for header in spec.known}
    usual = find_header(sheet, known | {cell.folded for cell in header.cells})
    if len(visible) > 1 or usual is None or usual.row != header.row:
        yield ""
        yield "[planilha]"
        if len(visible) > 1:
            yield f"abas = {_text(sheet.name)}"
        if usual is None or usual.row != header.row:
            yield f"linha_cabecalho = {header.row}  {CONFIRM}"


def _columns(guesses: Sequence[_Guess]) -> Iterator[str]:
    yield ""
    yield "[colunas]"
    folded = [guess.cell.folded for guess in guesses]
    for guess in guesses:
        header = guess.cell.column.header
        alone = folded.count(guess.cell.folded) == 1 and fold(header)
        where = _text(header) if alone else f"{{ letra = {_text(guess.cell.column.letter)} }}"
        seen = f"ex.: {_comment(guess.sample)}" if guess.sample else "vazia"
        if guess.path is None:
            yield f"# campo? = {where}  # coluna {guess.cell.column.letter}, {seen}"
        elif guess.sure:
            yield f"{guess.path} = {where}"
        else:
            label = BY_PATH[guess.path].label
            yield f"{guess.path} = {where}  {CONFIRM}: {label}; {seen}"


def _constants(guesses: Sequence[_Guess]) -> Iterator[str]:
    there = {guess.path for guess in guesses}
    missing = [
        field
        for field in FIELDS
        if field.required is Requirement.SEMPRE
        and field.default is None
        and field.path not in there
        and not field.path.startswith("prestador.")
    ]
    if missing:
        yield ""
        yield "# Obrigatórios que nenhuma coluna parece trazer. Se o valor é um só para todas as"
        yield "# notas, escreva-o e tire o # da frente, também o de [constantes]."
        yield "# [constantes]"
        for field in missing:
            yield f"# {field.path} = {_text(field.example)}"


def _slug(arquivo: str) -> str:
    stem = arquivo.rpartition("/")[2].rpartition(".")[0] or arquivo
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_") or "rascunho"


def _text(value: str) -> str:
    """A TOML basic string: JSON writes the same escapes."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(value: str) -> str:
    """A value inside a comment: one line, no control characters, not too long."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return f"“{plain[:40]}…”" if len(plain) > 40 else f"“{plain}”"
