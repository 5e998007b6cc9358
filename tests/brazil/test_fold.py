from hypothesis import given
from hypothesis import strategies as st

from converter.brazil.headers import fold, fold_all

LINES = st.text().filter(lambda text: "\n" not in text)


@given(st.lists(LINES, min_size=1))
def test_many_texts_fold_as_each_alone(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]
