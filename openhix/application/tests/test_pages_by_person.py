"""The pages about one person: status and number, incomes, other coverage."""

from __future__ import annotations

from datetime import date

import pytest

from openhix.application import actions
from openhix.application.tests.households import ana, family, filled, member
from openhix.application.tests.walking import SITUATION, Walker, answers_now, errors, said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"ssn": "12345678"}, ["ssn"]),
        ({"ssn": "000-12-3456"}, ["ssn"]),
        ({"ssn": "912-34-5678"}, ["ssn"]),
        ({"ssn": "١٢٣٤٥٦٧٨٩"}, ["ssn"]),
        ({"ssn": "234-56-7890"}, ["ssn"]),
        ({"ssn": "345-67-8901", "no_ssn_reason": "applied"}, ["no_ssn_reason"]),
        ({"no_ssn_reason": "not_eligible"}, ["no_ssn_reason"]),
        ({"no_ssn_reason": "because"}, ["no_ssn_reason"]),
        ({"status": "king"}, ["status"]),
    ],
)
def test_what_is_no_status_or_number(fields: dict[str, str], wrong: list[str]) -> None:
    account, household, _draft = filled(family())
    answer = Walker(account).send("/application/status/p1/", {"status": "citizen", **fields})
    assert list(errors(answer)) == wrong
    assert answers_now(household) == family()


def test_a_saved_number_is_kept_by_an_empty_box_and_never_shown() -> None:
    account, household, _draft = filled(ana())
    walker = Walker(account)
    assert "123456789" not in walker.text("/application/status/p1/")
    walker.saved("/application/status/p1/", {"status": "qualified", "ssn": ""})
    assert answers_now(household).people[0].ssn == "123456789"
    walker.saved("/application/status/p1/", {"status": "qualified", "no_ssn_reason": "religious"})
    assert answers_now(household).people[0].ssn == ""


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, ["any"]),
        ({"any": "yes"}, ["kind-0", "amount-0", "period-0"]),
        ({"any": "yes", "kind-0": "job", "period-0": "week", "amount-0": "lots"}, ["amount-0"]),
        ({"any": "yes", "kind-0": "job", "period-0": "week", "amount-0": "1e9"}, ["amount-0"]),
        ({"any": "yes", "kind-0": "job", "period-0": "week", "amount-0": "9999999999"}, ["amount-0"]),
        ({"any": "yes", "kind-0": "job", "period-0": "week", "amount-0": "-5"}, ["amount-0"]),
        ({"any": "yes", "kind-0": "theft", "period-0": "day", "amount-0": "5"}, ["kind-0", "period-0"]),
        ({"any": "yes", "kind-0": "job", "period-0": "week", "amount-0": "5", "employer-0": "x" * 101}, ["employer-0"]),
        ({"any": "yes", "rows": "99", "kind-5": "job", "amount-5": "5"}, ["period-5"]),
    ],
)
def test_what_is_no_income(fields: dict[str, str], wrong: list[str]) -> None:
    account, household, _draft = filled(ana())
    assert list(errors(Walker(account).send("/application/income/p1/", fields))) == wrong
    assert answers_now(household) == ana()


def test_rows_of_income_are_added_and_taken_away_without_saving() -> None:
    account, household, _draft = filled(ana())
    walker, page = Walker(account), "/application/income/p1/"
    first = {"any": "yes", "kind-0": "job", "amount-0": "abc", "period-0": "week"}
    more = walker.send(page, {**first, "do": "add"})
    assert more.status_code == 200
    assert not errors(more)
    assert 'value="abc"' in said(more)
    assert 'id="amount-1"' in said(more)
    second = {"kind-1": "self_employment", "amount-1": "-200", "period-1": "month"}
    less = walker.send(page, {**first, **second, "rows": "2", "do": "remove-1"})
    assert 'value="-200"' in said(less)
    assert 'id="amount-1"' not in said(less)
    assert answers_now(household) == ana()
    walker.saved(page, {**first, "amount-0": "10", **second, "rows": "2"})
    assert [each.cents for each in answers_now(household).people[0].incomes] == [10_00, -200_00]
    for nonsense in ("remove-9", "remove-x", "explode"):
        assert walker.send(page, {**first, "do": nonsense}).status_code == 200
    walker.saved(page, {"any": "no"})
    assert answers_now(household).people[0].incomes == []


