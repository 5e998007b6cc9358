"""What the prefeitura of each prestador asks of its own notes."""

import re
from collections.abc import Collection, Iterator
from functools import partial
from operator import eq

from converter.brazil import municipio, servico
from converter.brazil.uf import EXTERIOR
from converter.schemas.catalogue import BY_PATH, Requirement
from converter.schemas.columns import Mask
from converter.schemas.findings import Details, Finding, where
from converter.schemas.rules import FLAGS, MunicipioRules
from converter.schemas.sheet import CITY, Sheet
from converter.schemas.shown import options

ITEM = "servico.item_lista_servico"
CODE = "servico.codigo_tributario_municipio"
DOCUMENT_FLAG = "cpf_cnpj_obrigatorio_nfse"
ADDRESS_FLAG = "endereco_obrigatorio_nfse"

_MASK = re.compile(r"[^0-9A-Za-z]")


def required_by_the_city(sheet: Sheet) -> Iterator[Finding]:
    """Columns the `*_obrigatorio_nfse` flags of the município make required."""
    for flag, paths in FLAGS.items():
        rows = says(sheet, flag, True)
        if not rows.any():
            continue
        for path in paths:
            absent = rows & sheet.missing(path)
            if flag == DOCUMENT_FLAG:
                absent &= sheet.missing("tomador.cpf") & sheet.missing("tomador.nif")
            if flag == ADDRESS_FLAG:
                absent &= ~abroad(sheet)
            if BY_PATH[path].required is Requirement.SEMPRE:
                continue
            if absent.all() and not sheet.sources(path):
                # A column that is not there is one mistake, not one for each row.
                details = {"municipio": _name(sheet.municipio(0))}
                yield Finding("coluna-exigida-pelo-municipio", path, None, details)
            else:
                yield where("campo-exigido-pelo-municipio", path, absent, _named(sheet))


def listed_by_the_city(sheet: Sheet) -> Iterator[Finding]:
    """Items and codes against the lists the município publishes, where it does."""
    for rules, rows in _cities(sheet):
        if rules.itens_lista_servico is not None:
            # In whatever format they come, the city's own codes as they are.
            items = {servico.parse(item).value or item for item in rules.itens_lista_servico}
            bad = rows & sheet.test(ITEM, partial(_is_foreign_item, items))
            code = "item-fora-da-lista-do-municipio"
            yield where(code, ITEM, bad, _named(sheet))
        if rules.codigos_tributarios is not None:
            codes = {_MASK.sub("", codigo) for codigo in rules.codigos_tributarios}
            bad = rows & sheet.test(CODE, partial(_is_foreign_code, codes))
            code = "codigo-fora-da-tabela-do-municipio"
            yield where(code, CODE, bad, _named(sheet))


def options_of_the_city(sheet: Sheet) -> Iterator[Finding]:
    """Natureza and regime against the table of the row's own município."""
    paths = {path for rules, _ in _cities(sheet) for path in rules.opcoes}
    for path in sorted(paths & set(BY_PATH)):
        tables = [rules.opcoes.get(path, BY_PATH[path].values) for rules, _ in _cities(sheet)]
        union = {*BY_PATH[path].values, *(option for table in tables for option in table)}
        for (rules, rows), table in zip(_cities(sheet), tables, strict=True):
            bad = rows & sheet.test(path, partial(_is_among, union - set(table)))
            details = {"municipio": _name(rules), "opcoes": options(table)}
            code = "opcao-fora-da-tabela-do-municipio"
            yield where(code, path, bad, details)


def says(sheet: Sheet, flag: str, *answers: bool) -> Mask:
    """Give the rows whose município answers so to a flag; unknown is neither yes nor no."""
    return sheet.test(CITY, lambda codigo: sheet.rules.municipio(codigo).flags.get(flag) in answers)


def abroad(sheet: Sheet) -> Mask:
    """Give the rows whose tomador is in another country, as the state says."""
    return sheet.test("tomador.endereco.uf", lambda uf: uf == EXTERIOR)


def _cities(sheet: Sheet) -> Iterator[tuple[MunicipioRules, Mask]]:
    for rules in sheet.municipios():
        yield rules, sheet.test(CITY, partial(eq, rules.codigo))


def _is_foreign_item(published: Collection[str], item: str) -> bool:
    """An item of four digits is in the list by any of its unfoldings, one of six by its four."""
    return not any(known.startswith(item) or item.startswith(known) for known in published)


def _is_foreign_code(published: Collection[str], codigo: str) -> bool:
    return _MASK.sub("", codigo) not in published


def _is_among(options: Collection[str], value: object) -> bool:
    return str(value) in options


def _named(sheet: Sheet) -> Details:
    return lambda row: {"municipio": _name(sheet.municipio(row))}


def _name(rules: MunicipioRules) -> str:
    return municipio.nome(rules.codigo) or rules.codigo
