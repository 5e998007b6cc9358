"""The tables are the single source: the pages come from them, and they hold together."""

from pathlib import Path
from types import ModuleType

import pytest

from converter.layouts import for_municipio
from converter.layouts.abrasf import tables as abrasf
from converter.layouts.barueri import tables as barueri
from converter.layouts.file_fields import fields, rows
from converter.layouts.positional import Record
from converter.layouts.sao_paulo import tables as sao_paulo
from converter.schemas.catalogue import BY_PATH
from scripts import gen_layouts
from tests.layouts import test_errors_abrasf as errors_abrasf
from tests.layouts import test_errors_barueri as errors_barueri
from tests.layouts import test_errors_sao_paulo as errors_sao_paulo

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", gen_layouts.pages())
def test_the_committed_pages_are_those_of_the_tables(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == gen_layouts.pages()[name]


def test_a_table_with_a_gap_is_refused() -> None:
    own = fields(Path(barueri.__file__).with_name("envio.csv"))["1"]
    with pytest.raises(ValueError, match="esperado 9"):
        Record("1", (*own[:2], *own[3:]))


def test_every_code_has_words_and_a_fix() -> None:
    for codes in (barueri.ERROS, sao_paulo.ERROS):
        for code in codes.values():
            assert code.mensagem.endswith(".")
            assert code.correcao
            assert len(code.mensagem) <= 200


@pytest.mark.parametrize(
    ("city", "seen", "official"),
    [
        (barueri, errors_barueri.CASES, 139),
        (sao_paulo, errors_sao_paulo.CASES, 179),
        (abrasf, errors_abrasf.CASES, 378),
    ],
    ids=["Barueri PMB004", "São Paulo v3.17", "ABRASF 2.02"],
)
def test_every_code_of_the_official_list_is_provoked_or_told_why_not(
    city: ModuleType, seen: list[tuple[str, object]], official: int
) -> None:
    found = {codigo for codigo, _ in seen}
    table = rows(Path(str(city.__file__)).with_name("so_a_cidade.csv"))
    unseen = {row["codigo"]: row["motivo"] for row in table}
    assert found.isdisjoint(unseen)
    assert len(found | unseen.keys()) == official
    assert all(unseen.values())


def test_every_municipio_of_the_table_has_a_layout_that_exists() -> None:
    assert {for_municipio(codigo).slug for codigo in ("3505708", "3550308", "3516200")} == {
        "barueri-pmb004",
        "sao-paulo-v002",
        "abrasf-2.02",
    }


def test_an_error_speaks_of_a_field_the_api_has() -> None:
    """So that its line in `Erros` can point at the column the field came from."""
    passed_through = (
        "destinatario",
        "indicador_destinatario",
        "chaves_nfse",
        "intermediario.email",
    )
    more = {"lista_nfse", "prestador", "regime_tributario_simples_nacional", "numero_processo",
            "codigo_municipio_incidencia"}  # fmt: skip
    for codes in (barueri.ERROS, sao_paulo.ERROS, abrasf.ERROS):
        campos = {code.campo for code in codes.values() if code.campo} - more
        unknown = {campo for campo in campos if campo not in BY_PATH}
        assert {campo for campo in unknown if not campo.startswith(passed_through)} == set()
