"""The pictures and pages for operators tell of what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_picture_of_the_records_shows_each_of_them() -> None:
    """With the mark of those that only grow. Who fails here has made a record, or changed what may happen to it."""
    drawn = set(
        re.findall(r'font-weight="700" fill="#1b1b1b">([^<]+)</text>', (DOCS / "records.svg").read_text("utf-8"))
    )
    ours = [model for model in apps.get_models() if model.__module__.startswith("openhix.")]
    assert drawn == {model.__name__ + (" ●" if getattr(model, "append_only", False) else "") for model in ours}


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    root = DOCS.parent
    named = re.findall(r"`((?:openhix|tests|docs)/[\w/.]+)`", text)
    linked = [each for each in re.findall(r"\]\(([^)#]+)\)", text) if not each.startswith("http")]
    missing = [each for each in named if not (root / each).exists()]
    missing += [each for each in linked if not (page.parent / each).exists()]
    assert missing == []
