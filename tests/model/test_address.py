from converter.model.address import column_of, letters_of


def test_columns_count_as_excel_does() -> None:
    letters = [letters_of(column) for column in (1, 26, 27, 702, 703, 16_384)]
    assert letters == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert [column_of(each) for each in letters] == [1, 26, 27, 702, 703, 16_384]
