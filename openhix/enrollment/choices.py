"""A choice before it is made: which plans for whom, whether that may be, and what each costs this household."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openhix.enrollment.models import Kind
from openhix.enrollment.queries import Standing, plan_of
from openhix.enrollment.rules import allocation, periods, sharing
from openhix.enrollment.rules.periods import Sold
from openhix.law.special_enrollment import EnrolleeMay
from openhix.shopping.households import ShoppingHousehold
from openhix.shopping.offers import Offer

ALL = 10_000  # the whole credit, in hundredths of a percent


class CannotChoose(ValueError):
    """The choice is not possible. `reason` is a code that labels.py puts into words; `people` are ids of Person."""

    def __init__(self, reason: str, people: Iterable[int] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.people = tuple(people)


@dataclass(frozen=True)
class Selection:
    """One plan for some of the household's people (ids of Person)."""

    plan_id: str
    people: tuple[int, ...]


def kept(shopping: ShoppingHousehold, kind: str, paid: Iterable[Standing], chosen: Sequence[int]) -> list[Standing]:
    """The paid policies that a choice for these people leaves alone.

    One that it touches is replaced for all of its people who may still have it. Raises CannotChoose.
    """
    if len(set(chosen)) < len(chosen):
        raise CannotChoose("twice")
    may_have = {each.person.pk for each in shopping.people if kind == Kind.DENTAL or each.may_buy_health}
    untouched = []
    for each in paid:
        if not each.people & set(chosen):
            untouched.append(each)
        elif missing := (each.people & may_have) - set(chosen):
            raise CannotChoose("together", missing)
    return untouched


def places(shopping: ShoppingHousehold, kind: str, people: Sequence[int]) -> list[int]:
    """The places of these people in the shopping household. Raises CannotChoose for who may not have such a plan."""
    where = {each.person.pk: at for at, each in enumerate(shopping.people)}
    if not people or any(person not in where for person in people):
        raise CannotChoose("people")
    found = [where[person] for person in people]
    if unborn := [person for person in people if shopping.people[where[person]].age < 0]:
        raise CannotChoose("born", unborn)
    for reason, refused in _refused(shopping, kind, found).items():
        if refused:
            raise CannotChoose(reason, refused)
    return found


def _refused(shopping: ShoppingHousehold, kind: str, at: Sequence[int]) -> Mapping[str, list[int]]:
    if kind == Kind.DENTAL:
        return {}
    group = [shopping.people[each] for each in at]
    return {
        "undecided": [each.person.pk for each in group if not each.decided],
        "masshealth": [each.person.pk for each in group if each.decided and each.has_masshealth],
        "program": [each.person.pk for each in group if each.decided and not each.may_buy_health],
    }


def open_plans(shopping: ShoppingHousehold, kind: str, people: Sequence[int]) -> list[Offer]:
    """The plans that cover all of these people, priced without the credit. Raises CannotChoose."""
    group = places(shopping, kind, people)
    offered, _left_out = shopping.offers(kind, group, 0)
    return [offer for offer in offered if set(offer.people) == set(group)]


def offer_of(shopping: ShoppingHousehold, kind: str, selection: Selection) -> Offer:
    """The one plan, priced without the credit. Raises CannotChoose."""
    for offer in open_plans(shopping, kind, selection.people):
        if offer.plan.id == selection.plan_id:
            return offer
    raise CannotChoose("plan", selection.people)


def check_terms(
    shopping: ShoppingHousehold,
    offer: Offer,
    *,
    may: EnrolleeMay,
    paid: Iterable[Standing],
    open_to_all: Iterable[Offer],
) -> None:
    """Who is in a paid plan may do no more than `may` says. Raises CannotChoose. 45 CFR 155.420(a)(4).

    `open_to_all`: the plans that all people of the offer can have together.
    """
    if may is EnrolleeMay.ANY:
        return
    people = {shopping.people[at].person.pk for at in offer.people}
    wanted, there = Sold(offer.plan.id, offer.plan.metal), {each.plan.id for each in open_to_all}
    for each in paid:
        plan = plan_of(each.policy)
        now = Sold(plan.id, plan.metal)
        is_bound = bool(each.people & people)
        if is_bound and not periods.enrollee_may_have(may, now=now, wanted=wanted, now_is_open=plan.id in there):
            raise CannotChoose(may.value, each.people)


def free_credit(shopping: ShoppingHousehold, kept: Iterable[Standing]) -> dict[int, int]:
    """Cents of the month's credit of each tax household that the policies which stay do not take.

    Assumed: a policy with people of several takes of each by their premiums; what became of the parts is not kept.
    """
    number_of = {each.person.pk: each.tax_household for each in shopping.people}
    left = dict(shopping.credits)
    for standing in kept:
        premiums: dict[int, int] = {}
        for member in standing.members:
            if (number := number_of.get(member.person_id)) in left:
                premiums[number] = premiums.get(number, 0) + member.premium
        for number, taken in zip(
            premiums, allocation.proportionally(standing.policy.credit, list(premiums.values())), strict=True
        ):
            left[number] = max(left[number] - taken, 0)
    return left


def with_help(
    shopping: ShoppingHousehold, offers: Sequence[Offer], credits: Mapping[int, int], share: int
) -> list[Offer]:
    """Policies at their prices: the wanted part of each tax household's credit, spread over its own parts of them.

    Where it is ConnectorCare, all of the credit is taken (956 CMR 12.04(3)). Raises CannotChoose.
    """
    if not 0 <= share <= ALL:
        raise CannotChoose("share")
    if share < ALL and any(offer.is_connectorcare for offer in offers):
        raise CannotChoose("connectorcare")
    wanted = {number: allocation.requested(credit, share) for number, credit in credits.items()}
    spread = sharing.spread(wanted, [shopping.parts(offer) for offer in offers])
    return [offer.with_credit(sum(parts.values())) for offer, parts in zip(offers, spread, strict=True)]


def priced(
    shopping: ShoppingHousehold, kind: str, selections: Sequence[Selection], share: int, paid: Iterable[Standing]
) -> list[Offer]:
    """Each selection at this household's price, beside the paid policies that it leaves alone. Raises CannotChoose."""
    if not selections:
        raise CannotChoose("nothing")
    stays = kept(shopping, kind, paid, [person for selection in selections for person in selection.people])
    offers = [offer_of(shopping, kind, selection) for selection in selections]
    return with_help(shopping, offers, free_credit(shopping, stays), share)
