from converter.watching.settling import QUIET, QUIET_TEXT, Settling, Shape

BOOK, TEXT = "notas.xlsx", "notas.csv"


def test_a_file_that_grows_is_left_alone_until_it_rests() -> None:
    files = Settling()
    for second in range(100):
        assert files.look({BOOK: Shape(second, 0)}, second) == ()
    assert files.look({BOOK: Shape(99, 0)}, 99 + QUIET - 1) == ()
    assert files.look({BOOK: Shape(99, 0)}, 99 + QUIET) == (BOOK,)


def test_a_copy_that_stalls_for_ten_seconds_is_still_being_copied() -> None:
    files = Settling()
    assert files.look({BOOK: Shape(5, 0)}, 0) == ()
    assert files.look({BOOK: Shape(5, 0)}, 10) == ()
    assert files.look({BOOK: Shape(9, 0)}, 11) == ()
    assert files.look({BOOK: Shape(9, 0)}, 11 + QUIET) == (BOOK,)


def test_text_rests_longer_because_half_of_it_reads_like_the_whole() -> None:
    files = Settling()
    files.look({TEXT: Shape(5, 0)}, 0)
    assert files.look({TEXT: Shape(5, 0)}, QUIET_TEXT - 1) == ()
    assert files.look({TEXT: Shape(5, 0)}, QUIET_TEXT) == (TEXT,)


def test_a_file_taken_comes_again_only_when_it_changes() -> None:
    files = Settling()
    files.look({BOOK: Shape(5, 0)}, 0)
    files.look({BOOK: Shape(5, 0)}, QUIET)
    files.take([BOOK])
    assert files.look({BOOK: Shape(5, 0)}, 1000) == ()
    assert files.still == (BOOK,)
    assert files.look({BOOK: Shape(5, 1)}, 1001) == ()
    assert files.look({BOOK: Shape(5, 1)}, 1001 + QUIET) == (BOOK,)


def test_a_file_that_could_not_be_read_comes_again_after_a_while() -> None:
    files = Settling()
    files.look({BOOK: Shape(5, 0)}, 0)
    assert files.look({BOOK: Shape(5, 0)}, QUIET) == (BOOK,)
    files.later([BOOK])
    assert files.look({BOOK: Shape(5, 0)}, QUIET + 1) == ()
    assert files.look({BOOK: Shape(5, 0)}, 2 * QUIET) == (BOOK,)


def test_a_file_that_left_and_returned_is_a_new_one() -> None:
    files = Settling()
    files.look({BOOK: Shape(5, 0)}, 0)
    files.look({BOOK: Shape(5, 0)}, QUIET)
    files.take([BOOK])
    files.look({}, QUIET + 1)
    assert files.look({BOOK: Shape(5, 0)}, QUIET + 2) == ()
    assert files.look({BOOK: Shape(5, 0)}, QUIET + 2 + QUIET) == (BOOK,)
