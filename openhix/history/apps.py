from __future__ import annotations

from django.apps import AppConfig


class History(AppConfig):
    name = "openhix.history"

    def ready(self) -> None:
        from openhix.history import clock

        clock.install()
