"""What care costs the people of one policy, in words: what the law gives members of a tribe, and when it is lost.

For pages and letters, in the active language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from openhix.eligibility.rules.cost_sharing import Variant
from openhix.enrollment import telling
from openhix.enrollment.models import Policy
from openhix.shopping.households import Shopper
from openhix.shopping.offers import Offer
from openhix.shopping.rules.variants import WITHOUT_VARIANTS


def under(policy: Policy) -> str:
    """What its people have as members of a tribe; empty where care costs what the plan, or ConnectorCare, says."""
    return _of(policy.variant_found)


def since(policy: Policy, before: Policy) -> str:
    """The same of a policy in the place of another one, and that it is over where that one had it."""
    if _of(before.variant_found) and not under(policy):
        return _("From then on you pay for care what this plan says. You no longer pay less as members of a tribe.")
    return under(policy)


def of_offer(offer: Offer, people: Sequence[Shopper]) -> list[str]:
    """What care would cost its people (all of the household's are given), and for whom that is more than alone."""
    tribal = [each for each in (people[at] for at in offer.people) if each.entitled.as_tribal_member]
    if not tribal or offer.plan.kind == "dental":
        return []
    if offer.plan.metal in WITHOUT_VARIANTS:
        return [_("A catastrophic plan has no lower costs for members of a tribe. The other plans do.")]
    told = [_of(offer.variant)] if _of(offer.variant) else []
    return told + _lost(offer.variant, tribal)


def of_offers(offers: Iterable[Offer], people: Sequence[Shopper]) -> list[str]:
    """Everything that is to be said of some plans, each sentence once."""
    return list(dict.fromkeys(sentence for offer in offers for sentence in of_offer(offer, people)))


def _of(variant: Variant) -> str:
    if variant is Variant.ZERO:
        return _("For members of a tribe: you pay nothing for care that the plan covers. No deductible, no copays.")
    if variant is Variant.LIMITED:
        return _(
            "For members of a tribe: you pay nothing for care at Indian health providers, or to which they refer you. "
            "For other care you pay what the plan says."
        )
    return ""


def _lost(variant: Variant, tribal: Sequence[Shopper]) -> list[str]:
    """Who would have more in a policy without the others. 45 CFR 155.305(g)(3)."""
    less = [each for each in tribal if variant is not each.entitled.own]
    nothing = [each.person.name for each in less if each.entitled.own is Variant.ZERO]
    limited = [each.person.name for each in less if each.entitled.own is Variant.LIMITED]
    told = []
    if nothing:
        says = _("In a plan without the others, {names} would pay nothing for care that the plan covers.")
        told.append(says.format(names=telling.names(nothing)))
    if limited:
        says = _(
            "In a plan without the others, {names} would pay nothing for care at Indian health providers, or to which "
            "they refer."
        )
        told.append(says.format(names=telling.names(limited)))
    if told:
        told.append(
            _("Everyone in one plan has the same costs for care: the lowest that all of them can have ({law}).").format(
                law="45 CFR 155.305(g)(3)"
            )
        )
    return told
