"""Files come from people: any bytes get an answer, and no exception but the one announced."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.layouts import by_slug
from converter.layouts.base import AnswerError
from tests.layouts import amostras
from tests.layouts.test_write import SLOW

FILES = {slug: amostras.written(slug)[1] for slug in amostras.SLUGS}
RETURNS = {
    slug: by_slug(slug).answer(content, (), amostras.city()).content
    for slug, content in FILES.items()
}


@st.composite
def mangled(draw: st.DrawFn, content: bytes) -> bytes:
    """A file cut, with a slice repeated or replaced by noise."""
    start = draw(st.integers(0, len(content)))
    end = draw(st.integers(start, len(content)))
    middle = draw(st.binary(max_size=12) | st.just(content[start:end] * 2) | st.just(b"\r\n"))
    return content[:start] + middle + content[end:]


@pytest.mark.parametrize("slug", amostras.SLUGS)
@given(data=st.data())
@settings(SLOW, max_examples=80)
def test_any_file_is_checked_and_answered(slug: str, data: st.DataObject) -> None:
    layout = by_slug(slug)
    content = data.draw(st.binary(max_size=60) | mangled(FILES[slug]))
    errors = layout.check(content, amostras.city())
    returned = layout.answer(content, errors, amostras.city())
    refused = any(not error.alerta for error in errors)
    with suppress(AnswerError):
        statuses = layout.parse_answer(returned.content, content)
        assert {"erro_autorizacao"} >= {s["status"] for s in statuses} or not refused


@pytest.mark.parametrize("slug", amostras.SLUGS)
@given(data=st.data())
@settings(SLOW, max_examples=80)
def test_any_return_is_read_or_refused(slug: str, data: st.DataObject) -> None:
    returned = data.draw(st.binary(max_size=60) | mangled(RETURNS[slug]))
    with suppress(AnswerError):
        statuses = by_slug(slug).parse_answer(returned, FILES[slug])
        assert len(statuses) == 2


@pytest.mark.parametrize("slug", amostras.SLUGS)
@given(data=st.data())
@settings(SLOW, max_examples=40)
def test_any_file_is_described_or_is_a_value_error(slug: str, data: st.DataObject) -> None:
    content = data.draw(st.binary(max_size=60) | mangled(FILES[slug]))
    with suppress(ValueError):
        assert isinstance(by_slug(slug).describe(content), tuple)
