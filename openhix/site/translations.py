"""The catalogs of Spanish and Portuguese: `python -m openhix.site.translations extract | compile | check`.

`extract` brings openhix/locale/*/LC_MESSAGES/django.po up to date with the sentences in code and templates,
`compile` writes the .mo files beside them, `check` fails with a list of what is missing, doubtful or mismatched.
Catalogs carry no dates and no line numbers, so that they change only when a sentence does.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as extract_from
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PLURALS = {"es": "nplurals=2; plural=(n != 1);", "pt": "nplurals=2; plural=(n != 1);"}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "marked": None,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd%]|</?\w+")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


class Plain(Catalog):
    """A catalog whose header holds only what a reader of it needs."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Language", self.locale_identifier or ""),
            ("Plural-Forms", PLURALS.get(self.locale_identifier or "", "nplurals=2; plural=(n != 1);")),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: list[tuple[str, str]]) -> None:
        """What a file says about itself is not believed."""


def path_of(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def sources() -> Iterator[Path]:
    """Code and templates that hold sentences; no tests, migrations or vendored files."""
    for path in sorted([*ROOT.rglob("*.py"), *ROOT.glob("*/templates/**/*.html")]):
        if not {"tests", "migrations", "node_modules"} & set(path.relative_to(ROOT).parts):
            yield path


def sentences() -> Catalog:
    """Every sentence that is marked for translation, with the files that it stands in."""
    found = Catalog()
    for path in sources():
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            text = _INDENT.sub("", templatize(text, origin=str(path)))
        place = [(path.relative_to(ROOT.parent).as_posix(), 0)]
        for _line, message, _comments, context in extract_from("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            if message:
                found.add(message, locations=place, context=context)
    return found


def _empty(language: str) -> Catalog:
    return Plain(
        locale=language, header_comment="# OpenHIX in another language: see openhix/site/translations.py.", fuzzy=False
    )


def catalog(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        read = read_po(file, locale=language)
    kept = _empty(language)
    for message in read:
        if message.id:
            kept[message.id] = message
    return kept


def extract() -> None:
    """Bring both catalogs up to date; a sentence that is gone goes, one that changed must be translated anew."""
    found = sentences()
    for language in PLURALS:
        old, new = catalog(language), _empty(language)
        for message in found:
            if not message.id:
                continue
            before = old.get(message.id, message.context)
            new.add(
                message.id,
                before.string if before else "",
                locations=message.locations,
                context=message.context,
                flags=before.flags if before else (),
                user_comments=before.user_comments if before else (),
            )
        with path_of(language).open("wb") as file:
            write_po(file, new, width=110, sort_output=True, include_lineno=False)


def compile_all() -> None:
    for language in PLURALS:
        with path_of(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog(language))


def check() -> list[str]:
    """What is wrong with the catalogs, one line each; nothing when all is well."""
    found = sentences()
    wrong = []
    for language in PLURALS:
        have = catalog(language)
        for message in found:
            if message.id:
                wrong += [f"{language}: {each}" for each in _faults(message, have.get(message.id, message.context))]
        wrong += [
            f"{language}: no longer said: {_shown(message)}"
            for message in have
            if message.id and found.get(message.id, message.context) is None
        ]
    return wrong


def _faults(message: Message, translated: Message | None) -> Iterator[str]:
    if translated is None:
        yield f"missing (run extract): {_shown(message)}"
        return
    strings = translated.string if isinstance(translated.string, (tuple, list)) else (translated.string,)
    said = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    if not all(strings) or len(strings) != len(said):
        yield f"not translated: {_shown(message)}"
        return
    if translated.fuzzy:
        yield f"fuzzy: {_shown(message)}"
    for original, string in zip(said, strings, strict=True):
        if sorted(_PLACEHOLDER.findall(original)) != sorted(_PLACEHOLDER.findall(str(string))):
            yield f"placeholders differ: {original} -> {string}"


def _shown(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, (tuple, list)) else message.id)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["extract"]:
            extract()
        case ["compile"]:
            compile_all()
        case ["check"]:
            wrong = check()
            print("\n".join(wrong) or "Every sentence is translated.")
            return 1 if wrong else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
