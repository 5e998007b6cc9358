"""What is packed is read by any program that knows the format, and damage never passes."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.model.deflate import codec
from converter.model.packed import pack, pack_for_now, unpack

CONTENTS = st.binary(max_size=2000) | st.text("ab é<>", max_size=5000).map(str.encode)


@given(CONTENTS)
def test_what_is_packed_is_zlibs_to_read_and_the_other_way_round(content: bytes) -> None:
    assert zlib.decompress(pack_for_now(content)) == content
    assert unpack(pack(content)) == content


@given(CONTENTS.filter(bool), st.data())
def test_a_part_of_what_was_packed_is_refused(content: bytes, data: st.DataObject) -> None:
    packed = pack(content)
    cut = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(codec.error):
        unpack(packed[:cut])
