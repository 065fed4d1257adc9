"""The picture of the records, docs/records.svg: `python -m openhix.site.records` draws it anew from the models."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from django.apps import apps
from django.db.models import Model

from openhix.journey import ROOMS
from openhix.people.sealed import SealedText

PICTURE = Path(__file__).parents[2] / "docs" / "records.svg"
COLUMNS, WIDTH, GAP, EDGE, PAD, HEAD = 3, 380, 26, 20, 14, 96  # pixels, as all that follows
ABOVE_LINES, NAME, LINE, BETWEEN = 44, 20, 15, 7
LETTERS = 55  # of a sentence on one line; links are shorter words and take a few more
INK, QUIET, LINK, SEAL, DARK = "#1b1b1b", "#3d4551", "#14607a", "#9c2a44", "#0d3b4c"


@dataclass
class Record:
    """One model as its box shows it. `lines` are texts with their color."""

    name: str
    lines: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, model: type[Model]) -> Record:
        fields = model._meta.local_fields
        links = [each.related_model for each in fields if isinstance(each.related_model, type)]
        points_to = dict.fromkeys(each.__name__ for each in links if each.__module__.startswith("openhix."))
        sealed = [each.name for each in fields if isinstance(each, SealedText)]
        found = cls(model.__name__ + (" ●" if getattr(model, "append_only", False) else ""))
        found._say(_first_words(model), QUIET, LETTERS)
        found._say("→ " + ", ".join(points_to) if points_to else "", LINK, LETTERS + 3)
        found._say("sealed: " + ", ".join(sealed) if sealed else "", SEAL, LETTERS + 3)
        return found

    def _say(self, text: str, color: str, letters: int) -> None:
        self.lines += [(line, color) for line in textwrap.wrap(text, letters)]

    @property
    def height(self) -> int:
        return NAME + LINE * len(self.lines)


def _first_words(model: type[Model]) -> str:
    """`one row per ...`, as far as the first pause of what the model says of itself."""
    said = " ".join((model.__doc__ or "").split())
    for pause in (". ", "; ", ": "):
        said = said.partition(pause)[0]
    return said[:1].lower() + said[1:].rstrip(".")


def drawn() -> str:
    """The picture: a box for each room that keeps records, each box where its column ends first."""
    ends = [HEAD] * COLUMNS
    boxes: list[str] = []
    for number, room in enumerate(ROOMS, start=1):
        models = [model for model in apps.get_models() if model.__module__.startswith(f"openhix.{room}.")]
        if not models:
            continue
        records = [Record.of(model) for model in models]
        height = ABOVE_LINES + sum(each.height + BETWEEN for each in records) - BETWEEN + PAD
        column = ends.index(min(ends))
        boxes += _box(f"{number}. {room}", records, EDGE + column * (WIDTH + GAP), ends[column], height)
        ends[column] += height + GAP
    width, height = 2 * EDGE + COLUMNS * WIDTH + (COLUMNS - 1) * GAP, max(ends) + 10
    return "\n".join([*_paper(width, height), *boxes, "</svg>", ""])


def _paper(width: int, height: int) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' font-family="system-ui, sans-serif" role="img" aria-labelledby="title">'
    )
    title = "The records of OpenHIX, by room: what one row is, and which records it points to"
    yield f'<title id="title">{title}</title>'
    yield f'<rect width="{width}" height="{height}" fill="#fdfbf7"/>'
    yield _text("The records, by room in the order of the journey", EDGE, 36, DARK, size=22, bold=True)
    only_grows = (
        "● only grows: nobody who runs the exchange can change or delete a row but for the mark of what superseded it"
    )
    yield _text(only_grows, EDGE, 58, QUIET, size=14)
    yield _text("→ records that a row points to, always in this room or an earlier one", EDGE, 80, LINK, size=14)
    yield _text("sealed: encrypted before it reaches the database", EDGE + 500, 80, SEAL, size=14)


def _box(title: str, records: list[Record], x: int, y: int, height: int) -> Iterator[str]:
    yield f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{height}" rx="8" fill="#fff" stroke="#0e6f7a"/>'
    yield f'<path d="M{x} {y + 8}a8 8 0 0 1 8 -8h{WIDTH - 16}a8 8 0 0 1 8 8v24h-{WIDTH}z" fill="{DARK}"/>'
    yield _text(title, x + PAD, y + 22, "#fff", size=16, bold=True)
    y += ABOVE_LINES
    for each in records:
        yield _text(each.name, x + PAD, y + 16, INK, size=15, bold=True)
        y += NAME
        for line, color in each.lines:
            yield _text(line, x + PAD, y + 11, color, size=12)
            y += LINE
        y += BETWEEN


def _text(words: str, x: int, y: int, color: str, *, size: int, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x}" y="{y}" font-size="{size}"{weight} fill="{color}">{escape(words)}</text>'


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhix.site.settings")
    django.setup()
    PICTURE.write_text(drawn(), "utf-8")
