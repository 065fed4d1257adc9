"""Static files collected, and gunicorn in front of the application."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from gunicorn.app.base import BaseApplication

THREADS = 4  # of each web process
# Paths without their query strings, which hold incomes.
ACCESS_LINE = "%(m)s %(U)s %(s)s %(M)s ms"


def collect() -> None:
    """Bring the collected static files up to date; nothing to do when no file has changed since the last time."""
    fingerprint = _fingerprint()
    noted = settings.STATIC_ROOT / ".collected-from"
    if noted.exists() and noted.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    noted.write_text(fingerprint)


def _fingerprint() -> str:
    """Of the names, sizes and dates of all static files."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            seen.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    return seen.hexdigest()


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from openhix.site.wsgi import application

        return application


def serve(*, host: str, port: int, processes: int, when_ready: Callable[[], None]) -> None:
    """Answer requests until told to stop."""

    def say(arbiter: Any) -> None:
        when_ready()

    _Server(
        {
            "bind": f"{host}:{port}",
            "workers": processes,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,
            "graceful_timeout": 5,
            "keepalive": 5,
            "logconfig_dict": settings.LOGGING,
            "access_log_format": ACCESS_LINE,
            "control_socket_disable": True,
            "when_ready": say,
        }
    ).run()
