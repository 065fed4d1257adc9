"""A new answer about eligibility, and what it makes of plans that were chosen or paid for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from openhix.eligibility import queries as eligibility
from openhix.eligibility.models import Determination
from openhix.enrollment import choices, letters, queries, records
from openhix.enrollment.actions.completing import complete
from openhix.enrollment.choices import CannotChoose, Selection
from openhix.enrollment.letters.changed import Change
from openhix.enrollment.models import Coverage, Kind, Policy, Step
from openhix.enrollment.queries import Standing
from openhix.enrollment.rules import dates
from openhix.kernel import clock
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.shopping.households import ShoppingHousehold
from openhix.shopping.offers import Offer


@transaction.atomic
def reconsider(*, household: Household, determination: Determination) -> None:
    """Bring what was chosen and what is paid for in line with this answer, if it is the one that counts.

    A paid plan goes on at its new price, without those who may no longer have it (who have MassHealth, may buy no plan,
    or no longer apply), from the first of the next month; a person who is not decided yet keeps it as it is. A choice
    that waits for its payment is priced anew, or ends. The household is told of each change by letter.
    """
    household = people.lock(household.pk)
    current = eligibility.current(household)
    if current is None or current.pk != determination.pk:
        return
    for kind in Kind.values:
        _paid(household, kind, determination)
        _waiting(household, kind, determination)


def _paid(household: Household, kind: str, determination: Determination) -> None:
    today = clock.today()
    changes = _Paid(household, kind, f"determination {determination.pk}").changes(today)
    if not changes:
        return
    latest = changes[0].new or changes[0].old.policy
    records.note("changed", "system", f"Determination {determination.pk} changes a plan that is paid for.", latest)
    letters.changed(household=household, changes=changes)


class _Paid:
    """The paid policies of one kind, as a new determination finds them."""

    def __init__(self, household: Household, kind: str, key: str) -> None:
        self.kind, self.key = kind, key
        self.standing = sorted(queries.complete(household, kind), key=lambda each: each.policy.pk)
        self.shopping = {day: ShoppingHousehold.of(household, day) for day in {p.policy.starts for p in self.standing}}

    def changes(self, today: date) -> list[Change]:
        """Carries them out, and says what they are."""
        offers = self._offers()
        return [
            change
            for each in self.standing
            if (change := self._change(each, offers.get(each.policy.pk), today)) is not None
        ]

    def _offers(self) -> dict[int, Offer]:
        """What each policy costs now for those who stay in it, by its id; without those whose answer is still open.

        The age of its first day stays the one that counts: 45 CFR 147.102(a)(1)(iii).
        """
        found = {each.policy.pk: offer for each in self.standing if (offer := self._offer(each)) is not None}
        if not found:
            return {}
        shopping = next(iter(self.shopping.values()))  # of whatever first day: the credits are those of the answer
        unchanged = [each for each in self.standing if each.policy.pk not in found]
        return _spread(shopping, self.standing, found, choices.free_credit(shopping, unchanged))

    def _offer(self, each: Standing) -> Offer | None:
        stay = self._stay(each)
        try:
            selection = Selection(each.policy.plan_id, tuple(sorted(stay)))
            return choices.offer_of(self.shopping[each.policy.starts], self.kind, selection) if stay else None
        except CannotChoose:  # an answer is still open, or the plan is not sold where they live now: staff look at it
            return None

    def _stay(self, each: Standing) -> frozenset[int]:
        shopping = self.shopping[each.policy.starts]
        decided = (each for each in shopping.people if self.kind == Kind.HEALTH and each.decided)
        gone = {each.person.pk for each in decided if not each.may_buy_health}
        return (each.people & {shopper.person.pk for shopper in shopping.people}) - gone

    def _change(self, each: Standing, offer: Offer | None, today: date) -> Change | None:
        on = dates.change_takes_effect(today=today, starts=each.policy.starts)
        if on.year > each.policy.plan_year:
            return None
        stay = self._stay(each)
        leaving = tuple(member.person for member in each.members if member.person_id not in stay)
        new = self._goes_on(each, offer, on) if offer is not None else None
        if new is None and not leaving:
            return None
        spans = Coverage.objects.filter(policy=each.policy, person__in=leaving)
        if new is None and not spans.filter(superseded_at=None, days__overlap=DateRange(on, None)).exists():
            return None  # they left before, by an earlier answer
        records.stop(spans, DateRange(on, None))
        records.close([each], on, "What the household qualifies for has changed.")
        return Change(each, new, leaving, on)

    def _goes_on(self, each: Standing, offer: Offer, on: date) -> Policy | None:
        """The policy in its place, or None where nothing is different."""
        shopping, old = self.shopping[each.policy.starts], each.policy
        if _same(old, each.people, offer, shopping):
            return None
        new = records.write_policy(
            shopping,
            offer,
            starts=on,
            pay_by=old.pay_by,
            share=old.credit_share,
            key=f"{self.key}, {old.pk}",
            special=old.special,
        )
        why = f"It goes on in the place of policy {old.pk}."
        records.step(new, Step.What.CHOSEN, on, why)
        records.put_in_force([queries.standing(new)], why)
        return new


def _spread(
    shopping: ShoppingHousehold, standing: Sequence[Standing], offers: dict[int, Offer], credits: Mapping[int, int]
) -> dict[int, Offer]:
    """These policies at their prices: credits are spread over them, and each takes the part that was asked for it."""
    shares = {each.policy.pk: each.policy.credit_share for each in standing if each.policy.pk in offers}
    bare = [offers[pk] for pk in shares]
    whole = [offer.credit for offer in choices.with_help(shopping, bare, credits, choices.ALL)]
    parts = [most * share // choices.ALL for most, share in zip(whole, shares.values(), strict=True)]
    return {pk: offer.with_credit(part) for pk, offer, part in zip(shares, bare, parts, strict=True)}


def _waiting(household: Household, kind: str, determination: Determination) -> None:
    today = clock.today()
    waiting = sorted(queries.waiting(household, kind), key=lambda each: each.policy.pk)
    if not waiting or waiting[0].policy.pay_by < today:
        return
    old = [each.policy for each in waiting]
    shopping = ShoppingHousehold.of(household, old[0].starts)
    offers = _offers_again(shopping, kind, waiting)
    if len(offers) == len(old) and all(
        _same(each.policy, each.people, offer, shopping) for each, offer in zip(waiting, offers, strict=True)
    ):
        return
    records.withdraw(old, f"Determination {determination.pk} changes what the household qualifies for.")
    new = [
        records.write_policy(
            shopping,
            offer,
            starts=old[0].starts,
            pay_by=old[0].pay_by,
            share=_share(offers, old[0]),
            key=f"determination {determination.pk}",
            special=old[0].special,
        )
        for offer in offers
    ]
    for policy in new:
        records.step(policy, Step.What.CHOSEN, policy.starts, "The household chose it; it is priced anew.")
    why = f"Determination {determination.pk} changes what was chosen."
    records.note("changed" if new else "withdrawn", "system", why, (new or old)[0])
    _tell(household, old, new, today)


def _tell(household: Household, old: list[Policy], new: list[Policy], today: date) -> None:
    if not new:
        letters.choice_ended(household=household, policies=old, today=today, unpaid=False)
    elif any(policy.price for policy in new):
        letters.choice(household=household, policies=new, new_price=True)
    else:
        complete(household=household, kind=new[0].kind, on=today, why="No payment is due.")


def _offers_again(shopping: ShoppingHousehold, kind: str, waiting: Sequence[Standing]) -> list[Offer]:
    """What is left of a choice, at its prices of now: those who may still have it, in plans that are still open."""
    selections = []
    for each in waiting:
        may = [shopper.person.pk for shopper in shopping.people if kind == Kind.DENTAL or shopper.may_buy_health]
        selection = Selection(each.policy.plan_id, tuple(person for person in may if person in each.people))
        try:
            choices.offer_of(shopping, kind, selection)
        except CannotChoose:
            continue
        selections.append(selection)
    if not selections:
        return []
    paid = queries.complete(shopping.household, kind)
    try:
        bare = [choices.offer_of(shopping, kind, each) for each in selections]
        return choices.priced(shopping, kind, selections, _share(bare, waiting[0].policy), paid)
    except CannotChoose:  # it would leave someone of a paid plan behind
        return []


def _share(offers: Sequence[Offer], policy: Policy) -> int:
    """The part of the credit that was asked for; all of it once it is ConnectorCare."""
    return choices.ALL if any(offer.is_connectorcare for offer in offers) else policy.credit_share


def _same(policy: Policy, people: frozenset[int], offer: Offer, shopping: ShoppingHousehold) -> bool:
    """Whether a policy is for the same people at the same price, and care costs them the same."""
    covered = frozenset(shopping.people[at].person.pk for at in offer.people)
    code = offer.plan_type.code if offer.is_connectorcare else ""
    now = (covered, code, offer.variant.code, offer.premium, offer.credit, offer.subsidy)
    return now == (people, policy.plan_type, policy.variant, policy.premium, policy.credit, policy.subsidy)
