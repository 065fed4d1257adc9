"""Family ties: what relationships tell, what is asked beside them, and the page that asks."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from openhix.application import rules
from openhix.application.answers import Answers, PersonAnswers, Relationship, TaxRole
from openhix.application.rules import ties
from openhix.application.tests.households import ana, child, filled
from openhix.application.tests.walking import Walker, answers_now, errors
from openhix.kernel.tests.case_tables import Case, read

FAMILY = "/application/family/"
_PERSON = re.compile(
    r"(?P<relationship>\w+) (?P<age>\d+)(?: parents (?P<parents>[\d+]+))?(?: married to (?P<spouse>\d))?"
    r"(?: claimed by (?P<claimant>\d))?"
)


def household(words: str) -> Answers:
    return Answers(seeks_help=True, people=[person(at, each) for at, each in enumerate(words.split("; "), start=1)])


def person(number: int, words: str) -> PersonAnswers:
    found = _PERSON.fullmatch(words)
    assert found, words
    return PersonAnswers(
        key=f"p{number}",
        last_name=f"Person{number}",
        birth_date=date(2026 - int(found["age"]), 1, 1),
        relationship=Relationship(found["relationship"]),
        parents=[f"p{each}" for each in found["parents"].split("+")] if found["parents"] else None,
        married_to=f"p{found['spouse']}" if found["spouse"] else None,
        tax_role=TaxRole.DEPENDENT if found["claimant"] else TaxRole.FILER,
        claimed_by=f"p{found['claimant']}" if found["claimant"] else "",
    )


def numbers(people: list[PersonAnswers]) -> str:
    return ", ".join(each.key[1:] for each in people) or "-"


@pytest.mark.parametrize("case", read(Path(rules.__file__).parent / "ties.cases.md"), ids=lambda case: case.id)
def test_case(case: Case) -> None:
    answers = household(case.given["people"])
    found = {
        "parents": ", ".join(
            f"{each.key[1:]}: {'+'.join(key[1:] for key in parents)}"
            for each in answers.people
            if (parents := ties.parents(each, answers))
        )
        or "-",
        "asked": numbers(ties.asked_for_parents(answers)),
        "spouses": ", ".join(
            f"{each.key[1:]}+{spouse[1:]}"
            for each in answers.people
            if (spouse := ties.spouse(each, answers)) and each.key < spouse
        )
        or "-",
        "unsure": numbers(ties.unsure_of_spouse(answers)),
        "cared for": numbers(ties.asked_for_caretaker(answers)),
    }
    assert {name: found[name] for name in case.expected} == dict(case.expected)


def with_a_partner() -> Answers:
    """Ana, her child, the child's father, to whom she is not married, and his sister."""
    answers = ana()
    for key, name in (("p3", "Caio"), ("p4", "Dora")):
        other = child(key, name, born=date(1984, 1, 1))
        other.relationship, other.tax_role, other.claimed_by = Relationship.OTHER, TaxRole.FILER, ""
        answers.add(other)
    answers.people.insert(1, child("p2", "Bia"))
    return answers


@pytest.mark.django_db
def test_a_family_that_relationships_tell_is_not_asked() -> None:
    account, _household, _draft = filled(ana())
    assert "Family ties" not in Walker(account).text("/application/")


@pytest.mark.django_db
def test_the_page_asks_what_is_open_and_keeps_what_was_typed() -> None:
    account, household, _draft = filled(with_a_partner())
    walker = Walker(account)
    assert "Which of these people is a parent of Bia Silva?" in walker.text(FAMILY)
    refused = walker.send(FAMILY, {"spouse-p3": "none"})
    assert errors(refused) == {
        "parents-p2": "Check at least one box.",
        "spouse-p4": "Say if Dora is married to someone on this application.",
    }
    assert answers_now(household) == with_a_partner()
    walker.saved(FAMILY, {"parents-p2": "p3", "spouse-p3": "none", "spouse-p4": "none"})
    saved = answers_now(household)
    assert (saved.person("p2").parents, saved.person("p3").married_to) == (["p3"], "")
    assert 'value="p3" checked' in walker.text(FAMILY)
    assert "Caio Silva" in walker.text("/application/review/").partition("Parents of Bia Silva")[2][:80]


@pytest.mark.django_db
def test_of_two_who_are_married_it_is_enough_that_one_says_so() -> None:
    account, household, _draft = filled(with_a_partner())
    Walker(account).saved(FAMILY, {"parents-p2": "none", "spouse-p3": "p4"})
    assert [answers_now(household).person(key).married_to for key in ("p3", "p4")] == ["p4", "p3"]


@pytest.mark.django_db
def test_two_who_say_different_things_are_asked_again() -> None:
    account, _household, _draft = filled(with_a_partner())
    answer = Walker(account).send(FAMILY, {"parents-p2": "none", "spouse-p3": "p4", "spouse-p4": "none"})
    assert errors(answer) == {"spouse-p3": "Dora must also be shown as married to Caio."}


def test_who_leaves_is_nobodys_parent_spouse_or_caretaker() -> None:
    answers = with_a_partner()
    answers.person("p2").parents, answers.person("p2").caretaker = ["p3"], "p3"
    answers.person("p4").married_to = "p3"
    answers.remove("p3")
    assert (answers.person("p2").parents, answers.person("p2").caretaker) == (None, "")
    assert answers.person("p4").married_to is None
