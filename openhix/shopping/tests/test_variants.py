"""The case table of variants, and that nobody has more than they may."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhix.eligibility.rules.cost_sharing import TRIBAL, Variant
from openhix.kernel.tests.case_tables import Case, read
from openhix.shopping.rules import variants
from openhix.shopping.rules.variants import BY_INCOME, Entitled

CASES = read(Path(variants.__file__).with_suffix(".cases.md"))
PEOPLE = st.builds(
    lambda silver, tribal: Entitled(silver if tribal is None else tribal, silver),
    st.sampled_from((Variant.STANDARD, *BY_INCOME)),
    st.sampled_from((None, *TRIBAL)),
)
METALS = st.sampled_from(("Platinum", "Gold", "Silver", "Bronze", "Catastrophic"))


def entitled(text: str) -> Entitled:
    """`silver_94`, or of members of a tribe `zero (silver_94)`."""
    own, _, silver = text.removesuffix(")").upper().partition(" (")
    by_income = silver or (Variant.STANDARD.name if own == Variant.LIMITED.name else own)
    return Entitled(Variant[own], Variant[by_income])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_variants(case: Case) -> None:
    people = [entitled(each) for each in case.given["people"].split(", ")]
    terms = {"metal": case.given["metal"], "connectorcare": Variant[case.given["connectorcare"].upper()]}
    assert variants.of_policy(people, **terms).code == case.expected["policy"]  # type: ignore[arg-type]
    assert variants.of_policy(people[::-1], **terms).code == case.expected["policy"]  # type: ignore[arg-type]


@given(people=st.lists(PEOPLE, min_size=1, max_size=5), metal=METALS)
def test_one_more_person_never_makes_care_cheaper(people: list[Entitled], metal: str) -> None:
    order = (Variant.STANDARD, Variant.LIMITED, Variant.SILVER_73, Variant.SILVER_87, Variant.SILVER_94, Variant.ZERO)
    together = variants.of_policy(people, metal=metal)
    fewer = variants.of_policy(people[:1], metal=metal)
    assert order.index(together) <= order.index(fewer)
    assert together is Variant.STANDARD or all(each.may_have(together) for each in people)
