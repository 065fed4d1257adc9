"""Codes are integers in a column, words for people, names in files."""

from openhix.kernel.codes import Code


class Color(Code):
    RED = 1, "red as a brick"
    DARK_BLUE = 2, "dark blue"


def test_a_code_is_its_integer_and_carries_its_words() -> None:
    assert [int(color) for color in Color] == [1, 2]
    assert [color for color in Color if color == 2] == [Color.DARK_BLUE]
    assert (Color.DARK_BLUE.code, Color.DARK_BLUE.label) == ("dark_blue", "dark blue")
