"""Twelve households, one for each way through the law: what each tells, in January 2026 in Boston."""

from __future__ import annotations

from datetime import date

from openhix.application.answers import Answers, EmployerOffer, Status
from openhix.eligibility.tests.applications import answers, person


def at_133_percent_with_a_child() -> Answers:
    """Two people at 133% are $28,129.50 by the guideline of 2025."""
    return answers(
        person("p1", date(1990, 3, 1), dollars=28_000, first_name="Rosa", last_name="Lima"),
        person("p2", date(2016, 5, 1), "child", first_name="Leo", last_name="Lima"),
    )


def alone_on_little() -> Answers:
    return answers(person("p1", date(1990, 3, 1), dollars=18_000, first_name="Sam", last_name="Reed"))


def expecting() -> Answers:
    """190% of the level for two: the child she expects counts."""
    return answers(person("p1", date(1996, 7, 9), dollars=40_000, expecting=1, first_name="Nadia", last_name="Haddad"))


def child_of_parents_with_help() -> Answers:
    return answers(
        person("p1", date(1985, 1, 5), dollars=58_000, first_name="Awa", last_name="Sow"),
        person("p2", date(1984, 2, 6), "spouse", first_name="Ibra", last_name="Sow"),
        person("p3", date(2018, 9, 9), "child", first_name="Bintou", last_name="Sow"),
    )


def found_disabled() -> Answers:
    grace = person("p1", date(1980, 8, 8), dollars=45_000, first_name="Grace", last_name="Kim")
    grace.disabled = grace.disability_found = True
    return answers(grace)


def without_status() -> Answers:
    alone = person("p1", date(1988, 4, 4), dollars=19_000, status=Status.OTHER, no_ssn_reason="not_eligible")
    alone.first_name, alone.last_name = "Carlos", "Mejia"
    return answers(alone)


def child_without_status() -> Answers:
    child = person("p2", date(2014, 6, 1), "child", status=Status.OTHER, no_ssn_reason="not_eligible")
    parent = person("p1", date(1986, 4, 4), dollars=36_000, status=Status.OTHER, no_ssn_reason="not_eligible")
    parent.first_name, parent.last_name, child.first_name, child.last_name = "Marta", "Lopez", "Luis", "Lopez"
    return answers(parent, child)


def connectorcare_2a() -> Answers:
    return answers(person("p1", date(1985, 2, 28), dollars=22_500, first_name="Ana", last_name="Almeida"))


def barred_for_five_years() -> Answers:
    """385% of the level; a green card for less than five years."""
    barred = person("p1", date(1987, 2, 2), dollars=60_000, status=Status.QUALIFIED_BARRED)
    barred.first_name, barred.last_name = "Wei", "Chen"
    return answers(barred)


def above_400_percent() -> Answers:
    """Two people at 401%."""
    return answers(
        person("p1", date(1970, 1, 2), dollars=84_813, first_name="Edith", last_name="Evans"),
        person("p2", date(1969, 3, 4), "spouse", first_name="Earl", last_name="Evans"),
    )


def offered_coverage_by_a_job() -> Answers:
    """$250 a month is within 9.96% of $42,000, which is $348.60."""
    offer = EmployerOffer(self_cents=250_00, for_family=False)
    return answers(
        person("p1", date(1992, 5, 5), dollars=42_000, employer_offer=offer, first_name="Tom", last_name="Byrne")
    )


def member_of_a_tribe() -> Answers:
    return answers(
        person("p1", date(1983, 10, 1), dollars=35_000, tribal_member=True, first_name="June", last_name="Attaquin")
    )


TWELVE = (
    at_133_percent_with_a_child,
    alone_on_little,
    expecting,
    child_of_parents_with_help,
    found_disabled,
    without_status,
    child_without_status,
    connectorcare_2a,
    barred_for_five_years,
    above_400_percent,
    offered_coverage_by_a_job,
    member_of_a_tribe,
)
