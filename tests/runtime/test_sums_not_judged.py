"""Sums of a row are not told wrong while it is asked what one of their amounts is."""

from pathlib import Path

from tests.runs import VALOR, exemplo, run_in, tabela, told


def test_the_net_of_a_row_whose_discount_is_asked_about_is_not_wrong_yet(tmp_path: Path) -> None:
    asked = {VALOR: "4.800,00", "Abatimento": "300,00", "Valor líquido": "4.500,00"}
    plain = {VALOR: "1.000,00", "Abatimento": "", "Valor líquido": "900,00"}
    tabela(tmp_path, [{**row, **own} for row, own in zip(exemplo(), (asked, plain), strict=False)])
    assert told(run_in(tmp_path, enviar=False), "valor-liquido-difere") == [3]
