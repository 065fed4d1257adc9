"""The days of a proof, and the ten percent of income."""

from datetime import date

from openhix.law.tables import Law


def test_the_days_of_a_proof() -> None:
    for year in (2025, 2026):
        proofs = Law(date(year, 1, 1)).proofs
        assert (proofs.days, proofs.extension, proofs.reminders, proofs.wait) == (90, 90, (30, 7), 1)
        assert proofs.income_tolerance == 1_000
