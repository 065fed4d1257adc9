"""Proofs: how long one has, how long others are waited for, and how far income may differ from what they know."""

from __future__ import annotations

from dataclasses import dataclass

from openhix.kernel import percent
from openhix.law.reading import SHIPPED, Tables


@dataclass(frozen=True)
class Proofs:
    """`days`, after the date of the letter that asks: on the last of them a proof is still in time.

    `extension`: the most days by which that day may be moved. `reminders`: days before it. `wait`: days in which a
    data source may answer before papers are asked for. `income_tolerance`: hundredths of a percent of what others know.
    """

    days: int
    extension: int
    reminders: tuple[int, ...]
    wait: int
    income_tolerance: int

    @classmethod
    def for_year(cls, year: int, tables: Tables = SHIPPED) -> Proofs:
        return cls(
            days=int(tables.table("massachusetts/proof_days").for_year(year)["days"]),
            extension=int(tables.table("massachusetts/proof_extension").for_year(year)["days"]),
            reminders=tuple(map(int, tables.table("massachusetts/proof_reminders").for_year(year)["days_before"])),
            wait=int(tables.table("federal/data_source_wait").for_year(year)["days"]),
            income_tolerance=percent.parse(
                tables.table("massachusetts/reasonable_compatibility").for_year(year)["percent"]
            ),
        )
