"""What a household pays for a plan: the premium of its people, less the credit, less the state's subsidy.

Money is monthly cents. Columns are one row a plan and, where a person is meant, one column a person.
"""

from __future__ import annotations

import numpy as np

from openhix.kernel.facts import Bools, Ints
from openhix.law.tables import FamilyRating

# The age at which two plans' costs are compared for the contribution above the minimum. Assumed: the Connector
# publishes the amounts, not the way to them.
REFERENCE_AGE = 40


def rated(ages: Ints, family: FamilyRating) -> Bools:
    """Whose premium counts in a health policy: everyone from 21, the three oldest under 21. 45 CFR 147.102(c)(1)."""
    order = np.argsort(-ages, kind="stable")
    children = [person for person in order if ages[person] < family.children_under]
    answer = np.ones(len(ages), dtype=np.bool_)
    answer[children[family.rated_children :]] = False
    return answer


def catastrophic_open(ages: Ints, under: int) -> bool:
    """A catastrophic plan is for people who are all under 30 before the plan year begins. 956 CMR 12.04(1).

    Ages are those on the first day of coverage: a birthday between is asked for at application.
    """
    return bool((ages < under).all())


def credit_applied(premium: Ints, credit: Ints | int) -> Ints:
    """The credit lowers a premium to zero, not below. 26 CFR 1.36B-3(d)(1)(i)."""
    return np.minimum(premium, credit)


def contribution_of_plan(minimum: int, reference_premium: Ints) -> Ints:
    """What one person owes in each ConnectorCare plan that is open in a place. 956 CMR 12.04(3)(c).

    The lowest-cost plan costs the plan type's minimum; a dearer one as much more as its premium is higher, here at
    the reference age. The amounts above the minimum are illustrative.
    """
    return np.asarray(minimum + reference_premium - reference_premium.min(), dtype=np.int64)


def connectorcare_price(premium: Ints, credit: Ints, contribution: Ints, people: int) -> Ints:
    """What the people of a policy owe together. 956 CMR 12.04(3)(b)-(c).

    Never more than premium less credit, so no subsidy is below zero.
    """
    return np.minimum(contribution * people, premium - credit)
