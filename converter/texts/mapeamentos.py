"""What `planilote mapeamentos` says."""

from collections.abc import Sequence

from converter.texts.formato import contado

_VERDICTS = {
    "oculta": "oculta, não é lida",
    "vazia": "vazia",
    "sem-cabecalho": "sem cabeçalho conhecido, não é lida",
    "sem-notas": "com cabeçalho, mas sem nenhuma linha",
    "excluida": "deixada de fora pelo mapeamento",
    "modelo": "instruções de um modelo, não é lida",
}


def known(nome: str, descricao: str, *, shipped: bool) -> str:
    """One mapping of the list."""
    return f"{nome}{'' if shipped else ' (seu)'}: {descricao}"


def sheet(planilha: str, verdict: str, header_row: int | None, chosen: Sequence[str]) -> str:
    """One sheet of a file and the mapping it gets."""
    if verdict in _VERDICTS:
        return f"Planilha “{planilha}”: {_VERDICTS[verdict]}."
    line = f"cabeçalho na linha {header_row}"
    if len(chosen) == 1:
        return f"Planilha “{planilha}”, {line}: lida com o mapeamento {chosen[0]}."
    names = " e ".join(chosen)
    return f"Planilha “{planilha}”, {line}: {names} servem igualmente. Escolha com --mapeamento."


def disputed(path: str, columns: Sequence[str]) -> str:
    """Two columns for one field."""
    return f"    em disputa: {' e '.join(columns)} servem para {path}; renomeie uma delas"


def missing(label: str, near: str | None) -> str:
    """A required field without a column."""
    return f"    falta: {label}" + (f" (seria a coluna {near}?)" if near else "")


def passed_over(mapping: str, matched: int) -> str:
    """A mapping that fits the header less well."""
    return f"  {mapping}: reconhece {contado(matched, 'coluna', 'colunas')}, não foi usado"
