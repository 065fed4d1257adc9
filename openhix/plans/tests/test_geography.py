"""Where people live: every ZIP code of Massachusetts, and what is said of the others."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhix.law.tables import Law
from openhix.plans.geography import (
    COUNTIES,
    CountyNeeded,
    Geography,
    NotAZip,
    NotFound,
    OutsideMassachusetts,
    UnknownZip,
    WrongCounty,
)

HERE = Geography.shipped()


def test_every_zip_lies_in_a_rating_area_and_in_its_counties() -> None:
    areas = Law(date(2026, 1, 1)).rating_areas
    assert len({place.zip for place in HERE.places}) == 713
    assert [place.index for place in HERE.places] == list(range(742))
    assert HERE.places == tuple(sorted(HERE.places, key=lambda place: (place.zip, place.county_fips)))
    assert {place.county for place in HERE.places} == set(COUNTIES.values())
    for place in HERE.places:
        assert place.rating_area == areas.of_zip(place.zip)
        assert HERE.find(place.zip, place.county_fips) is HERE.find(place.zip, place.county) is place


@pytest.mark.parametrize(
    ("zip", "county", "area"),
    [
        ("02118", "Suffolk", 5),
        ("01103", "Hampden", 1),
        ("01608", "Worcester", 2),
        ("01701", "Middlesex", 3),
        ("01970", "Essex", 4),
        ("02360", "Plymouth", 6),
        ("02601", "Barnstable", 7),
        ("02554", "Nantucket", 7),
        ("02713", "Dukes", 6),  # Cuttyhunk: an island of Dukes with a prefix of Bristol's
        ("01005", "Worcester", 1),  # Barre: Worcester County with a prefix of the west
        ("02212", "Suffolk", 5),
    ],
)
def test_places_that_one_knows(zip: str, county: str, area: int) -> None:
    place = HERE.find(zip)
    assert (place.county, place.rating_area) == (county, area)


def test_a_zip_in_several_counties_needs_the_county() -> None:
    shared = {place.zip for place in HERE.places if len(HERE.of_zip(place.zip)) > 1}
    assert len(shared) == 27
    for zip in shared:
        with pytest.raises(CountyNeeded) as told:
            HERE.find(zip)
        assert told.value.choices == tuple(place.county for place in HERE.of_zip(zip))
        assert all(HERE.find(zip, county).county == county for county in told.value.choices)
    with pytest.raises(CountyNeeded, match="say which of Middlesex, Norfolk, Suffolk"):
        HERE.find("02467", " ")


@pytest.mark.parametrize("county", ["Hampshire", "HAMPSHIRE", " hampshire county ", "Hampshíre", "25015"])
def test_a_county_is_found_however_it_is_written(county: str) -> None:
    assert HERE.find("01002", county).county_fips == "25015"


@pytest.mark.parametrize("county", ["Suffolk", "Hampshir", "25025", "25", "日本", "x" * 10_000])
def test_a_wrong_county_is_told_the_right_ones(county: str) -> None:
    with pytest.raises(WrongCounty, match=r"is not in .* but in Franklin or Hampshire") as told:
        HERE.find("01002", county)
    assert told.value.choices == ("Franklin", "Hampshire")
    assert len(str(told.value)) < 150


@pytest.mark.parametrize(
    ("zip", "error", "says"),
    [
        ("", NotAZip, "five digits"),
        ("2118", NotAZip, "five digits"),
        ("0211 8", NotAZip, "five digits"),
        ("٠٢١١٨", NotAZip, "five digits"),
        ("<script>", NotAZip, "five digits"),
        ("9" * 10_000, NotAZip, "five digits"),
        ("10001", OutsideMassachusetts, "10001 is not in Massachusetts"),
        ("05501", OutsideMassachusetts, "010 to 027"),
        ("02901", OutsideMassachusetts, "02901"),
        ("02799", UnknownZip, "nearest ZIP"),
    ],
)
def test_what_is_said_of_other_zips(zip: str, error: type[NotFound], says: str) -> None:
    with pytest.raises(error, match=says) as told:
        HERE.find(zip)
    assert len(str(told.value)) < 200


def test_the_four_more_digits_are_allowed() -> None:
    assert HERE.find(" 02118-1234 ").zip == "02118"


@given(st.text(max_size=12), st.none() | st.text(max_size=12))
def test_any_text_gives_a_place_or_a_named_error(zip: str, county: str | None) -> None:
    try:
        assert HERE.find(zip, county) in HERE.places
    except NotFound as error:
        assert str(error).endswith(".")
