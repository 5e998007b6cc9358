"""Sheets in memory: a row in which nothing is wrong, and what is changed in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from converter.model.cells import MappedField, MappedSheet, RawValue, SourceColumn
from converter.model.notas import TypedSheet, TypedValue
from converter.model.problems import Problem
from converter.schemas.columns import each
from converter.schemas.rules import Rules
from converter.stages.validate import validate

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))
RULES = Rules(now=NOW)
FIRST = 7

GOOD: Mapping[str, RawValue] = {
    "prestador.cnpj": "11.222.333/0001-81",
    "prestador.inscricao_municipal": "12345",
    "prestador.codigo_municipio": "3505708",
    "referencia": "PED-1001",
    "data_emissao": "19/11/2026 12:07",
    "natureza_operacao": "1",
    "optante_simples_nacional": "Não",
    "regime_especial_tributacao": None,
    "tomador.cnpj": "12.345.678/0001-95",
    "tomador.cpf": None,
    "tomador.razao_social": "Padaria Trigo Dourado Ltda",
    "tomador.telefone": "(41) 3256-8060",
    "tomador.email": "financeiro@trigodourado.com.br",
    "tomador.endereco.logradouro": "Rua das Acácias",
    "tomador.endereco.numero": "999",
    "tomador.endereco.complemento": "Sala 34",
    "tomador.endereco.bairro": "Alto da XV",
    "tomador.endereco.codigo_municipio": "4106902",
    "tomador.endereco.uf": "PR",
    "tomador.endereco.cep": "80045-165",
    "servico.discriminacao": "Suporte técnico em informática",
    "servico.item_lista_servico": "01.07",
    "servico.codigo_tributario_municipio": "620910000",
    "servico.codigo_cnae": "6209-1/00",
    "servico.codigo_municipio": "3505708",
    "servico.valor_servicos": "1.500,00",
    "servico.valor_deducoes": "100,00",
    "servico.desconto_incondicionado": "0,00",
    "servico.desconto_condicionado": None,
    "servico.base_calculo": "1.400,00",
    "servico.aliquota": "3",
    "servico.valor_iss": "42,00",
    "servico.iss_retido": "Sim",
    "servico.valor_iss_retido": "42,00",
    "servico.valor_pis": "9,75",
    "servico.valor_liquido": "1.448,25",
    "servico.codigo_nbs": "1.1502.10.00",
    "servico.ibs_cbs_situacao_tributaria": "000",
    "servico.ibs_cbs_classificacao_tributaria": "000001",
    "servico.codigo_indicador_operacao": "030101",
    "servico.ibs_cbs_base_calculo": "1.500,00",
    "servico.cbs_aliquota": "0,9",
    "servico.cbs_valor": "13,50",
    "servico.ibs_uf_aliquota": "0,1",
    "servico.ibs_uf_valor": "1,50",
}


def letter(place: int) -> str:
    """Give the letter of a column, 0 for A."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def planilha(
    rows: Sequence[Mapping[str, RawValue]], formats: Mapping[str, str] | None = None
) -> MappedSheet:
    """Give a sheet whose first row is Excel row 7 and whose columns are those of all rows."""
    paths = list(dict.fromkeys(path for row in rows for path in row))
    fields = {
        path: MappedField(
            path,
            [row.get(path) for row in rows],
            SourceColumn(letter(place), path),
            (formats or {}).get(path),
        )
        for place, path in enumerate(paths)
    }
    return MappedSheet(
        "notas.xlsx", "Notas", "padrao", FIRST - 1, range(FIRST, FIRST + len(rows)), fields
    )


def changed(**changes: RawValue) -> dict[str, RawValue]:
    """Give the good row with some cells changed; `tomador__cpf` is the path `tomador.cpf`."""
    return {**GOOD, **{path.replace("__", "."): value for path, value in changes.items()}}


def check(row: Mapping[str, RawValue], rules: Rules = RULES) -> TypedSheet:
    """Validate a row between two good ones, as Excel row 8."""
    return validate(planilha([{**dict.fromkeys(row), **GOOD}, row, GOOD]), rules)


def values(typed: TypedSheet, path: str) -> list[TypedValue]:
    """Give the typed value of every row."""
    return each(typed.frame[path], lambda value: value)


def found(typed: TypedSheet) -> list[tuple[str, int | None, str | None]]:
    """Give code, row and column of every problem."""
    return [(problem.code, problem.row, problem.column) for problem in typed.problems]


def at(path: str, row: Mapping[str, RawValue]) -> str:
    """Give the letter of a path's column in a sheet made by `check`."""
    return letter(list({**dict.fromkeys(row), **GOOD}).index(path))


def codes(problems: Sequence[Problem]) -> set[str]:
    """Give the codes of some problems."""
    return {problem.code for problem in problems}
