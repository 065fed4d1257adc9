"""Ask the rules of this room about households, and read what was determined.

The records are imported where they are read: a file of households is determined without Django and a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from openhix.eligibility.fingerprint import law_and_rules
from openhix.eligibility.households import Households, positions
from openhix.eligibility.rules import (
    benchmark,
    connectorcare,
    cost_sharing,
    credit,
    filing,
    household,
    immigration,
    income_standards,
    kin,
    magi,
    marketplace,
    masshealth,
    masshealth_income,
    months,
    offers,
    people,
    program,
    safety_net,
)
from openhix.kernel import clock
from openhix.kernel.facts import Array, Column, Facts, Population, Rulebook
from openhix.kernel.story import CENTS, Figure, _
from openhix.law.tables import Law
from openhix.plans.shelf import Shelf

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from openhix.eligibility.models import Determination, Finding, TaxHousehold
    from openhix.people.models import Household, Person


# What is taken for granted where nothing is said, of a household and of a person.
ASSUMED: Mapping[str, bool | people.Immigration | people.OtherCoverage] = {
    "seeks_help": True,
    "applying": True,
    "immigration": people.Immigration.CITIZEN,
    "resident": True,
    "incarcerated": False,
    "disabled": False,
    "former_foster_care": False,
    "tribal_member": False,
    "caretaker": False,
    "other_coverage": people.OtherCoverage.NONE,
    "separate_return_excused": False,
}


@cache
def rulebook() -> Rulebook:
    """Every rule of eligibility, checked to fit together."""
    about_people = [people, household, kin, magi, immigration]
    about_masshealth = [masshealth_income, income_standards, masshealth, safety_net]
    about_plans = [marketplace, filing, offers, benchmark, credit, connectorcare, cost_sharing]
    modules = [*about_people, *about_masshealth, *about_plans, program]
    return Rulebook(modules, shared=("law", "shelf"))


def determine(*, households: Households, law: Law, shelf: Shelf, unproven: Iterable[str] = ()) -> Facts:
    """The facts of some households for the coverage month that `law` answers for; nothing is computed until asked.

    The households give at least annual_income, expecting and birth_date or age (one row a person) beside what
    `Households.arranged` asks for, and place and rating_area (one row a household). ASSUMED holds what is taken for
    granted unless given.
    """
    population = households.population()
    assumed = {name: _or_assumed(households.facts.get(name), name, population) for name in ASSUMED}
    numbers = positions(population.groups[people.TAX_HOUSEHOLD]).astype(np.int16)
    given = {"return_number": numbers, **households.facts, **assumed}
    return Facts(rulebook(), population, given, {"law": law, "shelf": shelf}, unproven)


def _or_assumed(given: Array | Column | None, name: str, population: Population) -> Array | Column:
    """A column without a blank."""
    if given is None:
        return np.full(population.sizes[rulebook().fact(name).entity], ASSUMED[name])
    if not isinstance(given, Column) or given.known is None:
        return given
    assumed = np.asarray(ASSUMED[name])
    return np.where(given.known, given.values, assumed).astype(assumed.dtype)


@dataclass(frozen=True)
class Change:
    """What is different from the answer before: of a person, or of the household (None). None: does not apply."""

    person: Person | None
    what: str  # a marked phrase
    before: Figure | None
    after: Figure | None


def current(household: Household) -> Determination | None:
    """The determination that counts: the last one made."""
    from openhix.eligibility.models import Determination

    made = Determination.objects.filter(household=household).select_related("version", "supersedes")
    return made.order_by("-pk").first()


def determinations(household: Household) -> list[Determination]:
    """Every determination of the household, the last one first."""
    from openhix.eligibility.models import Determination

    return list(Determination.objects.filter(household=household).select_related("version").order_by("-pk"))


def findings(determination: Determination) -> list[Finding]:
    """What was found for each person, in the order in which the household told of them."""
    from openhix.eligibility.models import Finding

    found = Finding.objects.filter(determination=determination).select_related("person")
    return list(found.order_by("person_id"))


def tax_households(determination: Determination) -> list[TaxHousehold]:
    """The figures of its tax households, in the order of who files."""
    from openhix.eligibility.models import TaxHousehold

    return list(TaxHousehold.objects.filter(determination=determination).order_by("number"))


def credits(determination: Determination) -> dict[int, int]:
    """The most credit of a month of each tax household that can have one, by its number; cents."""
    return {
        each.number: each.monthly_credit for each in tax_households(determination) if each.monthly_credit is not None
    }


def that_count(*, after: int = 0) -> QuerySet[Determination]:
    """The determinations that count, from the earliest; those made after the one with this key."""
    from django.db.models import Exists, OuterRef

    from openhix.eligibility.models import Determination

    superseded = Exists(Determination.objects.filter(supersedes=OuterRef("pk")))
    return Determination.objects.filter(~superseded, pk__gt=after).order_by("pk")


def of_other_law(*, after: int = 0) -> QuerySet[Determination]:
    """Those that count, given under other law or rules than the program's now, of a year that can still be had."""
    today = clock.today()
    this_year = months.coverage_month(today, today.year).replace(month=1)
    return that_count(after=after).exclude(law=law_and_rules()).filter(coverage_month__gte=this_year)


