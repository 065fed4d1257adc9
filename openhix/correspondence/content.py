"""What a letter says: a list of blocks in plain JSON, already in the language of the household.

    {"type": "heading", "text": "..."}
    {"type": "paragraph", "text": "..."}
    {"type": "important", "title": "...", "text": "..."}           set apart: what to do, and by when
    {"type": "list", "items": ["...", ...], "ordered": false}      ordered: steps, one after another
    {"type": "table", "caption": "...", "head": ["...", ...], "rows": [["...", ...], ...]}
                                                                   the first cell of a row names it
    {"type": "figures", "rows": [["label", "$1.00"], ...], "total": ["label", "$1.00"] | null}
    {"type": "story", "sentence": "...", "law": "26 CFR ...", "because": [story without its type, ...]}

The functions below make them. A letter is kept as it was sent, so nothing in it is translated later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Block = dict[str, Any]

DEEPEST = 12  # levels of a story


class BadContent(ValueError):
    """A block that no letter can print. The message says which one and what is wrong with it."""


def heading(text: str) -> Block:
    return {"type": "heading", "text": text}


def paragraph(text: str) -> Block:
    return {"type": "paragraph", "text": text}


def important(title: str, text: str) -> Block:
    return {"type": "important", "title": title, "text": text}


def items(texts: Sequence[str], *, ordered: bool = False) -> Block:
    return {"type": "list", "items": list(texts), "ordered": ordered}


def table(*, caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Block:
    return {"type": "table", "caption": caption, "head": list(head), "rows": [list(row) for row in rows]}


def figures(rows: Sequence[tuple[str, str]], *, total: tuple[str, str] | None = None) -> Block:
    """Labels and amounts, one below the other; the amounts already written out."""
    return {"type": "figures", "rows": [list(row) for row in rows], "total": list(total) if total else None}


def story(sentence: str, *, law: str = "", because: Sequence[Mapping[str, Any]] = ()) -> Block:
    """Why: a sentence, the law behind it, and the reasons, which are made in the same way."""
    return {"type": "story", "sentence": sentence, "law": law, "because": [dict(each) for each in because]}


def check(blocks: Sequence[Block]) -> None:
    """Raises BadContent for the first block that no letter can print."""
    if not blocks:
        raise BadContent("a letter has at least one block")
    for number, block in enumerate(blocks, start=1):
        try:
            _CHECKS[block["type"]](block)
        except (KeyError, TypeError) as error:
            raise BadContent(f"block {number}: unknown type or missing part: {error}") from error
        except BadContent as error:
            raise BadContent(f"block {number} ({block['type']}): {error}") from error


def _text(value: object, what: str) -> None:
    if type(value) is not str:  # a lazy translation would be translated again for each reader
        raise BadContent(f"{what} is {type(value).__name__}, not text: translate it before it is sent")
    if not value.strip():
        raise BadContent(f"{what} is empty")


def _texts(values: object, what: str, *, length: int | None = None) -> None:
    if not isinstance(values, list) or not values:
        raise BadContent(f"{what} is not a list with something in it")
    if length is not None and len(values) != length:
        raise BadContent(f"{what} has {len(values)} cells, not {length}")
    for value in values:
        _text(value, what)


def _check_text(block: Block) -> None:
    _text(block["text"], "text")


def _check_important(block: Block) -> None:
    _text(block["title"], "title")
    _text(block["text"], "text")


def _check_list(block: Block) -> None:
    _texts(block["items"], "items")
    if type(block["ordered"]) is not bool:
        raise BadContent("ordered is neither true nor false")


def _check_table(block: Block) -> None:
    _text(block["caption"], "caption")
    _texts(block["head"], "head")
    if not block["rows"]:
        raise BadContent("rows is empty")
    for row in block["rows"]:
        _texts(row, "a row", length=len(block["head"]))


def _check_figures(block: Block) -> None:
    for row in [*block["rows"], *([block["total"]] if block["total"] else [])]:
        _texts(row, "a row", length=2)
    if not block["rows"]:
        raise BadContent("rows is empty")


def _check_story(block: Block, depth: int = 1) -> None:
    if depth > DEEPEST:
        raise BadContent(f"a story of more than {DEEPEST} levels")
    _text(block["sentence"], "sentence")
    if type(block["law"]) is not str:
        raise BadContent("law is not text")
    for reason in block["because"]:
        _check_story(reason, depth + 1)


_CHECKS: dict[str, Callable[[Block], None]] = {
    "heading": _check_text,
    "paragraph": _check_text,
    "important": _check_important,
    "list": _check_list,
    "table": _check_table,
    "figures": _check_figures,
    "story": _check_story,
}
