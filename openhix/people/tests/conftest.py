from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page leaves its language behind for whoever asks for an address next."""
    with translation.override("en"):
        yield
