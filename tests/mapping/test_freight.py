"""Who pays a freight: the one who is named, or another."""

import pytest

from converter.mapping.freight import pays_freight
from converter.mapping.sense import Mark


@pytest.mark.parametrize("value", ["FOB", "1 - Destinatário", "fob (destinatário)"])
def test_the_recipient_pays_where_it_says_so(value: str) -> None:
    assert pays_freight(value, Mark.FOB)
    assert not pays_freight(value, Mark.CIF)


@pytest.mark.parametrize("value", ["CIF", "0 - CIF", "Remetente"])
def test_the_sender_pays_where_it_says_so(value: str) -> None:
    assert pays_freight(value, Mark.CIF)
    assert not pays_freight(value, Mark.FOB)


@pytest.mark.parametrize("value", ["CIF/FOB", "", "Terceiros", None, 2])
def test_nobody_pays_where_both_are_said_or_none(value: str | int | None) -> None:
    assert not pays_freight(value, Mark.CIF)
    assert not pays_freight(value, Mark.FOB)
