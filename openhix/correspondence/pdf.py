"""Paper: letters and bills as tagged PDF (PDF/UA-1), set by Typst from the templates in `paper/`.

A template gets its data as JSON and its labels in the language of the paper. The same data gives the same bytes.
"""

from __future__ import annotations

import json
import logging
import re
import threading
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from openhix.correspondence import coupon
from openhix.correspondence.labels import labels

HERE = Path(__file__).resolve().parent
PAPER, FONTS = HERE / "paper", HERE / "fonts"
STANDARD: Literal["ua-1"] = "ua-1"

log = logging.getLogger(__name__)
_local = threading.local()  # a compiler is one thread's


class NoFonts(RuntimeError):
    """The fonts of letters are not there: they come with the package, and in a checkout with `make install`."""


def render(template: str, data: dict[str, Any]) -> bytes:
    """A PDF of `paper/{template}.typ` filled with `data`, whose shape stands at the top of the template.

    `data` names its `language` and the day on which it is `dated` (ISO), which is also the day in the file.
    Raises typst.TypstError for data of another shape.
    """
    inputs = {
        "data": json.dumps(_printable(data), ensure_ascii=False),
        "labels": json.dumps(labels(template, data["language"]), ensure_ascii=False),
    }
    if template == "bill":
        inputs |= coupon.codes(data)
    noon = datetime.combine(date.fromisoformat(data["dated"]), time(12), tzinfo=UTC)
    try:
        return _set(template, inputs, noon, standard=STANDARD)
    except typst.TypstError as error:
        if "could not be displayed with font" not in str(error):
            raise
    # A letter that no font of ours has: the paper is sent all the same, tagged, with a box for that letter.
    log.warning("%s: a letter that is in none of our fonts; it does not claim PDF/UA", template)
    return _set(template, inputs, noon, standard=None)


def _set(template: str, inputs: dict[str, str], noon: datetime, *, standard: Literal["ua-1"] | None) -> bytes:
    pdf = _compiler().compile(
        str(PAPER / f"{template}.typ"),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=standard,
        timestamp=int(noon.timestamp()),
    )
    assert isinstance(pdf, bytes)  # what a compiler gives that is not told to write a file
    return pdf


def _compiler() -> typst.Compiler:
    """Made once for each thread: it keeps fonts and templates."""
    compiler: typst.Compiler | None = getattr(_local, "compiler", None)
    if compiler is None:
        compiler = _local.compiler = typst.Compiler(root=str(PAPER), font_paths=_fonts())
    return compiler


@cache
def _fonts() -> typst.Fonts:
    if not any(FONTS.glob("*.ttf")):
        raise NoFonts(f"no fonts in {FONTS}: run `make install`")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


_UNPRINTABLE = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufdd0-\\ufdef\\ufeff\\ufff9-\\uffff]"
)


def _printable(value: Any) -> Any:
    """The same without characters that only steer a screen: they have no shape, and some would turn a line around."""
    match value:
        case str():
            return _UNPRINTABLE.sub("", value)
        case dict():
            return {key: _printable(each) for key, each in value.items()}
        case list() | tuple():
            return [_printable(each) for each in value]
    return value
