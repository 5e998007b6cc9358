"""What a second POST of a ref does: the API's documentation does not say."""

from pathlib import Path

import pytest
import requests

from converter.simulator.server import serve
from converter.simulator.settings import Settings
from tests.simulator.modelo import CidadeDeMentira, lote


@pytest.mark.parametrize(
    ("modo", "status", "same_file"),
    [("mesmo", 201, True), ("recusa", 422, False), ("novo", 201, False)],
)
def test_a_repeated_ref_meets_the_chosen_temperament(
    tmp_path: Path,
    cidade: CidadeDeMentira,
    http: requests.Session,
    modo: str,
    status: int,
    same_file: bool,
) -> None:
    settings = Settings(ref_repetida=modo)  # type: ignore[arg-type]  # one of the three
    with serve(tmp_path, settings=settings) as running:
        url = f"{running.url}/v2/lotes_rps?ref=a1"
        first, again = (http.post(url, json=lote()) for _ in range(2))
    assert again.status_code == status
    assert (again.content == first.content) is same_file
