"""The cases of rules/limits.py: who has the rules' answer, and who is left to the staff for which reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openhix.application.answers import EmployerOffer, Income, IncomeSource, Period, PersonAnswers, Status, TaxRole
from openhix.eligibility import rules
from openhix.eligibility.decision import decide
from openhix.eligibility.rules.limits import RETIRED, Limit
from openhix.eligibility.rules.program import Program
from openhix.eligibility.tests.applications import answers, person
from openhix.eligibility.tests.households_in_words import silver_shelf
from openhix.kernel import cents, periods
from openhix.kernel.tests.case_tables import Case, read
from openhix.law.tables import Law
from openhix.plans.shelf import shipped

CASES = read(Path(rules.__file__).parent / "limits.cases.md")
BY_FACTS_ALONE = {Limit.BENCHMARK}  # needs a shelf without silver plans: see below
ROLES = {
    "not_filing": (TaxRole.NOT_FILING, ""),
    "separate": (TaxRole.SEPARATE_FILER, ""),
    "excused": (TaxRole.SEPARATE_FILER, ""),
    "files": (TaxRole.FILER, ""),
    "outside": (TaxRole.DEPENDENT, "outside"),
    "outside_parent": (TaxRole.DEPENDENT, "outside_parent"),
    "dependent_of_p2": (TaxRole.DEPENDENT, "p2"),
}
COVERAGE = {"medicare", "tricare", "va", "masshealth", "employer", "other"}
ELSEWHERE = "elsewhere"  # on another household's application too: known beside the answers
SIMPLE: dict[str, dict[str, Any]] = {
    "not_applying": {"applying": False},
    "disabled": {"disabled": True, "disability_found": True},
    "not_found_disabled": {"disabled": True},
    "foster": {"former_foster_care": True},
    "excused": {"separate_excused": True},
    "of_p2": {"parents": ["p2"]},
    "of_p3": {"parents": ["p3"]},
    "cared_for": {"caretaker": "p1"},
    "tribal": {"tribal_member": True},
    "jail": {"incarcerated": True},
    "expecting": {"expecting": 1},
    "offer_unknown": {"employer_offer": EmployerOffer()},
    "other_status": {"status": Status.OTHER},
}


def person_in_words(key: str, words: str, month: date) -> PersonAnswers:
    """`spouse 38 $30,000 disabled`: relationship, age on the first day, income and whatever else is said."""
    relationship, age, *rest = words.split()
    told: dict[str, Any] = {}
    source: IncomeSource | None = IncomeSource.JOB
    for word in rest:
        if word.startswith("$") and source is None:
            told["employer_offer"] = EmployerOffer(self_cents=cents.parse(word))
        elif word.startswith("$") and source is not None:
            told["incomes"] = [Income(source, cents.parse(word), Period.YEAR)]
        elif word == "offer":
            source = None
        elif word == "for_one":
            told["employer_offer"] = replace(told["employer_offer"], for_family=False)
        elif word in ROLES:
            told["tax_role"], told["claimed_by"] = ROLES[word]
            told.update(SIMPLE.get(word, {}))
        elif word in COVERAGE:
            told["other_coverage"] = [word]
        elif word == ELSEWHERE:
            continue
        elif word in SIMPLE:
            told.update(SIMPLE[word])
        elif word in set(IncomeSource):
            source = IncomeSource(word)
        else:
            told["status"] = Status(word)
    return person(key, month.replace(year=month.year - int(age)), relationship, **told)


def answered(case: Case) -> list[str]:
    month = periods.parse_month(case.given["month"])
    words = {f"p{number}": each for number, each in enumerate(case.given["people"].split(";"), start=1)}
    people = [person_in_words(key, each.strip(), month) for key, each in words.items()]
    told = answers(*people, zip=case.given["zip"], seeks_help=case.given["help"] == "yes")
    elsewhere = frozenset(key for key, each in words.items() if ELSEWHERE in each.split())
    decision = decide(told, law=Law(month), shelf=shipped(month.year), elsewhere=elsewhere)
    return [
        "not_applying" if not each.applying else each.program.code if each.program else each.undecided[0].code
        for each in decision.people
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case) -> None:
    assert answered(case) == [each.strip() for each in case.expected["answers"].split(";")]


@pytest.mark.parametrize("limit", set(Limit) - BY_FACTS_ALONE - RETIRED)
def test_every_limit_has_a_case(limit: Limit) -> None:
    assert any(limit.code in case.expected["answers"].replace(";", " ").split() for case in CASES)


def test_without_a_benchmark_no_credit_is_guessed() -> None:
    law = Law(date(2026, 1, 1))
    told = answers(person("p1", date(1986, 1, 1), dollars=30_000), person("p2", date(2020, 1, 1), "child"))
    decision = decide(told, law=law, shelf=silver_shelf(law, "none"))
    assert [each.undecided for each in decision.people] == [(Limit.BENCHMARK,), ()]
    assert decision.people[1].program is Program.MASSHEALTH_STANDARD
    assert [each.monthly_credit for each in decision.tax_households] == [None]
