from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.kill import death
from tests.stories.conftest import shelf, town, transactional_db

__all__ = ["shelf", "town", "transactional_db"]


@pytest.fixture
def armed(transactional_db: None) -> Iterator[None]:
    """Every row that is written counts as a step at which a process may be killed."""
    death.arm()
    yield
    connection.close()
    death.disarm()
