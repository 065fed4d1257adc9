"""What holds for every application, however odd: an answer or a reason for everyone who applies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from openhix.application.answers import (
    Answers,
    EmployerOffer,
    Income,
    IncomeSource,
    Period,
    PersonAnswers,
    Relationship,
    Status,
    TaxRole,
)
from openhix.eligibility.decision import Decision, decide
from openhix.eligibility.fingerprint import law_and_rules
from openhix.eligibility.rules.limits import Limit
from openhix.eligibility.rules.program import Program
from openhix.eligibility.telling import Reason
from openhix.eligibility.tests.applications import answers, person
from openhix.law.tables import Law, scenarios
from openhix.plans.shelf import shipped

LAW = Law(date(2026, 1, 1))
HELPED = {Program.CONNECTORCARE, Program.CREDIT_ONLY}
INCOMES = st.builds(
    Income,
    source=st.sampled_from(IncomeSource),
    cents=st.integers(0, 200_000_00),
    period=st.sampled_from([Period.MONTH, Period.YEAR]),
)


def credits(made: Decision) -> dict[int, int | None]:
    return {each.number: each.monthly_credit for each in made.tax_households}


def decided(told: Answers) -> Decision:
    return decide(told, law=LAW, shelf=shipped(2026))


@st.composite
def people(draw: st.DrawFn, key: str, others: list[str]) -> PersonAnswers:
    first = key == "p1"
    role = draw(st.sampled_from(TaxRole))
    return PersonAnswers(
        key=key,
        last_name=key,
        birth_date=draw(st.dates(date(1930, 1, 1), date(2025, 11, 15))),
        relationship=Relationship.SELF
        if first
        else draw(st.sampled_from([each for each in Relationship if each != Relationship.SELF])),
        applying=first or draw(st.booleans()),
        tax_role=role,
        claimed_by=draw(st.sampled_from([*others, "outside"])) if role == TaxRole.DEPENDENT else "",
        status=draw(st.sampled_from(Status)),
        incarcerated=draw(st.booleans()),
        expecting=draw(st.integers(0, 2)),
        disabled=draw(st.booleans()),
        tribal_member=draw(st.booleans()),
        incomes=draw(st.lists(INCOMES, max_size=2)),
        other_coverage=draw(st.lists(st.sampled_from(["medicare", "tricare", "va", "employer"]), max_size=1)),
        employer_offer=draw(st.sampled_from([None, EmployerOffer(10_000, None)])),
    )


@st.composite
def applications(draw: st.DrawFn) -> Answers:
    keys = [f"p{number}" for number in range(1, draw(st.integers(1, 6)) + 1)]
    told = [draw(people(key, [each for each in keys if each != key])) for key in keys]
    return answers(*told, seeks_help=draw(st.booleans()))


@settings(max_examples=150, deadline=None)
@given(applications())
def test_everyone_who_applies_has_a_program_or_a_reason_for_none(told: Answers) -> None:
    made = decided(told)
    assert [each.key for each in made.people] == [each.key for each in told.people]
    for each in made.people:
        if not each.applying:
            assert (each.program, each.undecided, each.story) == (None, (), None)
        else:
            assert (each.program is None) == bool(each.undecided)
            assert (each.story is None) == (each.program is None)
        if each.story is not None:
            assert "{" not in Reason.of(each.story, str).sentence
        assert each.contribution is None or each.program is Program.CONNECTORCARE
        if each.program in HELPED:
            assert credits(made)[each.tax_household] is not None
    for help in made.tax_households:
        if help.monthly_credit is not None:
            assert help.monthly_credit == max(help.benchmark_premium - help.expected_contribution, 0)  # type: ignore[operator]


@settings(max_examples=150, deadline=None)
@given(applications(), st.data())
def test_no_answer_hangs_on_someone_who_is_not_decided(told: Answers, data: st.DataObject) -> None:
    """Taking an undecided person off the plans changes no program, plan type, contribution or credit of the others."""
    made = decided(told)
    unsure = [each.key for each in made.people if each.undecided]
    if not told.seeks_help or not unsure:
        return
    told.person(data.draw(st.sampled_from(unsure))).applying = False
    after = decided(told)
    for before, now in zip(made.people, after.people, strict=True):
        if before.program is None:
            continue
        assert (before.program, before.plan_type, before.contribution) == (now.program, now.plan_type, now.contribution)
        if before.program in HELPED:
            assert credits(made)[before.tax_household] == credits(after)[now.tax_household]


def test_several_reasons_are_all_told() -> None:
    unsure = person("p1", date(1955, 1, 1), dollars=30_000, employer_offer=EmployerOffer())
    assert decided(answers(unsure)).people[0].undecided == (Limit.AGE_65, Limit.EMPLOYER_OFFER)


def test_each_tax_household_has_a_credit_of_its_own() -> None:
    """26 CFR 1.36B-1(d): brother and sister who live together and file apart are reckoned as if each lived alone."""
    ann = person("p1", date(1980, 1, 1), dollars=30_000)
    bob = person("p2", date(1990, 1, 1), "sibling", 40_000, tax_role=TaxRole.FILER, claimed_by="")
    both = decided(answers(ann, bob))
    alone = [decided(answers(each)) for each in (ann, replace(bob, key="p1", relationship=Relationship.SELF))]
    assert [each.number for each in both.tax_households] == [0, 1]
    assert [replace(each, number=0) for each in both.tax_households] == [each.tax_households[0] for each in alone]
    assert [each.plan_type for each in both.people] == [each.people[0].plan_type for each in alone]


def test_the_fingerprint_is_a_hash_that_stays() -> None:
    assert law_and_rules() == law_and_rules()
    assert len(law_and_rules()) == 64 and int(law_and_rules(), 16)


def test_each_scenario_has_a_fingerprint_of_its_own() -> None:
    assert law_and_rules("current-law") == law_and_rules()
    assert len({law_and_rules(name) for name in scenarios()}) == len(scenarios()) == 3
