"""A city dates its notes by its own clock, whatever zone the computer keeps."""

from datetime import UTC, datetime

import pytest

from tests.layouts import amostras


@pytest.mark.parametrize("slug", amostras.SLUGS)
def test_a_note_is_dated_by_the_clock_of_the_city(slug: str) -> None:
    layout, sent = amostras.written(slug, 1)
    city = amostras.city(now=datetime(2026, 11, 23, 1, 30, tzinfo=UTC))
    assert layout.check(sent, city) == ()
    (note,) = layout.parse_answer(layout.answer(sent, (), city).content, sent)
    assert note["data_emissao"] == "2026-11-22T22:30:00-03:00"


@pytest.mark.parametrize("slug", amostras.SLUGS)
def test_today_is_the_day_in_the_city(slug: str) -> None:
    layout = amostras.by_slug(slug)
    tomorrow = amostras.changed(slug, data_emissao="2026-11-23")
    sent = layout.write(tomorrow, amostras.NUMBERING).content
    assert layout.check(sent, amostras.city(now=datetime(2026, 11, 23, 1, 30, tzinfo=UTC)))
