"""The tree of reasons as HTML: a list one can open step by step, with the law beside each sentence.

Written by a function rather than a template that includes itself, since a page may tell a few hundred reasons.
"""

from __future__ import annotations

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from openhix.eligibility.telling import Reason

register = template.Library()


@register.simple_tag
def story(told: Reason, number: int = 0, name: str = "") -> SafeString:
    """Why a person, by number or name, has the program: closed at first, sentence by sentence."""
    if name:
        title = escape(_("Why? The reasons for {name}").format(name=name))
    else:
        title = escape(_("Why? The reasons for person {number}").format(number=number))
    reasons = "".join(_item(each) for each in told.because)
    return mark_safe(
        f'<details class="why"><summary>{title}</summary>'
        f'<p class="why__answer">{_sentence(told)}</p><ul class="story">{reasons}</ul></details>'
    )


def _item(told: Reason) -> str:
    if not told.because:
        return f"<li>{_sentence(told)}</li>"
    reasons = "".join(_item(each) for each in told.because)
    return f"<li><details><summary>{_sentence(told)}</summary><ul>{reasons}</ul></details></li>"


def _sentence(told: Reason) -> str:
    law = f' <cite class="law">{escape(told.cites)}</cite>' if told.cites else ""
    return f"<span>{escape(told.sentence)}</span>{law}"
