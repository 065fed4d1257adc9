"""Where a household lives: its ZIP code, county and rating area. A pure value, read from `data/zip_counties.csv`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from openhix.law.tables import Law

TABLE = Path(__file__).parent / "data" / "zip_counties.csv"

# The federal codes (FIPS) of the fourteen counties.
COUNTIES: dict[str, str] = {
    "25001": "Barnstable",
    "25003": "Berkshire",
    "25005": "Bristol",
    "25007": "Dukes",
    "25009": "Essex",
    "25011": "Franklin",
    "25013": "Hampden",
    "25015": "Hampshire",
    "25017": "Middlesex",
    "25019": "Nantucket",
    "25021": "Norfolk",
    "25023": "Plymouth",
    "25025": "Suffolk",
    "25027": "Worcester",
}

_ZIP = re.compile(r"(\d{5})(?:-\d{4})?", re.ASCII)
_DIGITS = re.compile(r"\d{1,5}", re.ASCII)


class NotFound(ValueError):
    """The place cannot be told from what was given; the message says what to do."""


class NotAZip(NotFound):
    def __init__(self, text: str) -> None:
        super().__init__(f"{text[:20]!r} is not a ZIP code: write five digits, such as 02118.")


class OutsideMassachusetts(NotFound):
    def __init__(self, zip: str) -> None:
        super().__init__(f"ZIP code {zip} is not in Massachusetts, where home ZIP codes begin with 010 to 027.")


class UnknownZip(NotFound):
    def __init__(self, zip: str) -> None:
        super().__init__(f"ZIP code {zip} is not in our list for Massachusetts: check it, or use the nearest ZIP code.")


class CountyNeeded(NotFound):
    """`choices` are the names of the counties in which the ZIP lies."""

    def __init__(self, zip: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"ZIP code {zip} lies in more than one county: say which of {', '.join(choices)}.")
        self.choices = choices


class WrongCounty(NotFound):
    """`choices` are the names of the counties in which the ZIP lies."""

    def __init__(self, zip: str, county: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"ZIP code {zip} is not in {county[:40]!r} but in {' or '.join(choices)}.")
        self.choices = choices


@dataclass(frozen=True, slots=True)
class Place:
    """One ZIP code in one county; `index` is its position in `Geography.places` and in a shelf's arrays."""

    zip: str
    county_fips: str
    county: str
    rating_area: int
    index: int


@lru_cache(1_000)
def county_fips(text: str) -> str | None:
    """The code of a county given by name (`Hampshire`, `hampshire county`) or by code; None when there is no such."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().strip().casefold()
    return _FIPS_BY_NAME.get(plain.removesuffix("county").rstrip())


_FIPS_BY_NAME = {name.casefold(): fips for fips, name in COUNTIES.items()} | {fips: fips for fips in COUNTIES}


class Geography:
    """Every place of Massachusetts, in the order of ZIP and county."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        self.places = places
        self.counties = COUNTIES
        self._by_zip: dict[str, tuple[Place, ...]] = {}
        for place in places:
            self._by_zip[place.zip] = (*self._by_zip.get(place.zip, ()), place)
        self._prefixes = {place.zip[:3] for place in places}

    @staticmethod
    @cache
    def shipped(year: int = 2026) -> Geography:
        """The places of our table, in the rating areas that the law draws for a plan year. Raises MissingLaw."""
        areas = Law(date(year, 1, 1)).rating_areas
        lines = TABLE.read_text(encoding="utf-8").splitlines()
        rows = (line.split(",") for line in lines if line[0].isdigit())
        return Geography(
            tuple(Place(zip, fips, COUNTIES[fips], areas.of_zip(zip), index) for index, (zip, fips) in enumerate(rows))
        )

    def of_zip(self, zip: str) -> tuple[Place, ...]:
        """The places of a ZIP code, one for each county. Raises NotAZip, OutsideMassachusetts, UnknownZip."""
        found = _ZIP.fullmatch(zip.strip())
        if found is None:
            raise NotAZip(zip)
        if found[1] in self._by_zip:
            return self._by_zip[found[1]]
        raise (UnknownZip if found[1][:3] in self._prefixes else OutsideMassachusetts)(found[1])

    def beginning(self, digits: str) -> tuple[Place, ...]:
        """The places of all ZIP codes that begin with some digits. Raises NotAZip, OutsideMassachusetts, UnknownZip."""
        if len(digits) == 5 or not _DIGITS.fullmatch(digits):
            return self.of_zip(digits)
        found = tuple(place for place in self.places if place.zip.startswith(digits))
        if found:
            return found
        raise (UnknownZip if digits[:3] in self._prefixes else OutsideMassachusetts)(digits)

    def find(self, zip: str, county: str | None = None) -> Place:
        """The one place of a ZIP code; where it lies in several counties, the county by name or FIPS tells which.

        Raises NotAZip, OutsideMassachusetts, UnknownZip, CountyNeeded, WrongCounty.
        """
        places = self.of_zip(zip)
        choices = tuple(place.county for place in places)
        if county is None or not county.strip():
            if len(places) > 1:
                raise CountyNeeded(places[0].zip, choices)
            return places[0]
        fips = county_fips(county)
        for place in places:
            if place.county_fips == fips:
                return place
        raise WrongCounty(places[0].zip, county.strip(), choices)
