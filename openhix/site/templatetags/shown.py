"""How a figure looks on a page: money in US form in every language, dates in the words of the reader's language."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from openhix.kernel import cents, percent

register = template.Library()


@register.filter
def money(amount: int) -> str:
    """Cents as `$1,234.56`."""
    return cents.dollars(amount)


@register.filter
def short_money(amount: int) -> str:
    """Cents as `$1,234`, with the cents only where there are some: for pictures."""
    return cents.dollars(amount).removesuffix(".00")


@register.filter
def percentage(hundredths: int) -> str:
    """Hundredths of a percent as `225.14%`."""
    return percent.text(hundredths) + "%"


@register.filter(expects_localtime=True)  # a moment: its day in Massachusetts
def day(value: date) -> str:
    """`November 1, 2025`, `1 de noviembre de 2025`, `1 de novembro de 2025`."""
    return _day(value, get_language() or "en")


@register.filter
def month(value: date) -> str:
    """`January 2026`, `enero de 2026`, `janeiro de 2026`."""
    return _month(value, get_language() or "en")


@lru_cache(maxsize=1024)
def _day(value: date, language: str) -> str:
    return format_date(value, format="long", locale=Locale.parse(language))


@lru_cache(maxsize=256)
def _month(value: date, language: str) -> str:
    return format_skeleton("yMMMM", value, locale=Locale.parse(language))


@register.filter
def in_words(sentence: str) -> str:
    """A sentence that was marked where it was written, in the reader's language."""
    return gettext(sentence) if sentence else ""


@register.simple_tag
def options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """The `<option>`s of a list of (value, words). Written once for each list and choice: a form of many people
    repeats them."""
    return _options(choices, chosen)


@lru_cache(maxsize=512)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    rows = ((value, mark_safe(" selected") if value == chosen else "", words) for value, words in choices)
    return format_html_join("\n", '<option value="{}"{}>{}</option>', rows)
