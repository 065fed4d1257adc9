"""Nothing is left in English on a Spanish or Portuguese page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from openhix.site import translations

# What reads the same in every language: names, and words that are spelled alike.
SAME = {
    "OpenHIX", "MassHealth", "ConnectorCare", "English", "Español", "Português", "Real", "Error", "No",
    "MAhealthconnector.org", "1-877-623-6765", "1-877-MA-ENROLL (1-877-623-6765)", "Massachusetts",
}  # fmt: skip


def test_every_sentence_is_translated() -> None:
    assert translations.check() == []


def test_catalogs_are_as_extract_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {language: translations.path_of(language).read_bytes() for language in translations.PLURALS}
    for language, text in before.items():
        (tmp_path / language).write_bytes(text)
    monkeypatch.setattr(translations, "path_of", lambda language: tmp_path / language)
    translations.extract()
    assert {language: (tmp_path / language).read_bytes() for language in before} == before


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Continue"\nmsgstr ""', "not translated: Continue"),
        ('#, fuzzy\nmsgid "Continue"\nmsgstr "Continuar"', "fuzzy: Continue"),
        ('msgid "Person {number}"\nmsgstr "Persona"', "placeholders differ: Person {number}"),
        ('msgid "Never said"\nmsgstr "Nunca dicho"', "no longer said: Never said"),
    ],
)
def test_check_finds_what_is_missing_doubtful_or_mismatched(
    entry: str, fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "django.po"
    path.write_text(f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n{entry}\n', encoding="utf-8")
    monkeypatch.setattr(translations, "path_of", lambda language: path)
    assert any(line.startswith(f"es: {fault}") for line in translations.check())
    assert any(line.startswith("es: missing (run extract)") for line in translations.check())


def test_catalogs_hold_no_dates_and_no_line_numbers() -> None:
    for language in translations.PLURALS:
        text = translations.path_of(language).read_text(encoding="utf-8")
        assert "Date" not in text.split("\n\n")[0]
        assert not re.search(r"^#: .*:\d", text, re.MULTILINE)


def lines(html: str) -> set[str]:
    """The pieces of text that a reader sees or hears."""
    texts = re.findall(r">([^<]+)<", html) + re.findall(r'(?:aria-label|content)="([^"]+)"', html)
    return {" ".join(unescape(text).split()) for text in texts}


@pytest.mark.parametrize(
    "page", ["", "about/", "how-it-works/", "help/", "accessibility/", "estimate/?zip=1", "nowhere/"]
)
@pytest.mark.parametrize("language", ["es", "pt"])
def test_no_piece_of_a_page_is_left_in_english(page: str, language: str) -> None:
    client = Client()
    english = lines(client.get(f"/{page}").content.decode())
    other = lines(client.get(f"/{language}/{page}").content.decode())
    alike = {text for text in english & other if re.search(r"[A-Za-z]{2}", text)} - SAME
    assert {text for text in alike if not re.fullmatch(r"width=.*|#\w+", text)} == set()


def test_compiled_catalogs_are_where_django_looks() -> None:
    for language in translations.PLURALS:
        assert Path(translations.path_of(language)).with_suffix(".mo").exists(), (
            "run: openhix.site.translations compile"
        )
