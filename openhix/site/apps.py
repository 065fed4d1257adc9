from __future__ import annotations

from django.apps import AppConfig


class Site(AppConfig):
    name = "openhix.site"

    def ready(self) -> None:
        from openhix.site import clock

        clock.install()
