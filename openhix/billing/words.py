"""Months in words, and every movement of money in a sentence: for pages, bills and staff, in the active language."""

from __future__ import annotations

from datetime import date

from babel import Locale
from babel.dates import format_skeleton
from django.utils.translation import get_language


def month(value: date) -> str:
    """`January 2026`, `enero de 2026`, `janeiro de 2026`."""
    return format_skeleton("yMMMM", value, locale=Locale.parse(get_language() or "en"))
