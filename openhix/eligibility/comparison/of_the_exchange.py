"""Staff compare two laws over the households of the exchange: a job takes some of them and queues itself for the rest.

What went in is what each household's answer that counts rests on; of it only sums are kept.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models.functions import Now
from procrastinate.contrib.django import app

from openhix.eligibility import queries
from openhix.eligibility.comparison.sums import Comparison, compare
from openhix.eligibility.fingerprint import law_and_rules
from openhix.eligibility.given import households_of
from openhix.eligibility.models import ComparedLaws
from openhix.history.actions import record
from openhix.law.tables import Law
from openhix.plans import queries as plans

AT_ONCE = 500  # households


@transaction.atomic
def start(*, before: str, after: str, month: date, who: str) -> ComparedLaws:
    """Ask for a comparison; a worker makes it. Raises UnknownScenario, MissingLaw and NoShelf."""
    for name in (before, after):
        Law(month, name)
    plans.shelf(year=month.year)
    row = ComparedLaws.objects.create(
        who=who,
        before=before,
        after=after,
        coverage_month=month,
        law_before=law_and_rules(before),
        law_after=law_and_rules(after),
        households=queries.that_count().count(),
    )
    record(
        kind="eligibility.laws_compared",
        who=who,
        why=f"Staff compare {before} with {after}.",
        subject_kind="compared_laws",
        subject_id=row.pk,
        payload={"households": row.households},
    )
    go_on.defer(compared=row.pk, after=0)
    return row


def latest(most: int) -> list[ComparedLaws]:
    return list(ComparedLaws.objects.order_by("-pk")[:most])


def one(pk: int) -> ComparedLaws | None:
    return ComparedLaws.objects.filter(pk=pk).first()


@app.task(name="eligibility.compare_laws")
def go_on(compared: int, after: int) -> None:
    """The households after determination `after`. Delivered twice it takes effect once: it is then further already."""
    try:
        with transaction.atomic():
            row = ComparedLaws.objects.select_for_update().get(pk=compared)
            if row.ended_at is None and row.reached == after:
                _some(row)
    except Exception as error:
        ComparedLaws.objects.filter(pk=compared).update(ended_at=Now(), stopped_by=type(error).__name__)
        raise


def _some(row: ComparedLaws) -> None:
    made = list(queries.that_count(after=row.reached)[:AT_ONCE])
    if not made:
        ComparedLaws.objects.filter(pk=row.pk).update(ended_at=Now())
        return
    facts = [each.given["facts"] for each in made if each.given["facts"]]
    before, after = (Law(row.coverage_month, name) for name in (row.before, row.after))
    parts = [households_of(*facts)] if facts else []
    found = compare(parts, before=before, after=after, shelf=plans.shelf(year=row.coverage_month.year))
    if row.result is not None:
        found = Comparison.from_data(row.result).plus(found)
    row.result, row.reached, row.done = found.as_data(), made[-1].pk, row.done + len(made)
    row.save(update_fields=["result", "reached", "done"])
    go_on.defer(compared=row.pk, after=row.reached)
