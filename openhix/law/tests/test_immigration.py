"""With which immigration status one may buy a plan and have a tax credit."""

from datetime import date

import pytest

from openhix.law.tables import Law

LAWFUL = {"citizen", "qualified", "qualified_barred", "lawfully_present"}


@pytest.mark.parametrize("month", [date(2025, 1, 1), date(2025, 8, 1), date(2025, 9, 1), date(2026, 12, 1)])
def test_who_is_lawfully_present_may_buy_and_may_have_a_credit(month: date) -> None:
    assert Law(month).lawful_presence.may_buy == LAWFUL
    assert Law(month).lawful_presence.credit == LAWFUL
