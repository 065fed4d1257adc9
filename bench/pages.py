"""Pages beside an empty Django view: the same process, the same middleware, called through WSGI."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable
from typing import Any

from bench.report import Figure, seconds

REQUESTS = 40
PAGES = {
    "home": ("/", "a third"),
    "estimate": (
        "/estimate/?zip=02118&start=2026-01&help=yes&income=60000&period=year&people-TOTAL_FORMS=3&people-INITIAL_FORMS=0"
        "&people-0-age=40&people-0-role=filer&people-1-age=38&people-1-role=joint_filer"
        "&people-2-age=6&people-2-role=child",
        "a tenth",
    ),
}


def _call(application: Callable[..., Iterable[bytes]], path: str) -> bytes:
    target, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": target,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_ACCEPT_LANGUAGE": "en",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    status: list[str] = []
    body = b"".join(application(environ, lambda line, headers, exc_info=None: status.append(line)))
    if not status[0].startswith("200"):
        raise SystemExit(f"{path} answered {status[0]}")
    return body


def measure() -> list[Figure]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhix.site.settings")
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.ROOT_URLCONF = "bench.urls"

    def rate(path: str) -> float:
        return REQUESTS / seconds(lambda: [_call(application, path) for _ in range(REQUESTS)])

    empty = rate("/empty/")
    figures = []
    for name, (path, goal) in PAGES.items():
        reached = rate(path)
        figures.append(
            Figure(f"{name} page", f"{reached:,.0f}/s", f"empty view: {empty:,.0f}/s", f"1/{empty / reached:.1f}", goal)
        )
    return figures
