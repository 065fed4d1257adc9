"""The pages for operators tell of what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    root = DOCS.parent
    named = re.findall(r"`((?:openhix|tests|docs)/[\w/.]+)`", text)
    linked = [each for each in re.findall(r"\]\(([^)#]+)\)", text) if not each.startswith("http")]
    missing = [each for each in named if not (root / each).exists()]
    missing += [each for each in linked if not (page.parent / each).exists()]
    assert missing == []
