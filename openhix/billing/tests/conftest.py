from __future__ import annotations

from openhix.enrollment.tests.conftest import on_day, shelf_2026

__all__ = ["on_day", "shelf_2026"]
