from __future__ import annotations

from collections.abc import Iterator

import pytest

from openhix.kernel import clock


@pytest.fixture(autouse=True)
def clock_put_back() -> Iterator[None]:
    """Business time as the tests' own clock has it, whatever a test made of it."""
    before = clock._now
    yield
    clock.install(before)
