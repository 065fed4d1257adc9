from __future__ import annotations

import logging
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from openhix.application import queries as applications
from openhix.application.models import Version
from openhix.history.models import Event
from openhix.history.nightly import nightly
from openhix.history.reactions import on
from openhix.kernel import clock
from openhix.people.models import Household
from openhix.verification import actions, queries
from openhix.verification.actions import Said
from openhix.verification.models import Inquiry, Reply
from openhix.verification.sources.interface import ANSWERS, Broken, Connection, NoAnswer, Request, Service, Services

log = logging.getLogger(__name__)

TRIES = 3
AT_ONCE = RetryStrategy(max_attempts=TRIES, wait=3)  # seconds; after that by the exchange's clock: rules/asking.py


@on("application.submitted")
def check_what_is_claimed(event: Event) -> None:
    """Whoever may know is asked first, so that one letter asks for all that is to be proved. The determination waits
    for neither."""
    version = _version(event)
    if settings.DATA_SERVICES and actions.ask_services(version=version):
        call_services.defer(version=version.pk)
    else:
        actions.ask_for_proofs(version=version)


def _version(event: Event) -> Version:
    return Version.objects.select_related("application__household").get(pk=event.payload["version"])


class NotAnswered(Exception):
    """Some service did not answer: it is asked again soon."""


@app.task(name="verification.call_services", retry=AT_ONCE, pass_context=True)
def call_services(context: JobContext, version: int) -> None:
    """Ask those that have not answered yet, outside of any transaction; then keep what they said, in one.

    Delivered twice it asks twice, and takes one answer. A service that wants more time is not pressed.
    """
    asked_about = Version.objects.select_related("application__household").get(pk=version)
    said = ask_all(asked_about)
    actions.take_replies(version=asked_about, said=said)
    failed = any(each.how in (Reply.How.SILENT, Reply.How.BROKEN) for each in said)
    if failed and context.job.attempts + 1 < TRIES:
        raise NotAnswered


def ask_all(version: Version) -> list[Said]:
    """Put every question that is not answered yet."""
    connection: Connection = import_string(settings.DATA_SERVICES)
    services = connection(applications.answers_of(version))
    return [_put(each, services) for each in queries.unanswered(version)]


def _put(inquiry: Inquiry, services: Services) -> Said:
    """Ask one service. What a connection raises besides NoAnswer is an error of its own: the log has its kind alone."""
    try:
        answer = getattr(services, inquiry.service)(Request.from_json(inquiry.request))
        if not isinstance(answer, ANSWERS[Service(inquiry.service)]):
            raise Broken
    except NoAnswer as none:
        return Said(inquiry, none.how)
    except Exception as error:
        log.warning("data service %s: %s", inquiry.service, type(error).__name__)
        return Said(inquiry, Reply.How.BROKEN)
    return Said(inquiry, Reply.How.ANSWERED, answer)


@app.periodic(cron="34 * * * *")
@app.task(name="verification.ask_again", queueing_lock="verification.ask_again")
def ask_again(timestamp: int) -> None:
    """Each hour: services that have not answered and are due."""
    _ask_again()


@nightly("verification.ask_again")
def ask_again_each_day(day: date) -> None:
    """For a clock that is moved by days."""
    _ask_again()


def _ask_again() -> None:
    if settings.DATA_SERVICES:
        for version in queries.to_ask_again(clock.now()):
            call_services.defer(version=version.pk)


@nightly("verification.remind")
def remind(day: date) -> None:
    for household in queries.due_soon(day):
        remind_household.defer(household=household, day=day.isoformat())


@app.task(name="verification.remind_household")
def remind_household(household: int, day: str) -> None:
    actions.remind(household=Household.objects.get(pk=household), today=date.fromisoformat(day))


@nightly("verification.expire")
def expire(day: date) -> None:
    for household in queries.past_due(day):
        expire_household.defer(household=household, day=day.isoformat())


@app.task(name="verification.expire_household")
def expire_household(household: int, day: str) -> None:
    actions.expire(household=Household.objects.get(pk=household), today=date.fromisoformat(day))
