"""Blocks that no letter can print are refused, with the place and the reason."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import gettext_lazy

from openhix.correspondence import content
from openhix.correspondence.content import BadContent
from openhix.correspondence.tests.sheets import BLOCKS


def test_every_kind_of_block_is_well_formed() -> None:
    content.check(BLOCKS)
    assert {block["type"] for block in BLOCKS} == set(content._CHECKS)


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ({"type": "picture"}, "block 2: unknown type or missing part: 'picture'"),
        ({"text": "no type"}, "block 2: unknown type or missing part: 'type'"),
        ({"type": "heading"}, "block 2: unknown type or missing part: 'text'"),
        (content.paragraph("  "), r"block 2 \(paragraph\): text is empty"),
        (content.paragraph(gettext_lazy("Letters")), "translate it before it is sent"),  # type: ignore[arg-type]
        (content.paragraph(12), "text is int, not text"),  # type: ignore[arg-type]
        (content.items([]), "items is not a list with something in it"),
        (content.important("", "text"), "title is empty"),
        (content.table(caption="c", head=["a", "b"], rows=[["1"]]), "a row has 1 cells, not 2"),
        (content.table(caption="c", head=["a"], rows=[]), "rows is empty"),
        (content.figures([]), "rows is empty"),
        (content.figures([("a", "")]), "a row is empty"),
        (content.story(""), "sentence is empty"),
        (content.story("a", because=[{"sentence": "b"}]), "missing part: 'law'"),
    ],
)
def test_a_block_that_cannot_be_printed_is_refused(block: dict[str, Any], says: str) -> None:
    with pytest.raises(BadContent, match=says):
        content.check([content.heading("first"), block])


def test_a_letter_without_a_block_is_refused() -> None:
    with pytest.raises(BadContent, match="at least one block"):
        content.check([])


def test_a_story_has_an_end() -> None:
    told: dict[str, Any] = {"sentence": "deep", "law": "", "because": []}
    for _level in range(content.DEEPEST):
        told = {"sentence": "deep", "law": "", "because": [told]}
    with pytest.raises(BadContent, match="more than 12 levels"):
        content.check([{"type": "story", **told}])
