"""What fills an open field, by the nearest of the circles; and a mapping file read key by key."""

from dataclasses import replace
from pathlib import Path

import pytest

from converter.errors import MappingError
from converter.mapping.above import Above
from converter.mapping.defaults import Defaults, PrestadorDefaults
from converter.mapping.parse import parse
from converter.mapping.resolve import CNPJ, MUNICIPIO, Resolved, resolve
from tests.mapping.books import BARUERI, OTHER, PRESTADOR

ITEM = "servico.item_lista_servico"
DEFAULTS = Defaults(
    general={ITEM: "geral"},
    prestadores=(
        PrestadorDefaults(PRESTADOR, ("Padaria",), {MUNICIPIO: BARUERI}),
        PrestadorDefaults(OTHER, (OTHER,), {ITEM: "prestador"}),
    ),
    municipios={BARUERI: {ITEM: "municipio"}},
)


def filled(defaults: Defaults = DEFAULTS, folder: str = "", **more: object) -> Resolved:
    constants = {ITEM: str(more["mapping"])} if "mapping" in more else {}
    own = more.get("own")
    return resolve(
        defaults,
        constants,
        folder=folder,
        prestadores=own if isinstance(own, list) else None,
        municipios=None,
    )


@pytest.mark.parametrize(
    ("folder", "mapping", "value", "origin"),
    [
        ("", "", "geral", "planilote.toml"),
        ("Padaria", "", "municipio", "planilote.toml, no município"),
        (f"2026/{OTHER}", "", "prestador", "planilote.toml, no prestador"),
        (OTHER, "meu", "meu", "o mapeamento"),
    ],
)
def test_the_nearest_circle_wins_and_says_its_name(
    folder: str, mapping: str, value: str, origin: str
) -> None:
    found = filled(folder=folder, **({"mapping": mapping} if mapping else {}))
    assert (found.values[ITEM], found.origins[ITEM]) == (value, origin)


@pytest.mark.parametrize(
    ("constants", "value", "origin"),
    [({}, "0107", "a linha 3, acima da tabela"), ({ITEM: "meu"}, "meu", "o mapeamento")],
)
def test_what_is_above_the_table_comes_between_the_prestador_and_the_mapping(
    constants: dict[str, str], value: str, origin: str
) -> None:
    written = (Above(ITEM, "0107", 3),)
    found = resolve(
        DEFAULTS, constants, folder=OTHER, prestadores=None, municipios=None, above=written
    )
    assert (found.values[ITEM], found.origins[ITEM]) == (value, origin)


def test_the_city_above_the_table_is_that_of_the_company_there_where_nobody_wrote_its_own() -> None:
    above = (Above(CNPJ, OTHER, 1), Above(MUNICIPIO, "Barueri/SP", 1))
    general = replace(DEFAULTS, general={MUNICIPIO: "3550308", ITEM: "geral"}, prestadores=())

    def city(defaults: Defaults, own: list[str] | None = None) -> object:
        resolved = resolve(defaults, {}, folder="", prestadores=own, municipios=None, above=above)
        return resolved.values.get(MUNICIPIO), resolved.values[ITEM]

    assert city(general) == ("Barueri/SP", "municipio")
    ours = PrestadorDefaults(OTHER, (), {MUNICIPIO: "3550308"})
    assert city(replace(general, prestadores=(ours,))) == ("3550308", "geral")
    strangers = replace(general, general={ITEM: "geral"})
    assert city(strangers, [PRESTADOR, OTHER]) == ([None, "Barueri/SP"], ["geral", "municipio"])


def test_the_prestador_is_that_of_the_folder_or_the_only_one() -> None:
    assert filled(folder="Clientes/padaria").values[CNPJ] == PRESTADOR
    assert filled(folder="11444777000161 Escola").folder_cnpj == OTHER
    only = Defaults(prestadores=DEFAULTS.prestadores[:1])
    assert filled(only).origins[CNPJ] == "planilote.toml, o único prestador"
    assert CNPJ not in filled().values


def test_each_row_is_filled_by_its_own_prestador_and_a_stranger_by_none_of_them() -> None:
    own = [PRESTADOR, "11.444.777/0001-61", "45.723.174/0001-10", None]
    found = filled(own=own)
    assert found.values[ITEM] == ["municipio", "prestador", "geral", "geral"]
    assert CNPJ not in found.values


def test_a_blank_prestador_is_that_of_the_folder_and_a_typed_one_stays() -> None:
    found = filled(folder="Padaria", own=[None, OTHER])
    assert found.values[CNPJ] == [PRESTADOR, None]


def written(folder: Path, text: str) -> Path:
    file = folder / "meu.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_mapping_file_says_its_columns_and_constants(tmp_path: Path) -> None:
    found = parse(
        written(
            tmp_path,
            'nome = "Meu"\n[planilha]\nabas = "Notas"\nlinha_cabecalho = 5\n[colunas]\n'
            'servico.valor_servicos = { letra = "f", padrao = 10 }\n'
            'tomador.endereco.uf = { dividir = "Cidade/UF", parte = 2 }\n'
            '[constantes]\nservico.item_lista_servico = "0107"\n',
        )
    ).spec
    assert (found.name, found.sheets, found.header_row) == ("Meu", ("Notas",), 5)
    assert found.columns["servico.valor_servicos"].letter == "F"
    city = found.columns["tomador.endereco.uf"]
    assert (city.headers, city.split, city.part) == (("Cidade/UF",), "/", 2)
    assert found.constants == {"servico.valor_servicos": 10, ITEM: "0107"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("nome = \n", 1, "TOML"),
        ('\nnomes = "x"', 2, "você quis dizer"),
        ("nome = 3", 1, "texto entre aspas"),
        ("rascunho = 1", 1, "true ou false"),
        ("[planilha]\nlinha_cabecalho = 0", 2, "linha_cabecalho"),
        ('catalogo = ["tudo"]', 1, "catalogo"),
        ('[colunas]\nservico.valor_servicos = { coluna = "a", letra = "F" }', 2, "um só"),
        ('[colunas]\nservico.valor_servicos = { letra = "7" }', 2, "letra de coluna"),
        ('[colunas]\nservico.valor_servicos = { dividir = "a", parte = 0 }', 2, "inteiro"),
        ('[colunas]\nservico.valor_servico = "Valor"', 2, "valor_servico"),
        ('[constantes]\nservico.item_lista_servico = ["x"]', 2, "true ou false"),
        ("planilha = 1", 1, "tabela"),
    ],
)
def test_a_refusal_names_the_line_and_the_way_out(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    with pytest.raises(MappingError, match=said) as refused:
        parse(written(tmp_path, text))
    assert str(refused.value).startswith(f"meu.toml, linha {line}: ")


def test_a_file_that_is_not_utf8_is_said_to_be_so(tmp_path: Path) -> None:
    file = tmp_path / "meu.toml"
    file.write_bytes('nome = "Março"'.encode("latin-1"))
    with pytest.raises(MappingError, match="UTF-8"):
        parse(file)
