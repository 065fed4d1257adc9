"""What pages of an account ask about the house they are in."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def demonstration() -> bool:
    """Whether e-mail is kept in the inbox of the demonstration."""
    return bool(settings.DEMONSTRATION)
