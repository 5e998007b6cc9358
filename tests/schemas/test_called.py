"""Fields by what people call them."""

import pytest

from converter.schemas.called import field_called, nearest_label
from converter.texts.labels import LABELS, label_of

VALOR = "servico.valor_servicos"


@pytest.mark.parametrize("typed", ["Valor dos serviços", "valor dos servicos", VALOR])
def test_a_label_or_a_path_is_found_however_it_is_spelled(typed: str) -> None:
    assert field_called(typed) == VALOR


def test_what_is_no_field_has_at_most_a_near_one() -> None:
    assert field_called("Valor dos servisos") is None
    assert nearest_label("Valor dos servisos") == label_of(VALOR)
    assert nearest_label("xyzxyz") is None


def test_a_path_outside_the_catalogue_is_called_by_itself() -> None:
    assert label_of("campo.meu") == "campo.meu"
    assert LABELS[VALOR] == "Valor dos serviços"
