"""How long a municipal file takes to write."""

import time

from converter.layouts import by_slug
from tests.layouts import amostras

LAYOUT = by_slug("barueri-pmb004")


def test_a_thousand_notes_take_at_most_three_tenths_of_a_second() -> None:
    """Of processor time: the tests share the machine with whatever else runs."""
    lote = amostras.lote("barueri-pmb004", 1000)
    for number, nota in enumerate(lote["lista_nfse"]):
        nota["servico"]["discriminacao"] = f"Suporte técnico – chamado {number}"
        nota["tomador"]["razao_social"] = f"Padaria nº {number} Ltda"
    taken = []
    for _ in range(5):
        start = time.process_time()
        LAYOUT.write(lote, amostras.NUMBERING)
        taken.append(time.process_time() - start)
    assert min(taken) <= 0.3
