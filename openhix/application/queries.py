"""Reading the application of a household: its draft, its versions, and what is still to be answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from openhix.application.answers import Answers
from openhix.application.models import Application, Draft, Version
from openhix.application.rules import complete
from openhix.application.rules.steps import Step, asked
from openhix.kernel import clock
from openhix.people.models import Household


@dataclass(frozen=True)
class Task:
    """One page of the application: of whom (the key, empty for the household), whether it is done, and where it is."""

    step: Step
    person: str
    done: bool
    url: str


def application_of(household: Household) -> Application | None:
    return Application.objects.filter(household=household).first()


def draft_of(household: Household) -> Draft | None:
    return Draft.objects.filter(application__household=household).select_related("application").first()


def latest(household: Household) -> Version | None:
    """The version that counts: the last one submitted."""
    return _versions(household).first()


def keys(household: Household) -> set[str]:
    """Of everybody on the version that counts; of nobody before one was sent in."""
    version = latest(household)
    return set() if version is None else {each.key for each in answers_of(version).people}


def that_count(versions: Collection[Version]) -> set[int]:
    """Ids of those of these versions that no later one has followed."""
    of = {each.application_id for each in versions}
    latest = Version.objects.filter(application__in=of).order_by("application", "-number").distinct("application")
    return {each.pk for each in versions} & set(latest.values_list("pk", flat=True))


def versions(household: Household) -> list[Version]:
    """All versions of the household's application, the latest first."""
    return list(_versions(household))


def _versions(household: Household) -> QuerySet[Version]:
    return Version.objects.filter(application__household=household).select_related("application").order_by("-number")


def answers_of(version: Version | Draft) -> Answers:
    return Answers.from_json(version.answers)


def tasks(answers: Answers) -> list[Task]:
    """Every page that this application has, in order."""
    today = clock.today()
    return [
        Task(step, person, not complete.page_faults(step, person, answers, today), url_of(step, person))
        for step, person in asked(answers)
    ]


def url_of(step: Step, person: str = "") -> str:
    if person:
        return reverse("application-person-page", args=[step.value, person])
    return reverse("application-page", args=[step.value])
