"""Counties by ZIP code, as the CMS Marketplace API has them."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from openhix.kernel import clock
from openhix.law.tables import MissingLaw
from openhix.plans import cms
from openhix.plans.geography import Geography, NotFound, OutsideMassachusetts, Place, UnknownZip

STATE = "MA"
NO_SUCH_STATE = "state is not a valid marketplace state"
A_DAY = "public, max-age=86400"  # the table comes with the program

router = Router(tags=["CMS Marketplace API"])

Zip = Annotated[str, Path(description="A ZIP code, or the first one to four digits of one.", examples=["01002"])]
Year = Annotated[
    int | None, Query(ge=2014, le=2100, description="The plan year; this year's when left out.", examples=[2026])
]
Key = Annotated[str | None, Query(description="Taken and not looked at: no key is needed.")]


class County(BaseModel):
    """One county in which a ZIP code lies."""

    zipcode: str = Field(examples=["01002"])
    name: str = Field(examples=["Hampshire County"])
    fips: str = Field(examples=["25015"])
    state: str = Field(examples=[STATE])

    @classmethod
    def of(cls, place: Place) -> County:
        return cls(zipcode=place.zip, name=f"{place.county} County", fips=place.county_fips, state=STATE)


class Counties(BaseModel):
    """Every county of the ZIP codes, in the order of ZIP code and county."""

    counties: list[County]


@router.get(
    "/by/zip/{zipcode}",
    response={200: Counties, (400, 404, 429, 500): cms.ErrorBody},
    url_name="api-counties",
    summary="The counties of a ZIP code",
)
def counties(
    request: HttpRequest, response: HttpResponse, zipcode: Zip, year: Year = None, apikey: Key = None
) -> Counties:
    """A ZIP code may lie in several counties; the estimate needs to know which. Of Massachusetts alone."""
    try:
        found = Geography.shipped(year or clock.today().year).beginning(zipcode)
    except MissingLaw as error:
        raise cms.Refused(cms.Kind.INVALID, "year: there is no law of this year.") from error
    except OutsideMassachusetts as error:
        raise cms.Refused(cms.Kind.INVALID, NO_SUCH_STATE) from error
    except UnknownZip as error:
        raise cms.Refused(cms.Kind.COUNTY_NOT_FOUND, str(error)) from error
    except NotFound as error:
        raise cms.Refused(cms.Kind.INVALID, f"zipcode: {error}") from error
    response["Cache-Control"] = A_DAY
    return Counties(counties=[County.of(place) for place in found])
