"""The example is laid down whole, and never over a file of the user."""

from pathlib import Path

from converter.setup import example


def test_the_example_is_laid_down_once(tmp_path: Path) -> None:
    written = example.lay_down(tmp_path)
    assert {path.name: path.read_bytes() for path in written} == example.files()
    assert len(written) >= 2
    assert example.lay_down(tmp_path) == ()


def test_what_the_user_has_under_that_name_stays(tmp_path: Path) -> None:
    name = next(iter(example.files()))
    (tmp_path / name).write_bytes(b"meu")
    written = example.lay_down(tmp_path)
    assert name not in {path.name for path in written}
    assert (tmp_path / name).read_bytes() == b"meu"
