from __future__ import annotations

from collections.abc import Callable

import pytest

from openhix.plans import actions
from openhix.plans.files import SHIPPED


@pytest.fixture
def drain(drain: Callable[[], None]) -> Callable[[], None]:
    """With the plans of 2026 on the shelf for a worker, too."""
    actions.load_shelf(folder=SHIPPED, by="tests")
    return drain
