import pytest

from converter.focus.pacing import MARGIN, WINDOW, Pace


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (201, {"rate-limit-remaining": "3", "rate-limit-reset": "40"}, 0),
        (201, {"rate-limit-remaining": "0", "rate-limit-reset": "40"}, 40 + MARGIN),
        (429, {"rate-limit-remaining": "0", "rate-limit-reset": "7"}, 7 + MARGIN),
        (429, {"retry-after": "9"}, 9 + MARGIN),
        (429, {}, WINDOW + MARGIN),
        (429, {"rate-limit-reset": "1795000000"}, WINDOW + MARGIN),
        (429, {"rate-limit-reset": "-5"}, WINDOW + MARGIN),
        (429, {"rate-limit-reset": "nan"}, WINDOW + MARGIN),
        (200, {"rate-limit-remaining": "muitas"}, 0),
        (200, {}, 0),
    ],
)
def test_the_next_request_waits_as_the_headers_say(status, headers, wait):
    pace = Pace(lambda: 1000.0)
    pace.heard(status, headers)
    assert pace.delay() == wait


def test_a_wait_ends_with_the_clock():
    now = [0.0]
    pace = Pace(lambda: now[0])
    pace.heard(429, {"rate-limit-reset": "10"})
    now[0] = 20.0
    assert pace.delay() == 0
