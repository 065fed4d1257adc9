"""Files of households."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from openhix.eligibility.tests import household_files


@pytest.fixture
def ask(tmp_path: Path) -> household_files.Ask:
    """Determine a file of households in a folder of the test."""
    return partial(household_files.determine, tmp_path)
