"""Names as they are compared and searched for."""

from __future__ import annotations

import unicodedata

# Phones and printers put other signs for the apostrophe and the hyphen that a keyboard has.
_AS_TYPED = str.maketrans("\u2018\u2019\u02bc\u02bb\u00b4\u0060\u2010\u2011\u2013", "''''''---")


def folded(name: str) -> str:
    """Small letters without marks, one blank between words: `josé  O’Brien` and `Jose o'brien` are the same."""
    plain = unicodedata.normalize("NFKD", name.translate(_AS_TYPED).casefold())
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())