def test_none_of_these_is_none_of_these() -> None:
    account, _household, _draft = filled(ana())
    answer = Walker(account).send("/application/coverage/p1/", {"other_coverage": ["none", "va"], "offered": "no"})
    assert list(errors(answer)) == ["other_coverage"]


def test_every_list_of_the_tax_page_has_a_name_before_anybody_has() -> None:
    account, household = member()
    actions.begin(household=household, account=account)
    said = Walker(account).text("/application/taxes/")
    assert '<label class="usa-label" for="tax-p1">About you</label>' in said


def test_the_year_may_differ_from_what_comes_in_now() -> None:
    account, household, _draft = filled(ana())
    walker, page = Walker(account), "/application/income/p1/"
    pay = {"any": "yes", "kind-0": "job", "amount-0": "700", "period-0": "week"}
    assert list(errors(walker.send(page, {**pay, "year": "a lot"}))) == ["year"]
    more = walker.send(page, {**pay, "year": "12,000", "do": "add"})
    assert 'value="12,000"' in said(more)
    walker.saved(page, {**pay, "year": "12,000"})
    assert answers_now(household).people[0].year_cents == 12_000_00
    assert "$12,000.00" in walker.text("/application/review/").partition("Expected for the whole year")[2][:80]


def test_a_disability_is_asked_who_found_it() -> None:
    account, household, _draft = filled(ana())
    walker, page = Walker(account), "/application/situation/p1/"
    assert list(errors(walker.send(page, {**SITUATION, "disabled": "yes"}))) == ["disability_found"]
    walker.saved(page, {**SITUATION, "disabled": "yes", "disability_found": "yes"})
    assert answers_now(household).people[0].disability_found
    walker.saved(page, {**SITUATION, "disability_found": "yes"})
    assert not answers_now(household).people[0].disability_found


@pytest.mark.parametrize(("born", "asked"), [(2009, False), (2008, True), (2000, True), (1999, False)])
def test_foster_care_is_asked_at_the_ages_at_which_it_counts(born: int, asked: bool) -> None:
    answers = ana()
    answers.people[0].birth_date = date(born, 6, 1)
    account, household, _draft = filled(answers)
    walker, page = Walker(account), "/application/situation/p1/"
    assert ("foster care" in walker.text(page)) == asked
    walker.saved(page, {**SITUATION, "former_foster_care": "yes"})
    assert answers_now(household).people[0].former_foster_care == asked


def test_an_offer_to_the_family_is_asked_where_there_is_one() -> None:
    account, household, _draft = filled(family())
    walker, page = Walker(account), "/application/coverage/p1/"
    offer = {"other_coverage": "none", "offered": "yes", "self_cents": "120"}
    assert list(errors(walker.send(page, offer))) == ["for_family"]
    walker.saved(page, {**offer, "for_family": "no", "family_cents": "900"})
    told = answers_now(household).people[0].employer_offer
    assert told is not None and (told.for_family, told.family_cents) == (False, None)


def test_ways_to_file_and_to_be_claimed_that_are_few_peoples() -> None:
    account, household, _draft = filled(family())
    said = {
        "tax-p1": "separate_filer:excused",
        "tax-p2": "separate_filer",
        "tax-p3": "dependent:outside_parent",
        "tax-p4": "dependent:outside",
    }
    walker = Walker(account)
    walker.saved("/application/taxes/", said)
    first, second, third, fourth = answers_now(household).people
    assert (first.separate_excused, second.separate_excused) == (True, False)
    assert (third.claimed_by, fourth.claimed_by) == ("outside_parent", "outside")
    page = walker.text("/application/taxes/")
    assert all(f'value="{value}" selected' in page for value in said.values())
    assert "because of abuse" in walker.text("/application/review/")
