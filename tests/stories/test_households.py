"""Households that a form is seldom tried with: fifteen people, twins, no Social Security number, two tax filers, names
in four scripts. Each walks all the way to its coverage, or is told who is looked at by staff."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from openhix.application.answers import Answers, PersonAnswers, TaxRole
from openhix.correspondence import pdf
from openhix.eligibility import queries as eligibility
from openhix.eligibility.tests.applications import answers, person
from openhix.people import queries as people
from openhix.people.tests.cast import EVANS
from tests.stories.town import JANUARY, NEW_YEAR, Town

SCRIPTS = [("Łucja", "Żółkiewska"), ("Ελένη", "Παπαδοπούλου"), ("Дмитрий", "Щербаков"), ("李", "小龍")]


def child(number: int, born: date, **other: Any) -> PersonAnswers:
    return person(f"p{number}", born, "child", **other)


def couple(dollars: int) -> list[PersonAnswers]:
    return [person("p1", date(1980, 5, 17), dollars=dollars), person("p2", date(1981, 8, 2), "spouse")]


def fifteen() -> Answers:
    children = [child(number, date(2007 + number, 3, number)) for number in range(3, 16)]
    return answers(*couple(400_000), *children)


def twins() -> Answers:
    born = date(2015, 2, 28)
    named = [child(3, born, first_name="Mia", last_name="Ng"), child(4, born, first_name="Max", last_name="Ng")]
    return answers(*couple(140_000), *named)


def nobody_with_a_number() -> Answers:
    each = couple(90_000)
    each[0].no_ssn_reason, each[1].no_ssn_reason = "religious", "applied"
    return answers(*each)


def in_four_scripts() -> Answers:
    each = [*couple(160_000), child(3, date(2010, 4, 4)), child(4, date(2012, 6, 6))]
    for one, (first, last) in zip(each, SCRIPTS, strict=True):
        one.first_name, one.last_name = first, last
    return answers(*each)


@pytest.mark.parametrize("told", [fifteen, twins, nobody_with_a_number, in_four_scripts])
def test_it_walks_to_its_coverage(town: Town, told) -> None:
    walker = town.family(EVANS)
    application: Answers = told()
    walker.applies(application)
    assert [each.name for each in walker.persons] == [each.name for each in application.people]
    assert "" not in walker.found().values()
    policy = walker.chooses()
    assert policy.price == policy.premium - policy.credit - policy.subsidy
    paper = pdf.render(
        "bill", {**walker.bill().content, "number": "1", "how_to_pay": "https://example.org/how-to-pay/"}
    )
    assert paper.startswith(b"%PDF-")
    walker.pays()
    assert [(first, last) for _who, first, last in walker.covered()] == [(JANUARY, NEW_YEAR)] * len(walker.persons)
    assert walker.balance() == 0


def test_the_fourth_child_under_21_and_later_ones_are_covered_free(town: Town) -> None:
    """45 CFR 147.102(c)(1): no more than the three oldest children under 21 are rated."""
    walker = town.family(EVANS)
    walker.applies(fifteen())
    walker.chooses()
    [standing] = walker.standings()
    assert sum(member.premium == 0 for member in standing.members) == 10
    assert len(walker.persons) == 15


def test_twins_are_two_people_and_found_as_such(town: Town) -> None:
    walker = town.family(EVANS)
    walker.applies(twins())
    assert [each.first_name for each in people.search("2/28/2015")] == ["Max", "Mia"]


@pytest.mark.parametrize("nth", range(4))
def test_a_name_in_any_script_is_found_and_stands_on_the_bill(town: Town, nth: int) -> None:
    walker = town.family(EVANS)
    walker.applies(in_four_scripts())
    walker.chooses()
    name = " ".join(SCRIPTS[nth])
    assert [each.name for each in people.search(name.lower())] == [name]
    assert name in walker.bill().content["people"]


def test_two_tax_filers(town: Town) -> None:
    """A grown child who files alone is on another return than the parents: each return has a credit of its own."""
    grown = person("p3", date(2000, 1, 5), "child", dollars=30_000, tax_role=TaxRole.FILER, claimed_by="")
    walker = town.family(EVANS)
    parents = couple(90_000)
    parents[1].files_with = "p1"
    walker.applies(answers(*parents, grown))
    assert walker.found() == {"Person1": "unsubsidized", "Person2": "unsubsidized", "Person3": "connectorcare"}
    alone = walker.persons[2]
    policy = walker.chooses(who=[alone])
    answer = eligibility.current(walker.household)
    assert answer is not None
    assert policy.credit == min(sum(eligibility.credits(answer).values()), policy.premium) > 0
