"""The rules of MassHealth beside the same law written down a second time, for people of every kind at every edge."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from openhix.eligibility import queries
from openhix.eligibility.households import Households, one_return
from openhix.eligibility.rules.masshealth import Coverage
from openhix.eligibility.rules.people import Immigration, OtherCoverage, TaxRole
from openhix.eligibility.rules.safety_net import HealthSafetyNet
from openhix.eligibility.tests import households_in_words as words
from openhix.eligibility.tests import plain_masshealth as plainly
from openhix.eligibility.tests.plain_masshealth import Resident
from openhix.kernel.facts import Facts
from openhix.law.tables import Law

GUIDELINE = 1_565_000  # cents, for one
AT_AN_EDGE = st.builds(
    lambda percent, cents: Fraction(GUIDELINE * percent + 100 * cents, GUIDELINE),
    st.sampled_from([100, 105, 133, 138, 150, 155, 200, 205, 300, 305]),
    st.integers(-1, 1),
)
PERCENTS = st.one_of(st.just(Fraction(0)), AT_AN_EDGE, AT_AN_EDGE, st.integers(0, 500).map(Fraction))
RESIDENTS = st.builds(
    Resident,
    age=st.sampled_from([0, 1, 17, 18, 19, 20, 21, 25, 26, 40, 64, 65, 80]),
    immigration=st.sampled_from([each.code for each in Immigration]),
    percent=PERCENTS,
    percent_disabled=PERCENTS,
    percent_return=PERCENTS,
    expecting=st.sampled_from([False, False, True]),
    is_parent=st.booleans(),
    disabled=st.booleans(),
    foster=st.sampled_from([False, False, True]),
    other_coverage=st.sampled_from(["none", "none", *(each.code for each in OtherCoverage)]),
    affordable_offer=st.booleans(),
)


def determine(people: list[Resident]) -> Facts:
    """Each alone in a household, with incomes and kin given."""
    household, law = np.arange(len(people)), Law(date(2026, 1, 1))

    def cents(name: str) -> np.ndarray:
        return np.array([int(getattr(each, name) * GUIDELINE / 100) for each in people])

    def told(name: str) -> np.ndarray:
        return np.array([getattr(each, name) for each in people])

    role = np.full(len(people), int(TaxRole.FILER))
    columns = {
        "tax_role": role,
        "annual_income": cents("percent_return"),
        "magi_income": cents("percent"),
        "disabled_adult_income": cents("percent_disabled"),
        "masshealth_guideline": np.full(len(people), GUIDELINE),
        "disabled_adult_guideline": np.full(len(people), GUIDELINE),
        "expecting": told("expecting").astype(np.int64),
        "former_foster_care": told("foster"),
        "employer_offer_affordable": told("affordable_offer"),
        "immigration": np.array([int(Immigration[each.immigration.upper()]) for each in people]),
        "other_coverage": np.array([int(OtherCoverage[each.other_coverage.upper()]) for each in people]),
        **{name: told(name) for name in ("age", "is_parent", "disabled")},
        **one_return(household, role, np.zeros(len(people), dtype=np.bool_)),
    }
    of_households = {
        "place": np.zeros(len(people), dtype=np.int64),
        "rating_area": np.ones(len(people), dtype=np.int64),
    }
    households = Households.arranged(household, columns, of_households)
    return queries.determine(households=households, law=law, shelf=words.published(2026))


@given(st.lists(RESIDENTS, min_size=1, max_size=40))
@settings(deadline=None)
def test_the_rules_say_what_the_groups_say_one_by_one(people: list[Resident]) -> None:
    facts = determine(people)
    for row, person in enumerate(people):
        said = (
            Coverage(int(facts["masshealth"].values[row])).code,
            bool(facts["masshealth_limited"].values[row]),
            bool(facts["cmsp"].values[row]),
            HealthSafetyNet(int(facts["health_safety_net"].values[row])).code,
        )
        assert said == (
            plainly.masshealth(person),
            plainly.has_limited(person),
            plainly.has_security_plan(person),
            plainly.safety_net(person),
        ), person
