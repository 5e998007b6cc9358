"""The columns of the two registers, named by the catalogue's labels."""

from collections.abc import Iterable, Mapping, Sequence

from converter.brazil.headers import fold
from converter.model.cells import RawSheet, RawValue, is_blank
from converter.schemas.catalogue import BY_PATH, FIELDS
from converter.texts.sentences import sentence

PRESTADORES = "prestadores.xlsx"
TOMADORES = "tomadores.xlsx"
NOME = "Nome da empresa"
PASTAS = "Pastas de entrada"
HELP = {NOME: sentence("cadastros.ajuda-nome"), PASTAS: sentence("cadastros.ajuda-pastas")}
OF_PRESTADOR = (
    "prestador.cnpj", "prestador.inscricao_municipal", "prestador.codigo_municipio",
    "optante_simples_nacional", "regime_especial_tributacao", "natureza_operacao",
    "servico.item_lista_servico", "servico.codigo_tributario_municipio", "servico.aliquota",
    "servico.iss_retido", "servico.discriminacao", "servico.codigo_municipio",
)  # fmt: skip
"""What is the same on all notes of a company, month after month."""
_FIRST = (
    "tomador.cpf_cnpj", "tomador.razao_social", "tomador.email", "tomador.telefone",
    "tomador.endereco.cep", "tomador.endereco.logradouro", "tomador.endereco.numero",
    "tomador.endereco.complemento", "tomador.endereco.bairro", "tomador.endereco.nome_municipio",
    "tomador.endereco.uf",
)  # fmt: skip
OF_TOMADOR = _FIRST + tuple(
    field.path
    for field in FIELDS
    if field.path.startswith("tomador.")
    and field.path not in (*_FIRST, "tomador.cnpj", "tomador.cpf")
)
"""What is the same of a customer on all its notes; what is seldom needed comes last."""


def prestador_headers() -> tuple[str, ...]:
    """The headers of `prestadores.xlsx`, in order."""
    labels = [BY_PATH[path].label for path in OF_PRESTADOR]
    return (labels[0], NOME, PASTAS, *labels[1:])


def tomador_headers() -> tuple[str, ...]:
    """The headers of `tomadores.xlsx`, in order."""
    return tuple(BY_PATH[path].label for path in OF_TOMADOR)


def headers(paths: Iterable[str]) -> dict[str, str]:
    """Path by folded header: labels, paths and synonyms; the first to claim a header has it."""
    known: dict[str, str] = {}
    for path in paths:
        entry = BY_PATH[path]
        for header in (entry.label, path, *entry.synonyms):
            known.setdefault(fold(header), path)
    return known


def header_of(sheet: RawSheet, known: Mapping[str, str]) -> tuple[int, Mapping[int, str]] | None:
    """The row (0-based) with most headers of `known` (keys by header), and each column's key."""
    best: tuple[int, Mapping[int, str]] | None = None
    for number, row in enumerate(sheet.rows[:20]):
        found = {
            column: known[folded]
            for column, value in enumerate(row)
            if isinstance(value, str) and (folded := fold(value)) in known
        }
        if found and (best is None or len(found) > len(best[1])):
            best = number, found
    return best


def records(
    sheet: RawSheet, header: int, columns: Mapping[int, str]
) -> Sequence[tuple[int, Mapping[str, RawValue]]]:
    """Excel row and filled cells by key, for each row under the header that has any."""
    found = []
    for number, row in enumerate(sheet.rows[header + 1 :], header + 2):
        cells = {
            key: row[column]
            for column, key in columns.items()
            if column < len(row) and not is_blank(row[column])
        }
        if cells:
            found.append((number, cells))
    return found
