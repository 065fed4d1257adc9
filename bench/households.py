"""Made-up households for the measurements, as a file has them: of one to five people, of every status."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from openhix.plans.geography import Geography

BLOCK = 50_000
ROLES = np.array(["filer", "joint_filer", "dependent", "not_filing", "separate_filer"])
FILER, JOINT, DEPENDENT, NOT_FILING, SEPARATE = range(5)
IMMIGRATION = ("citizen", "qualified", "qualified_barred", "lawfully_present", "prucol", "other")
COVERAGE = ("none", "medicare", "tricare", "va", "other")


def blocks(households: int) -> Iterator[pl.DataFrame]:
    """The same ones each time, at most BLOCK households in a table."""
    random = np.random.default_rng(2026)
    for first in range(0, households, BLOCK):
        yield _block(first, min(BLOCK, households - first), random)


def write(path: Path, households: int) -> int:
    """A file of them, CSV or Parquet by its name; how many people they are."""
    table = pl.concat(blocks(households))
    if path.suffix == ".parquet":
        table.write_parquet(path)
    else:
        table.write_csv(path)
    return table.height


def _block(first: int, households: int, random: np.random.Generator) -> pl.DataFrame:
    """One to five people each, three on average; the second is a spouse or, seldom, files or lives there apart."""
    sizes = random.integers(1, 6, households)
    household = np.repeat(np.arange(households), sizes)
    people = len(household)
    nth = np.arange(people) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    second = random.choice([JOINT, NOT_FILING, DEPENDENT], people, p=[0.8, 0.1, 0.1])
    role = np.select([nth == 0, nth == 1], [FILER, second], default=DEPENDENT)
    is_head, is_child = nth == 0, role == DEPENDENT
    age = np.where(is_child, random.integers(0, 22, people), random.integers(21, 90, people))
    born = np.datetime64("2025-06-15") - (age * 365.25).astype("timedelta64[D]")
    places = Geography.shipped(2026).places
    place = random.integers(0, len(places), households)[household]
    income = np.select([is_head, ~is_child], [random.integers(0, 150_000, people), random.integers(0, 40_000, people)])

    def some(share: float) -> np.ndarray:
        return random.random(people) < share

    def dollars(share: float, most: int) -> pl.Series:
        return pl.Series(random.integers(50, most, people)).set(pl.Series(~some(share)), None)

    return pl.DataFrame(
        {
            "household_id": "h" + pl.Series(household + first).cast(pl.String),
            "person_id": "p" + pl.Series(nth).cast(pl.String),
            "birth_date": pl.Series(born),
            "zip": pl.Series([each.zip for each in places]).gather(place).set(pl.Series(~is_head), None),
            "county": pl.Series([each.county for each in places]).gather(place).set(pl.Series(~is_head), None),
            "tax_role": pl.Series(ROLES[role]),
            "annual_income": pl.Series(np.where(is_child, np.where(some(0.1), 4_000, 0), income)),
            "monthly_income": dollars(0.1, 9_000),
            "pregnant": pl.Series(some(0.02).astype(np.int64)),
            "immigration": pl.Series(random.choice(IMMIGRATION, people, p=[0.84, 0.06, 0.02, 0.04, 0.01, 0.03])),
            "disabled": pl.Series(some(0.08)),
            "former_foster_care": pl.Series(some(0.01)),
            "tribal_member": pl.Series(some(0.01)),
            "incarcerated": pl.Series(some(0.005)),
            "applying": pl.Series(~some(0.05)),
            "other_coverage": pl.Series(random.choice(COVERAGE, people, p=[0.85, 0.08, 0.02, 0.02, 0.03])),
            "employer_offer": dollars(0.15, 900),
            "employer_family_offer": dollars(0.1, 2_000),
        }
    )
