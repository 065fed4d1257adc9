"""The variant of a plan for several people: what all of them may have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openhix.eligibility.rules.cost_sharing import Variant


@dataclass(frozen=True)
class Entitled:
    """One person's federal variants: `own`, the best, and `silver`, what income alone gives in a silver plan."""

    own: Variant
    silver: Variant

    def may_have(self, variant: Variant) -> bool:
        """Who may have a silver variant may have a lesser one; the limited and zero ones are for members of a tribe."""
        if variant in (Variant.LIMITED, Variant.ZERO):
            return variant <= self.own and self.own in (Variant.LIMITED, Variant.ZERO)
        return variant <= self.silver


def of_policy(people: Iterable[Entitled]) -> Variant:
    """The variant of one policy: the last, in the order of the law, that everyone on it may have.

    45 CFR 155.305(g)(3). People for whom that is less than they could have alone can choose policies of their own.
    """
    group = list(people)
    in_order = (
        Variant.ZERO,
        Variant.SILVER_94,
        Variant.SILVER_87,
        Variant.SILVER_73,
        Variant.LIMITED,
        Variant.STANDARD,
    )
    return next(variant for variant in in_order if all(each.may_have(variant) for each in group))
