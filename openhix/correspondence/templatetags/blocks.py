"""The blocks of a letter as HTML: see openhix/correspondence/content.py for their shape."""

from __future__ import annotations

from collections.abc import Callable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from openhix.correspondence.content import Block

register = template.Library()


@register.simple_tag
def letter_block(block: Block) -> SafeString:
    return _SHOWN[block["type"]](block)


def _heading(block: Block) -> SafeString:
    return format_html("<h2>{}</h2>", block["text"])


def _paragraph(block: Block) -> SafeString:
    return format_html("<p>{}</p>", block["text"])


def _important(block: Block) -> SafeString:
    return format_html('<div class="letter__important"><p><strong>{title}</strong></p><p>{text}</p></div>', **block)


def _list(block: Block) -> SafeString:
    entries = format_html_join("", "<li>{}</li>", ((each,) for each in block["items"]))
    return format_html("<ol>{}</ol>" if block["ordered"] else "<ul>{}</ul>", entries)


def _table(block: Block) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((each,) for each in block["head"]))
    rows = format_html_join("", "<tr>{}</tr>", ((_row(row),) for row in block["rows"]))
    return format_html(
        '<div class="letter__wide" role="region" aria-label="{0}" tabindex="0"><table class="usa-table">'
        "<caption>{0}</caption><thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div>",
        block["caption"],
        head,
        rows,
    )


def _row(cells: list[str]) -> SafeString:
    name, *rest = cells
    return format_html(
        '<th scope="row">{}</th>{}', name, format_html_join("", "<td>{}</td>", ((each,) for each in rest))
    )


def _figures(block: Block) -> SafeString:
    rows = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", block["rows"])
    total = (
        format_html('<div class="letter__total"><dt>{}</dt><dd>{}</dd></div>', *block["total"])
        if block["total"]
        else ""
    )
    return format_html('<dl class="letter__figures figures">{}{}</dl>', rows, total)


def _story(block: Block) -> SafeString:
    return format_html('<ul class="letter__story">{}</ul>', _reason(block))


def _reason(told: Block) -> SafeString:
    law = format_html(' <cite class="law">{}</cite>', told["law"]) if told["law"] else ""
    reasons = format_html_join("", "{}", ((_reason(each),) for each in told["because"]))
    return format_html("<li>{}{}{}</li>", told["sentence"], law, format_html("<ul>{}</ul>", reasons) if reasons else "")


_SHOWN: dict[str, Callable[[Block], SafeString]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "important": _important,
    "list": _list,
    "table": _table,
    "figures": _figures,
    "story": _story,
}
