"""The variant of a plan for the people of one policy: what all of them may have there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openhix.eligibility.rules.cost_sharing import TRIBAL, Variant

BY_INCOME = (Variant.SILVER_94, Variant.SILVER_87, Variant.SILVER_73)
WITHOUT_VARIANTS = ("Catastrophic", "High", "Low")  # the last two are tiers of dental plans


@dataclass(frozen=True)
class Entitled:
    """One person's federal variants: `own`, the best, and `silver`, what income alone gives in a silver plan."""

    own: Variant = Variant.STANDARD
    silver: Variant = Variant.STANDARD

    @property
    def as_tribal_member(self) -> bool:
        return self.own in TRIBAL

    def may_have(self, variant: Variant) -> bool:
        """Who may have a silver variant may have a lesser one; the limited and zero ones are for members of a tribe."""
        if variant in TRIBAL:
            return variant <= self.own and self.as_tribal_member
        return variant <= self.silver


def of_policy(people: Sequence[Entitled], *, metal: str, connectorcare: Variant = Variant.STANDARD) -> Variant:
    """The variant of a plan of this metal: the last, in the order of the law, that everyone on the policy may have.

    45 CFR 155.305(g)(3); in silver plans alone by income (155.305(g)(1)(ii)); none in catastrophic and dental plans
    (156.440(a), (b)). People for whom that is less than they could have alone can choose policies of their own.
    `connectorcare`: the state's own, where all have the plan type of this ConnectorCare plan (956 CMR 12.04(3)(b));
    what members of a tribe have goes before it.
    """
    if metal in WITHOUT_VARIANTS:
        return Variant.STANDARD
    in_order = (Variant.ZERO, *(BY_INCOME if metal == "Silver" else ()), Variant.LIMITED, Variant.STANDARD)
    shared = next(variant for variant in in_order if all(each.may_have(variant) for each in people))
    return shared if connectorcare is Variant.STANDARD or shared in TRIBAL else connectorcare
