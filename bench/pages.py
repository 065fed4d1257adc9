"""Pages beside an empty Django view: the same process, the same middleware, called through WSGI."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from typing import Any

from bench.report import Figure, seconds
from openhix.site.cli.exchange import exchange

REQUESTS = 40
PAGES = {
    "home": ("/", "a third"),
    "estimate": (
        "/estimate/?zip=02118&start=2026-01&help=yes&income=60000&per=year&age=40&who=filer&expecting=0"
        "&age=38&who=spouse&expecting=0&age=6&who=child&expecting=0",
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
    with tempfile.TemporaryDirectory(prefix="openhix-bench-") as home:
        os.environ["OPENHIX_HOME"] = home
        for command in ("migrate", "prepare"):
            subprocess.run([sys.executable, "-m", "openhix.site.cli", command], check=True, capture_output=True)
        with exchange():
            return _measure()


def _measure() -> list[Figure]:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    settings.ALLOWED_HOSTS = ["localhost"]
    settings.ROOT_URLCONF = "bench.urls"
    application = get_wsgi_application()

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
