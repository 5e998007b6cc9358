"""Who of those a sheet names takes the service."""

import pytest

from converter.mapping.parties import as_tomador, ranks_of
from converter.mapping.vocabulary import Says
from tests.mapping.test_what_a_header_says import CNPJS, NAMES, read


@pytest.mark.parametrize(
    ("headers", "likeliest"),
    [
        (("Responsável", "Aluno"), "responsavel"),
        (("Hóspede", "CNPJ do hóspede", "Empresa"), "dependente"),
        (("Hospital", "CNPJ do hospital", "Aluno"), "possivel"),
        (("Proprietário", "CNPJ do proprietário", "Inquilino"), "proprietario"),
    ],
)
def test_who_pays_or_has_the_documents_is_the_likeliest(
    headers: tuple[str, ...], likeliest: str
) -> None:
    table = {header: CNPJS if "CNPJ" in header else NAMES for header in headers}
    ranks = ranks_of(read(table))
    assert max(ranks, key=ranks.__getitem__) == likeliest


def test_what_is_said_of_anybody_else_is_only_asked_about() -> None:
    ranks = {"responsavel": 5, "dependente": 3, "possivel": 2}
    assert as_tomador("responsavel", "razao_social", ranks) is Says.ROTULO
    assert as_tomador("dependente", "razao_social", ranks) is Says.TALVEZ
    assert as_tomador("possivel", "email", ranks) is Says.SOZINHO
