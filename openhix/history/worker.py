"""Doing what is queued: reactions, and the nightly and other timed work that rooms declare in their `jobs.py`."""

from __future__ import annotations

from typing import Any

from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector


class _Connector(PsycopgConnector):
    """The worker fetches its jobs over connections of its own; what a job enqueues goes over Django's.

    Thus a job too enqueues in the transaction of the records that cause it. (The queue's own worker connector would
    enqueue at once, whatever becomes of the transaction.)
    """

    def __init__(self, of_jobs: DjangoConnector, **address: Any) -> None:
        super().__init__(**address)
        self._of_jobs = of_jobs

    def get_sync_connector(self) -> BaseConnector:
        return self._of_jobs


def work(*, until_empty: bool = False) -> None:
    """Do jobs until told to stop by a signal, or `until_empty`. A job under way has ten seconds to end."""
    of_jobs = app.connector
    assert isinstance(of_jobs, DjangoConnector)
    with app.replace_connector(_Connector(of_jobs, kwargs=connector_params(of_jobs.alias))):
        app.run_worker(wait=not until_empty, install_signal_handlers=not until_empty, shutdown_graceful_timeout=10)
