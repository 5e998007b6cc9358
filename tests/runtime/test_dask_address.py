"""Notes travel to a cluster: only where nobody on the way can read them."""

import pytest

from converter.errors import SettingsError
from converter.runtime import cluster as module
from converter.runtime.cluster import cluster


@pytest.mark.parametrize(
    "address",
    ["tcp://10.0.0.7:8786", "10.0.0.7:8786", "tcp://escritorio:8786", "ws://[::2]:1", "tcp://["],
)
def test_an_address_that_others_could_read_is_refused_before_anyone_is_asked(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.importlib, "import_module", pytest.fail)
    with (
        pytest.raises(SettingsError, match=r"sem proteção pela rede.*--dask inseguro:"),
        cluster(address),
    ):
        pass


@pytest.mark.parametrize(
    "address",
    [
        "tls://10.0.0.7:8786",
        "tcp://127.0.0.1:8786",
        "localhost:8786",
        "inseguro:tcp://10.0.0.7:8786",
    ],
)
def test_tls_this_machine_and_what_was_asked_for_by_name_are_taken(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(module.importlib, "import_module", absent)
    with pytest.raises(SettingsError, match="pip install"), cluster(address):
        pass