def undecided() -> list[Finding]:
    """People whom the rules leave to the staff, of the determinations that count, the longest waiting first.

    Each has `since`, the moment of the first answer that left them to the staff: one that was made anew since then,
    after a change of law, say, sends nobody to the end of the line.
    """
    from django.db.models import OuterRef, Subquery
    from django.db.models.functions import Coalesce

    from openhix.eligibility.models import Finding

    of_person = Finding.objects.filter(person=OuterRef("person"))
    decided = of_person.filter(undecided=[]).order_by("-pk").values("pk")[:1]
    first = of_person.filter(pk__gt=OuterRef("decided")).order_by("pk").values("determination__made_at")[:1]
    waiting = _counting().exclude(undecided=[]).annotate(decided=Coalesce(Subquery(decided), 0))
    waiting = waiting.annotate(since=Subquery(first)).order_by("since", "pk")
    return list(waiting.select_related("person", "determination__household"))


def elsewhere(persons: Sequence[Person]) -> dict[int, list[Person]]:
    """By the id of each, who of other households may be the same person, applies there, and was given an answer before.

    Nobody whom staff have told apart from them. Three queries, whatever their number.
    """
    from django.db.models import Exists, OuterRef

    from openhix.eligibility.models import Distinct, Finding
    from openhix.people import queries as known_people

    alike = known_people.alike(persons)
    others = {other.pk for each in alike.values() for other in each}
    answered = Exists(Finding.objects.filter(person=OuterRef("person")).exclude(program=""))
    standing = _counting().filter(answered, person__in=others, applying=True).values_list("person_id", flat=True)
    apart = Distinct.objects.filter(person__in=others | alike.keys()).values_list("person_id", "other_id")
    known, two = set(standing), {frozenset(pair) for pair in apart}
    return {
        pk: [other for other in found if other.pk in known and frozenset((pk, other.pk)) not in two]
        for pk, found in alike.items()
    }


def _counting() -> QuerySet[Finding]:
    """The findings of the determinations that count."""
    from django.db.models import Exists, OuterRef

    from openhix.eligibility.models import Determination, Finding

    return Finding.objects.filter(~Exists(Determination.objects.filter(supersedes=OuterRef("determination"))))


def changes(determination: Determination) -> list[Change]:
    """What the determination changes in the one that it supersedes; nothing when it is the first."""
    before = determination.supersedes
    if before is None:
        return []
    now, earlier = findings(determination), {each.person_id: each for each in findings(before)}
    of_people = [change for each in now for change in _of_person(earlier.get(each.person_id), each)]
    return [*of_people, *_of_credits(before, determination)]


def _of_credits(before: Determination, after: Determination) -> Iterator[Change]:
    """Of each tax household, told by the first of its people; of the household where there is one alone."""
    was, now = _credits_by_first(before), _credits_by_first(after)
    heads = {each.pk: each for each in [*was, *now]}
    for head in heads.values():
        whose = head if len(heads) > 1 else None
        yield from _change(whose, _("Tax credit each month"), _money(was.get(head)), _money(now.get(head)))


def _credits_by_first(determination: Determination) -> dict[Person, int]:
    first: dict[int, Person] = {}
    for each in findings(determination):
        first.setdefault(each.tax_household, each.person)
    return {first[number]: credit for number, credit in credits(determination).items()}


def _of_person(before: Finding | None, after: Finding) -> Iterator[Change]:
    was = before.answer if before else None
    yield from _change(after.person, _("Program"), was, after.answer)
    was_type = before.plan_type_found if before else None
    yield from _change(after.person, _("ConnectorCare plan type"), was_type, after.plan_type_found)
    was_cost = _money(before.contribution) if before else None
    yield from _change(after.person, _("Lowest monthly cost in ConnectorCare"), was_cost, _money(after.contribution))
    was_beside = before.also_found if before else None
    yield from _change(after.person, _("Also"), was_beside, after.also_found)


def _change(person: Person | None, what: str, before: Figure | None, after: Figure | None) -> list[Change]:
    return [] if before == after else [Change(person, what, before, after)]


def _money(amount: int | None) -> Figure | None:
    return None if amount is None else Figure(amount, CENTS)
