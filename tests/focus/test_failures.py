"""What went wrong with a request, and whether the API may have it."""

import ssl
from http.client import BadStatusLine, IncompleteRead

import pytest
import requests
from urllib3 import exceptions as urllib3

from converter.focus.failures import Body, fault


def _wrapped(error: BaseException) -> BaseException:
    return requests.exceptions.ConnectionError(error)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (_wrapped(urllib3.NameResolutionError("api", None, OSError())), "sem-internet"),  # type: ignore[arg-type]  # no connection
        (_wrapped(urllib3.ReadTimeoutError(None, "/", "x")), "sem-resposta"),  # type: ignore[arg-type]  # no pool
        (_wrapped(ssl.SSLCertVerificationError("x")), "certificado-invalido"),
        (_wrapped(ConnectionResetError()), "conexao-caiu"),
        (_wrapped(urllib3.ProtocolError("x", IncompleteRead(b""))), "resposta-cortada"),
        (requests.exceptions.ContentDecodingError(), "resposta-ilegivel"),
        (_wrapped(BadStatusLine("x")), "resposta-ilegivel"),
        (ValueError(), "resposta-ilegivel"),
    ],
)
def test_a_failure_has_the_name_of_its_cause(error: BaseException, code: str) -> None:
    assert fault(error, None).code == code


def test_the_api_may_have_only_what_somebody_began_to_read() -> None:
    body = Body(b"{}", lambda: None)
    assert not fault(_wrapped(ConnectionResetError()), body).maybe_arrived
    body.read()
    assert fault(_wrapped(ConnectionResetError()), body).maybe_arrived


def test_time_that_is_up_stops_a_body_before_it_is_begun() -> None:
    def check() -> None:
        raise TimeoutError

    body = Body(b"{}", check)
    with pytest.raises(TimeoutError):
        body.read()
    assert not body.started
