"""Which column fills which field under a mapping of the user's, and which mapping fits best."""

from dataclasses import replace
from pathlib import Path

import pytest

from converter.mapping.header import Header, header_at
from converter.mapping.match import Fit, agreed, best, fit, nearest
from converter.mapping.spec import MappingSpec
from converter.model.cells import RawSheet
from tests.mapping.books import mappings

CITY, STATE = "tomador.endereco.codigo_municipio", "tomador.endereco.uf"
TEXT, VALUE = "servico.discriminacao", "servico.valor_servicos"
NUMBER, STREET = "tomador.endereco.numero", "tomador.endereco.logradouro"


def header(*headers: str, row: int = 1) -> Header:
    return header_at(RawSheet("Notas", [()] * (row - 1) + [headers]), row)


def spec(folder: Path, text: str) -> MappingSpec:
    found = mappings(folder, meu=text).named("meu")
    assert found is not None
    return found


def letters(found: Fit) -> dict[str, str]:
    return {
        path: "".join(c.column.letter for c in one.cells) for path, one in found.sources.items()
    }


def test_joined_columns_fill_one_field_in_the_order_of_the_mapping(tmp_path: Path) -> None:
    both = 'juntar = ["Serviço", "Mês"], separador = " - "'
    joined = spec(tmp_path, f"[colunas]\n{TEXT} = {{ {both} }}")
    found = fit(joined, header("Mês", "Serviço", "Outra"))
    assert (letters(found), found.absent) == ({TEXT: "BA"}, ())
    source = found.sources[TEXT]
    assert (source.column.letter, source.column.header) == ("B", "Serviço + Mês")
    assert [cell.column.letter for cell in found.ignored] == ["C"]
    assert found.recognised == 2


def test_a_column_to_join_that_is_not_there_is_missed_and_the_other_is_used(tmp_path: Path) -> None:
    joined = spec(tmp_path, f'[colunas]\n{TEXT} = {{ juntar = ["Serviço", "Mês"] }}')
    found = fit(joined, header("Serviço", "Outra"))
    assert (letters(found), found.absent) == ({TEXT: "A"}, (TEXT,))
    none = fit(joined, header("Outra"))
    assert (letters(none), none.absent, none.paths) == ({}, (TEXT,), frozenset())


def test_a_column_may_be_named_by_its_letter(tmp_path: Path) -> None:
    lettered = spec(tmp_path, f'[colunas]\n{TEXT} = {{ letra = "B" }}')
    assert letters(fit(lettered, header("Serviço", "Mês"))) == {TEXT: "B"}
    assert fit(lettered, header("Serviço")).absent == (TEXT,)


def test_two_columns_of_one_field_are_told_and_neither_is_chosen(tmp_path: Path) -> None:
    two = spec(tmp_path, f'[colunas]\n{VALUE} = ["Quanto", "Total"]')
    found = fit(two, header("Quanto", "Total", "Quanto"))
    assert (letters(found), found.absent) == ({}, ())
    assert [cell.column.letter for cell in found.duplicates[VALUE]] == ["A", "C", "B"]
    assert (found.paths, found.recognised) == ({VALUE}, 3)


def test_a_percentage_is_an_amount_only_where_the_users_own_mapping_says_so(tmp_path: Path) -> None:
    own = spec(tmp_path, f'[colunas]\n{VALUE} = "Quanto %"')
    assert letters(fit(own, header("Quanto %"))) == {VALUE: "A"}
    shipped = replace(own, own=frozenset())
    assert letters(fit(shipped, header("Quanto %"))) == {}


def test_only_the_spellings_of_an_exact_mapping_are_taken(tmp_path: Path) -> None:
    exact = replace(spec(tmp_path, f'[colunas]\n{VALUE} = "Quanto"'), exact=frozenset({"QUANTO"}))
    assert letters(fit(exact, header("Quanto", "QUANTO"))) == {VALUE: "B"}


def test_a_header_the_mapping_ignores_fills_nothing(tmp_path: Path) -> None:
    said = replace(
        spec(tmp_path, f'[colunas]\n{VALUE} = "Quanto"'), ignored_headers=frozenset({"quanto"})
    )
    assert letters(fit(said, header("Quanto"))) == {}


def test_a_header_that_is_a_path_passes_where_the_mapping_lets_it(tmp_path: Path) -> None:
    free = replace(
        spec(tmp_path, f'caminhos_livres = true\n[colunas]\n{VALUE} = "servico.quanto"'),
        ignored_headers=frozenset({"servicooculto"}),
    )
    headers = header("servico.novo", "servico.quanto", "Servico.X", "servico.oculto", "servico")
    assert letters(fit(free, headers)) == {"servico.novo": "A", VALUE: "B"}
    assert letters(fit(replace(free, free_paths=False), headers)) == {VALUE: "B"}


