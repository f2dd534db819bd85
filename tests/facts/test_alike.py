"""What two texts have in common, found in time in proportion to their length."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.facts import alike as module
from archive.facts.alike import alike


def joined(old: Sequence[str], new: Sequence[str]) -> str:
    """The parts of the two that are the same, after checking that they are where they are said to be."""
    at_old = at_new = 0
    found = ""
    for here, there, size in alike(old, new):
        assert size > 0
        assert (here >= at_old, there >= at_new) == (True, True)
        assert old[here : here + size] == new[there : there + size]
        at_old, at_new = here + size, there + size
        found += "".join(old[here:at_old])
    return found


_TEXT = st.text("甲乙丙丁戊己庚辛壬癸", max_size=40)


@given(_TEXT, _TEXT, st.sampled_from([0, 5, 60]))
def test_what_is_the_same_is_where_it_is_said_to_be(old: str, new: str, most: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "MOST_ALIKE", most)
        joined(old, new)
        assert joined(old, old) == old


def test_long_texts_are_parted_at_what_stands_once_in_each() -> None:
    old = [f"第{number}句。" for number in range(2000)]
    new = [one for number, one in enumerate(old) if number % 10]
    new[100:100] = ["加一句。"]
    assert joined(old, new) == "".join(one for one in new if one != "加一句。")
    # 甲 and 丁 stand once, and 乙丙 over and over.
    assert joined("甲" + "乙丙" * 300 + "丁", "戊甲" + "丙乙" * 300 + "丁") == "甲丁"


def test_what_two_long_texts_begin_and_end_with_is_the_same() -> None:
    old, new = "甲乙" * 1000 + "丙", "甲乙" * 900 + "丁丙"
    assert joined(old, new) == "甲乙" * 900 + "丙"
