"""Codes are integers in a column, words for people, names in files."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from openhix.kernel.codes import Code, first_of


class Color(Code):
    RED = 1, "red as a brick"
    DARK_BLUE = 2, "dark blue"


def test_a_code_is_its_integer_and_carries_its_words() -> None:
    assert [int(color) for color in Color] == [1, 2]
    assert [color for color in Color if color == 2] == [Color.DARK_BLUE]
    assert (Color.DARK_BLUE.code, Color.DARK_BLUE.label) == ("dark_blue", "dark blue")


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 99)), max_size=20))
def test_the_first_condition_that_holds_chooses(rows: list[tuple[bool, bool, int]]) -> None:
    first, second, code = (np.array([row[at] for row in rows]) for at in range(3))
    first, second = first.astype(np.bool_), second.astype(np.bool_)
    expected = [7 if row[0] else row[2] if row[1] else int(Color.DARK_BLUE) for row in rows]
    assert first_of([first, second], [7, code], default=Color.DARK_BLUE).tolist() == expected
    assert first_of([first], [Color.RED], default=code).tolist() == [1 if row[0] else row[2] for row in rows]