@pytest.mark.parametrize(
    ("headers", "house"),
    [
        (("Rua", "Nº"), "B"),
        (("Rua", "Complemento", "Nº"), "C"),
        (("Rua", "Complemento", "Bairro", "Nº"), None),
        (("Nº", "Rua"), None),
        (("Nº", "Cliente"), None),
        (("Número do endereço", "Rua"), "A"),
    ],
)
def test_a_vague_number_is_the_house_only_beside_its_street(
    headers: tuple[str, ...], house: str | None
) -> None:
    padrao = mappings().named("padrao")
    assert padrao is not None
    assert letters(fit(padrao, header(*headers))).get(NUMBER) == house
    own = replace(padrao, own=frozenset({NUMBER}))
    if "Nº" in headers:
        assert NUMBER in fit(own, header(*headers)).sources


def test_the_nearest_header_is_the_one_most_like_the_first_wanted_that_any_is_like() -> None:
    cells = header("Valor do servisso", "Dicriminação", "Outra").cells
    found = nearest(["Nada", "Discriminação", "Valor do serviço"], cells)
    assert found is not None
    assert found.column.letter == "B"
    assert nearest(["Quantia"], cells) is None
    # A few letters in common, or a common end, are no slip of the hand.
    for wanted, other in (("PIS", "PI"), ("NIF", "NF"), ("CNAE fiscal", "Nota fiscal")):
        assert nearest([wanted], header(other).cells) is None


def test_what_uses_most_columns_fits_best_and_equals_that_read_otherwise_are_all_given(
    tmp_path: Path,
) -> None:
    padrao = spec(tmp_path, f'[colunas]\n{VALUE} = "Quanto"\n{TEXT} = "O que"')
    shipped = replace(padrao, shipped=True)
    both, one = header("Quanto", "O que"), header("Quanto", "Outra")
    more, less = fit(shipped, both), fit(shipped, one)
    assert best([less, more, more]) == (more,)
    assert best([]) == ()
    divided = replace(more, sources={**more.sources, TEXT: replace(
        more.sources[TEXT], spec=replace(more.sources[TEXT].spec, split="-"))})  # fmt: skip
    assert best([more, divided]) == (more, divided)
    assert agreed([more, divided]).keys() == {VALUE, TEXT}
    assert agreed([more, less]).keys() == {VALUE}
    elsewhere = fit(shipped, header("O que", "Quanto"))
    assert agreed([more, elsewhere]) == {}


@pytest.mark.parametrize("how", [{"join": ("O que", "Mais")}, {"split": "-"}])
def test_mappings_that_part_or_join_with_another_separator_read_otherwise(
    tmp_path: Path, how: dict[str, object]
) -> None:
    plain = fit(spec(tmp_path, f'[colunas]\n{TEXT} = "O que"'), header("O que"))
    text = plain.sources[TEXT]

    def separated(separator: str, **said: object) -> Fit:
        given = replace(text.spec, separator=separator, **said)
        return replace(plain, sources={TEXT: replace(text, spec=given)})

    assert not separated(" ", **how).same_as(separated(" / ", **how))
    assert separated(" ").same_as(separated(" / "))


def test_the_users_mapping_of_these_very_columns_comes_before_one_that_uses_more(
    tmp_path: Path,
) -> None:
    known = mappings(tmp_path, meu=f'[colunas]\n{VALUE} = "Quanto"')
    meu, padrao = known.named("meu"), known.named("padrao")
    assert meu is not None
    assert padrao is not None
    headers = header("Quanto", "UF do tomador", "Discriminação do serviço")
    mine, shipped = fit(meu, headers), fit(padrao, headers)
    assert best([shipped, mine]) == (mine,)
    # Where one of its columns is absent it has no such claim; nor where it names no column.
    missing = fit(replace(meu, own=meu.own | {TEXT}), headers)
    assert best([shipped, missing]) == (shipped,)
    nameless = fit(replace(meu, own=frozenset()), headers)
    assert best([shipped, nameless]) == (shipped,)
    of_this_sheet = fit(replace(meu, own=frozenset(), sheets=("Notas",)), headers)
    assert best([shipped, of_this_sheet]) == (of_this_sheet,)
    assert mine.rank > fit(replace(meu, shipped=True), headers).rank


def test_fits_read_the_same_only_where_all_that_is_read_is_the_same(tmp_path: Path) -> None:
    meu = spec(tmp_path, f'[colunas]\n{VALUE} = "Quanto"')
    headers = header("Quanto", "Total")
    first = fit(meu, headers)
    assert first.same_as(fit(meu, headers))
    translated = f'[colunas]\n{VALUE} = {{ coluna = "Quanto", valores = {{ a = "1" }} }}'
    others = [
        fit(replace(meu, constants={STATE: "SP"}), headers),
        fit(meu, header("Quanto", "Total", row=2)),
        fit(meu, header("Total", "Quanto")),
        fit(spec(tmp_path, f'[colunas]\n{VALUE} = ["Quanto", "Total"]'), headers),
        fit(spec(tmp_path, f'[colunas]\n{TEXT} = "Quanto"'), headers),
        fit(spec(tmp_path, translated), headers),
    ]
    assert [first.same_as(other) for other in others] == [False] * len(others)
