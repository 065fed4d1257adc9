"""Eligibility for programs: the estimate in the shape of the CMS Marketplace API, and determinations in our own.

Nothing is stored, and nobody is asked who they are. The site mounts these routes and answers what goes wrong.
"""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Router
from pydantic import BaseModel, Field

from openhix.eligibility.api import estimates
from openhix.eligibility.api.determinations import Determination, DeterminationAsked, Fault, NotTaken, answers
from openhix.eligibility.api.estimates import EstimateAsked, EstimatePlace, Estimates
from openhix.eligibility.rules import months
from openhix.kernel import clock, periods
from openhix.law.tables import Law, MissingLaw, UnknownScenario
from openhix.plans import queries as plans
from openhix.plans.api import NO_SUCH_STATE, STATE, Key
from openhix.plans.cms import ErrorBody, Kind, Refused
from openhix.plans.geography import COUNTIES, Geography, NotFound, Place
from openhix.plans.shelf import NoShelf, Shelf, published_benchmark

households = Router(tags=["CMS Marketplace API"])
determinations = Router(tags=["OpenHIX"])


@households.post(
    "/eligibility/estimates",
    response={200: Estimates, (400, 404, 413, 415, 429, 500): ErrorBody},
    url_name="api-estimates",
    summary="What the people of a tax return may qualify for",
)
def estimate(request: HttpRequest, body: EstimateAsked, apikey: Key = None) -> Estimates:
    """Everyone is taken to live in Massachusetts, to be a citizen, and to have no offer of coverage from a job.

    What the federal API has no place for stands in the field massachusetts.
    """
    if body.place.state != STATE:
        raise Refused(Kind.INVALID, NO_SUCH_STATE)
    if body.market == "SHOP":
        raise Refused(Kind.INVALID, "market: only Individual is served.")
    month = _month(body)
    try:
        law, shelf = Law(month), _prices(Law(month))
        place = _place(body.place, law)
        return estimates.estimates(asked=body.household, place=place, law=law, shelf=shelf)
    except MissingLaw as error:
        raise Refused(Kind.NO_GUIDELINE, f"year: the law of {month.year} is not in yet.") from error


def _month(body: EstimateAsked) -> date:
    """The first month of coverage: that of `effective_date`, else the next that can be had in the year."""
    day = body.household.effective_date
    year = body.year or (day or clock.today()).year
    if day:
        if day.year != year:
            raise Refused(Kind.INVALID, f"household: (effective_date: this is not in {year}.)")
        return day.replace(day=1)
    try:
        return min(months.coverage_month(clock.today(), year), date(year, 12, 1))
    except MissingLaw as error:
        raise Refused(Kind.NO_GUIDELINE, f"year: the law of {year} is not in yet.") from error


def _place(said: EstimatePlace, law: Law) -> Place:
    if said.countyfips not in COUNTIES:
        raise Refused(Kind.COUNTY_NOT_FOUND, "place: (countyfips: there is no such county in Massachusetts.)")
    try:
        return Geography.shipped(law.plan_year).find(said.zipcode, said.countyfips)
    except NotFound as error:
        raise Refused(Kind.INVALID, f"place: (zipcode: {error})") from error


def _prices(law: Law) -> Shelf:
    """The plans on sale; the published benchmark of a year of which none have been loaded. Raises MissingLaw."""
    try:
        return plans.shelf(year=law.plan_year)
    except NoShelf:
        return published_benchmark(law)


class Problem(BaseModel):
    """What is wrong, as RFC 9457 has it; errors are the fields, each by its JSON pointer."""

    type: str = Field(default="about:blank", examples=["about:blank"])
    title: str = Field(examples=["Unprocessable Content"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["Nothing was determined: see errors."])
    errors: list[Fault] = []


@determinations.post(
    "",
    response={200: Determination, (400, 413, 415, 422, 429, 500): Problem},
    url_name="api-determinations",
    summary="What each person of a household qualifies for, and why",
)
def determine(request: HttpRequest, response: HttpResponse, body: DeterminationAsked) -> Determination:
    """The columns, the rules and the refusals of the command openhix determine.

    Amounts are asked for in dollars and answered in cents. Reasons are told in English, Spanish or Portuguese.
    """
    law = _law(body)
    with translation.override(body.language):
        try:
            shelf = _prices(law)
            people = answers(body.household, law=law, shelf=shelf, translate=translation.gettext)
        except MissingLaw as error:
            raise NotTaken(Fault("#/coverage_month", "The law of this month is not in yet.")) from error
    response["Content-Language"] = body.language
    return Determination(
        coverage_month=body.coverage_month,
        scenario=law.scenario.name,
        language=body.language,
        prices="the plans on sale" if shelf.plans else "the published benchmark",
        illustrative=shelf.illustrative,
        people=people,
    )


def _law(body: DeterminationAsked) -> Law:
    try:
        return Law(periods.parse_month(body.coverage_month), body.scenario)
    except UnknownScenario as error:
        raise NotTaken(Fault("#/scenario", str(error))) from error
    except MissingLaw as error:
        raise NotTaken(Fault("#/scenario", "This scenario is about other years.")) from error
    except ValueError as error:
        raise NotTaken(Fault("#/coverage_month", f"{error}.")) from error
