"""Who takes the service and through whom: one document each, and a name."""

from collections.abc import Iterator
from functools import cache

import numpy as np

from converter.brazil import data_files
from converter.brazil.headers import fold_words
from converter.schemas.columns import Mask
from converter.schemas.findings import Finding, where
from converter.schemas.rules.city import ADDRESS_FLAG, DOCUMENT_FLAG, abroad, says
from converter.schemas.sheet import Sheet

DOCUMENTS = ("cpf", "cnpj", "nif", "cpf_cnpj")

_LONGEST = 40
"""Characters of a text that only points at another row."""


def one_document_each(sheet: Sheet) -> Iterator[Finding]:
    """CPF or CNPJ, never both (Focus NFe, campos da NFS-e)."""
    for who in ("tomador", "intermediario"):
        both = sheet.present(f"{who}.cpf") & sheet.present(f"{who}.cnpj")
        yield where("dois-documentos", f"{who}.cpf", both, {"quem": who})


def tomador_has_document(sheet: Sheet) -> Iterator[Finding]:
    """A tomador that is named should have a document, unless the city says it needs none."""
    told = says(sheet, DOCUMENT_FLAG, True, False)
    told |= sheet.present("tomador.motivo_ausencia_nif")
    anonymous = _named(sheet, "tomador") & ~_documented(sheet, "tomador") & ~told
    if any(path in sheet.columns for path in _paths("tomador")):
        yield where("tomador-sem-documento", _main(sheet), anonymous)
    elif anonymous.any():
        yield Finding("tomador-sem-documento", "tomador.cnpj", None)


def tomador_has_name(sheet: Sheet) -> Iterator[Finding]:
    """A tomador of whom anything is said has a name: most prefeituras refuse one without.

    One cell left blank where most are filled was forgotten, and holds its row.
    """
    someone = _documented(sheet, "tomador") | _named(sheet, "tomador")
    nameless = someone & sheet.missing("tomador.razao_social")
    rows = np.flatnonzero(nameless) if sheet.has("tomador.razao_social") else None
    forgotten = rows is not None and 2 * len(rows) < someone.sum()
    if nameless.any():
        code = "nome-em-branco" if forgotten else "tomador-sem-nome"
        yield Finding(code, "tomador.razao_social", rows)


def tomador_is_somebody(sheet: Sheet) -> Iterator[Finding]:
    """`O próprio`, `idem` point at someone of the row or above it, and are nobody's name."""
    path = "tomador.razao_social"
    if sheet.has(path):
        nobody = sheet.test(path, _points_elsewhere)
        yield where("nome-de-ninguem", path, nobody)


def service_is_told(sheet: Sheet) -> Iterator[Finding]:
    """`idem`, `o mesmo acima` or a lone mark is what another row says, and no text of a note."""
    path = "servico.discriminacao"
    if sheet.has(path):
        nothing = sheet.test(path, _tells_nothing)
        yield where("descricao-de-nada", path, nothing)


def _tells_nothing(text: object) -> bool:
    if len(str(text)) > _LONGEST:
        return False
    return not str(text).isdecimal() and _points_elsewhere(text)


def _points_elsewhere(text: object) -> bool:
    folded = fold_words(str(text))
    return not folded or folded in _nobody()


@cache
def _nobody() -> frozenset[str]:
    return frozenset(row[0] for row in data_files.rows("nomes_de_ninguem"))


def tomador_has_address(sheet: Sheet) -> Iterator[Finding]:
    """A company has a street and a city: most prefeituras refuse its note without them.

    Barueri 239 and 242, São Paulo 317 and 318, ABRASF E56 and E59; unless the city says what it
    asks.
    """
    told = says(sheet, ADDRESS_FLAG, True, False) | abroad(sheet)
    company = ~sheet.missing("tomador.cnpj") & ~told
    for path in ("tomador.endereco.logradouro", "tomador.endereco.codigo_municipio"):
        homeless = company & sheet.missing(path)
        if homeless.any():
            rows = np.flatnonzero(homeless) if sheet.sources(path) else None
            yield Finding("tomador-sem-endereco", path, rows)
        company &= ~homeless


def tomador_is_someone_else(sheet: Sheet) -> Iterator[Finding]:
    """The prestador's own CNPJ in the tomador's column is nearly always a swapped column."""
    if sheet.has("tomador.cnpj") and sheet.has("prestador.cnpj"):
        own = sheet.values("tomador.cnpj") == sheet.values("prestador.cnpj")
        same = sheet.present("tomador.cnpj") & own
        yield where("tomador-igual-ao-prestador", "tomador.cnpj", same)


def intermediario_has_document(sheet: Sheet) -> Iterator[Finding]:
    """An intermediário without a document cannot be identified."""
    lost = _named(sheet, "intermediario") & ~_documented(sheet, "intermediario")
    yield where("intermediario-sem-documento", "intermediario.razao_social", lost)


def nif_or_its_absence(sheet: Sheet) -> Iterator[Finding]:
    """NIF and the reason for having none exclude each other; a foreign tomador needs one."""
    nif = sheet.present("tomador.nif")
    motivo = sheet.present("tomador.motivo_ausencia_nif")
    documented = sheet.present("tomador.cpf") | sheet.present("tomador.cnpj")
    neither = sheet.missing("tomador.nif") & sheet.missing("tomador.motivo_ausencia_nif")
    yield where("nif-e-motivo", "tomador.motivo_ausencia_nif", nif & motivo)
    yield where("nif-e-documento", "tomador.nif", nif & documented)
    yield where("exterior-sem-nif", "tomador.nif", abroad(sheet) & neither & ~documented)


def _named(sheet: Sheet, who: str) -> Mask:
    """Rows that say anything of someone besides the document."""
    found = np.zeros(sheet.size, dtype=np.bool_)
    for path in sheet.columns:
        if path.startswith(f"{who}.") and path not in _paths(who):
            found |= sheet.present(path)
    return found


def _documented(sheet: Sheet, who: str) -> Mask:
    """Rows whose document cells show something, right or wrong."""
    found = np.zeros(sheet.size, dtype=np.bool_)
    for path in _paths(who):
        found |= ~sheet.missing(path)
    return found


def _paths(who: str) -> tuple[str, ...]:
    return tuple(f"{who}.{name}" for name in DOCUMENTS)


def _main(sheet: Sheet) -> str:
    """The document column a reader would look at first."""
    order = ("tomador.cpf_cnpj", "tomador.cnpj", "tomador.cpf", "tomador.nif")
    return next(path for path in order if sheet.has(path))
