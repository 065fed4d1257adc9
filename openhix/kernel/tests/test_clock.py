"""The clock tells Massachusetts' time, or the time of the source that was installed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from openhix.kernel import clock


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Whatever a test installs, the next one finds the clock as it was."""
    before = clock._now
    yield
    clock.install(before)


def test_without_a_source_it_is_now_in_massachusetts() -> None:
    clock.install(clock._real)
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 5
    assert clock.now().tzinfo is clock.MASSACHUSETTS


def test_an_installed_source_tells_the_time() -> None:
    clock.install(lambda: datetime(2025, 11, 15, 23, 30, tzinfo=clock.MASSACHUSETTS))
    assert clock.today() == date(2025, 11, 15)
    assert clock.now().astimezone(UTC).date() == date(2025, 11, 16)
