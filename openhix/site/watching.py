"""For those who watch over a running exchange: /health/ for load balancers, /metrics/ for Prometheus.

Both are read from the database when asked, so any web process answers for the whole exchange. Nothing is counted by
household, person or account.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

LONGEST_WAIT = 300  # seconds for which a job that is due may stand in the queue
ALIVE = 60  # seconds since a worker's last sign of life
LOOPBACK = frozenset({"127.0.0.1", "::1"})

log = logging.getLogger(__name__)

COUNTED = {  # what is counted, and in which table
    "households": "people_household",
    "applications_submitted": "application_version",
    "determinations": "eligibility_determination",
    "policies": "enrollment_policy",
    "payments": "billing_payment",
    "letters": "correspondence_letter",
    "events": "history_event",
}


@never_cache
@require_safe
def health_page(request: HttpRequest) -> HttpResponse:
    """`ok`, or `not ok` with status 503; which part is not, stands in the log."""
    ill = [name for name, check in CHECKS.items() if not _is_well(name, check)]
    return HttpResponse("not ok\n" if ill else "ok\n", status=503 if ill else 200, content_type="text/plain")


def _is_well(name: str, check: Callable[[], bool]) -> bool:
    try:
        well = check()
    except Exception as error:
        log.warning("health: %s: %s", name, type(error).__name__)
        return False
    if not well:
        log.warning("health: %s is not well", name)
    return well


def _database() -> bool:
    return _number("select 1") == 1


def _queue() -> bool:
    """Somebody does the jobs."""
    return _oldest_due() <= LONGEST_WAIT


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


CHECKS: dict[str, Callable[[], bool]] = {"the database": _database, "the queue": _queue, "the tables": _migrations}


@never_cache
@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """In Prometheus' own format, for this machine alone, or for who brings OPENHIX_METRICS_TOKEN; others get a 404."""
    if not _may_see(request):
        raise Http404("not for you")
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_see(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    # Behind a proxy everybody comes from its address: then only the token counts.
    through_a_proxy = settings.ALLAUTH_TRUSTED_PROXY_COUNT or "X-Forwarded-For" in request.headers
    return not through_a_proxy and request.META["REMOTE_ADDR"] in LOOPBACK


class _Figures(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily]:
        jobs = GaugeMetricFamily("openhix_jobs", "Jobs by status.", labels=["status"])
        counted = dict(_rows("select status::text, count(*) from procrastinate_jobs group by 1"))
        for status in ("todo", "doing", "failed"):
            jobs.add_metric([status], counted.get(status, 0))
        yield jobs
        yield GaugeMetricFamily(
            "openhix_oldest_due_job_seconds", "How long the oldest job that is due has waited.", value=_oldest_due()
        )
        yield GaugeMetricFamily(
            "openhix_workers",
            "Workers that gave a sign of life in the last minute.",
            value=_number(
                f"select count(*) from procrastinate_workers where last_heartbeat > now() - interval '{ALIVE} seconds'"
            ),
        )
        for name, table in COUNTED.items():
            yield GaugeMetricFamily(
                f"openhix_{name}", f"Rows of {table}.", value=_number(f"select count(*) from {table}")
            )


def _oldest_due() -> float:
    """Seconds. Jobs behind all others (of a priority below 0) are meant to wait."""
    return _number(
        """select coalesce(extract(epoch from now() - min(coalesce(job.scheduled_at, event.at))), 0)
           from procrastinate_jobs job
           left join procrastinate_events event on event.job_id = job.id and event.type = 'deferred'
           where job.status = 'todo' and job.priority >= 0
             and (job.scheduled_at is null or job.scheduled_at <= now())"""
    )


def _number(question: str) -> float:
    return float(_rows(question)[0][0])


def _rows(question: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())
