"""`openhix estimate`: one household, at the command line. Needs no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from openhix.kernel import cents, percent
from openhix.kernel.story import Told
from openhix.law.tables import CURRENT_LAW, MissingLaw, scenarios
from openhix.plans.geography import Geography, NotFound
from openhix.shopping import queries
from openhix.shopping.offers import LeftOut, Offer, by_price
from openhix.shopping.queries import ASSUMED, Estimate, PersonAnswer
from openhix.site.cli.shelves import coverage_month_or_default, shelf_for

MOST_PEOPLE = 20
OLDEST = 120
CHEAPEST = 5
ASSUMED_ROLES = (
    "The first person files the tax return; a second of 19 or older is the spouse, filing jointly; "
    "everyone else is a dependent child."
)


@click.command()
@click.option("--zip", "zip_code", required=True, help="Home ZIP code, such as 02118.")
@click.option("--county", help="Needed where the ZIP code lies in two counties.")
@click.option("--ages", required=True, help="Ages, the person who files first: 40,38,6.")
@click.option("--income", required=True, help="Household income for the year in dollars: 60000.")
@click.option("--pregnant", default="", help="Children expected by each person, in the order of the ages: 0,1,0.")
@click.option(
    "--coverage-month", help="First month of coverage, such as 2026-01 (default: January of the newest shelf)."
)
@click.option("--shelf", type=click.Path(path_type=Path), help="A folder with another shelf of plans.")
@click.option("--scenario", type=click.Choice(scenarios()), default=CURRENT_LAW, help="Another law than it is.")
@click.option("--no-help", is_flag=True, help="Do not look at help paying: full price.")
@click.option("--why", is_flag=True, help="Tell the story of each answer, with the law.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def estimate(
    zip_code: str,
    county: str | None,
    ages: str,
    income: str,
    pregnant: str,
    coverage_month: str | None,
    shelf: Path | None,
    scenario: str,
    no_help: bool,
    why: bool,
    as_json: bool,
) -> None:
    """What each person may qualify for, the help, and the five cheapest plans."""
    month = coverage_month_or_default(coverage_month)
    try:
        answer = queries.estimate(
            people=_people(ages, pregnant),
            place=Geography.shipped().find(zip_code, county),
            income_cents=_income(income),
            coverage_month=month,
            shelf=shelf_for(month, shelf),
            seeks_help=not no_help,
            scenario=scenario,
        )
    except NotFound as error:
        raise click.BadParameter(str(error), param_hint="--zip/--county") from error
    except MissingLaw as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(_data(answer, why), indent=2, ensure_ascii=False))
    else:
        _print(answer, why)


def _numbers(text: str, option: str, most: int) -> list[int]:
    numbers = []
    for each in text.split(","):
        word = each.strip()
        if not (word.isascii() and word.isdecimal() and int(word[:9]) <= most and len(word) < 9):
            raise click.BadParameter(f"{word[:20]!r} is not a whole number from 0 to {most}.", param_hint=option)
        numbers.append(int(word))
    return numbers


def _people(ages: str, pregnant: str) -> tuple[queries.EstimatePerson, ...]:
    years = _numbers(ages, "--ages", OLDEST)
    if len(years) > MOST_PEOPLE:
        raise click.BadParameter(f"At most {MOST_PEOPLE} people.", param_hint="--ages")
    expecting = _numbers(pregnant, "--pregnant", 9) if pregnant else []
    if len(expecting) > len(years):
        raise click.BadParameter("There are more numbers here than ages.", param_hint="--pregnant")
    return queries.assumed_people(years, expecting)


def _income(text: str) -> int:
    try:
        return cents.parse(text)
    except cents.NotMoney as error:
        raise click.BadParameter(
            f"{text[:20]!r} is not an amount of dollars, such as 60000 or 1,234.56.", param_hint="--income"
        ) from error


def _print(answer: Estimate, why: bool) -> None:
    place, scenario = answer.place, answer.law.scenario
    if not scenario.is_current_law:
        click.echo(f"Not the law as it is: {scenario.title}.\nIllustrative: {scenario.illustrative}\n")
    click.echo(
        f"{place.zip} {place.county} County, rating area {place.rating_area}; coverage from {answer.law.coverage_month}"
    )
    for at, person in enumerate(answer.people):
        click.echo(f"  {_who(answer, at) + ':':43} {_program(person)}")
    click.echo()
    income, share = cents.dollars(answer.household_income), percent.text(answer.fpl_percent)
    click.echo(f"Income {income} a year is {share}% of the poverty level.")
    expected = answer.expected_contribution if answer.benchmark_premium is not None else None
    for label, amount in (
        ("Benchmark plan", answer.benchmark_premium),
        ("You are expected to pay", expected),
        ("Tax credit", answer.monthly_credit),
    ):
        if amount is not None:
            click.echo(f"{label}: {cents.dollars(amount)} a month")
    if answer.health:
        click.echo(f"\nThe {CHEAPEST} cheapest plans of {len(answer.health)}, by the month, for those who need one:")
        for offer in _cheapest(answer):
            click.echo(
                f"  {cents.dollars(offer.price):>11}  {offer.plan.name} ({offer.plan.carrier.name}){_note(offer)}"
            )
    if any(offer.plan.illustrative for offer in answer.health):
        click.echo("  Premiums are illustrative: they are not the carriers' own, which are not published.")
    for left_out in answer.left_out:
        click.echo(f"  Left out: {left_out.plan.name} has no price {_unpriced(answer, left_out)}.")
    if why:
        for at in range(len(answer.people)):
            click.echo(f"\nWhy, for {_who(answer, at)}:")
            _tell(answer, answer.story(at), at, 1)
    click.echo("\nAssumed:")
    for sentence in (ASSUMED_ROLES, *ASSUMED):
        click.echo(f"  {sentence}")


def _cheapest(answer: Estimate) -> list[Offer]:
    return sorted(answer.health, key=by_price)[:CHEAPEST]


def _who(answer: Estimate, at: int) -> str:
    person = answer.people[at].person
    return f"person {at + 1}, {person.age}, {person.tax_role.label}"


def _unpriced(answer: Estimate, left_out: LeftOut) -> str:
    if left_out.person is None:
        return "at the age at which ConnectorCare plans are compared"
    return f"for {_who(answer, left_out.person)}"


def _program(person: PersonAnswer) -> str:
    if person.contribution is None:
        return person.program.label
    return f"{person.plan_type.label}, from {cents.dollars(person.contribution)} a month"


def _note(offer: Offer) -> str:
    parts = [f"premium {cents.dollars(offer.premium)}"]
    if offer.credit:
        parts.append(f"credit {cents.dollars(offer.credit)}")
    if offer.subsidy:
        parts.append(f"ConnectorCare subsidy {cents.dollars(offer.subsidy)}")
    return ": " + ", ".join(parts)


def _tell(answer: Estimate, told: Told, person: int, depth: int) -> None:
    other = f"{_who(answer, told.row)}: " if told.entity == "person" and told.row != person else ""
    click.echo(f"{'  ' * depth}- {other}{told.sentence()} [{told.cites}]")
    for reason in told.reasons():
        _tell(answer, reason, person, depth + 1)


def _dollars(amount: int | None) -> float | None:
    return None if amount is None else amount / 100


def _data(answer: Estimate, why: bool) -> dict[str, Any]:
    return {
        "zip": answer.place.zip,
        "county": answer.place.county,
        "county_fips": answer.place.county_fips,
        "rating_area": answer.place.rating_area,
        "scenario": answer.law.scenario.name,
        "coverage_month": answer.law.coverage_month.isoformat()[:7],
        "people": [_person_data(answer, at, why) for at in range(len(answer.people))],
        "household_income": _dollars(answer.household_income),
        "fpl_percent": answer.fpl_percent / 100,
        "benchmark_premium": _dollars(answer.benchmark_premium),
        "expected_contribution": _dollars(answer.expected_contribution),
        "monthly_credit": _dollars(answer.monthly_credit),
        "plans": [_offer_data(offer) for offer in _cheapest(answer)],
        "plans_offered": len(answer.health),
        "left_out": [
            {"plan": each.plan.id, "person": None if each.person is None else each.person + 1}
            for each in answer.left_out
        ],
        "assumed": [ASSUMED_ROLES, *ASSUMED],
    }


def _person_data(answer: Estimate, at: int, why: bool) -> dict[str, Any]:
    person = answer.people[at]
    data = {
        "age": person.person.age,
        "tax_role": person.person.tax_role.code,
        "program": person.program.code,
        "plan_type": person.plan_type.code if person.plan_type else None,
        "contribution": _dollars(person.contribution),
    }
    return {**data, "why": answer.story(at).as_data()} if why else data


def _offer_data(offer: Offer) -> dict[str, Any]:
    return {
        "id": offer.plan.id,
        "name": offer.plan.name,
        "carrier": offer.plan.carrier.name,
        "tier": offer.plan.tier,
        "premium": _dollars(offer.premium),
        "credit": _dollars(offer.credit),
        "connectorcare_subsidy": _dollars(offer.subsidy),
        "price": _dollars(offer.price),
        "connectorcare": offer.is_connectorcare,
        "illustrative": offer.plan.illustrative,
    }
