"""Twelve households, one for each way through the law: what each reads of its answer, on the page and in the letter.

`twelve.py` has what they tell, `twelve.md` what they read: what was counted, by which law, and what would change it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client

from openhix.application.answers import Answers
from openhix.eligibility import queries
from openhix.eligibility.letters import result
from openhix.eligibility.models import Determination
from openhix.eligibility.rules.program import Program
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast
from tests.stories.town import Town
from tests.stories.twelve import TWELVE

LANGUAGES = ("en", "es", "pt")


def read() -> dict[str, dict[str, list[str]]]:
    """The sentences of each household by language."""
    found: dict[str, dict[str, list[str]]] = {}
    for part in (Path(__file__).parent / "twelve.md").read_text("utf-8").split("\n## ")[1:]:
        name, _newline, lines = part.partition("\n")
        said = re.findall(r"^- (en|es|pt): (.+)$", lines, re.MULTILINE)
        found[name] = {language: [text for code, text in said if code == language] for language in LANGUAGES}
    return found


SENTENCES = read()


def test_every_household_has_its_sentences_in_every_language() -> None:
    assert list(SENTENCES) == [each.__name__ for each in TWELVE]
    for of_one in SENTENCES.values():
        assert {len(of_one[language]) for language in LANGUAGES} == {len(of_one["en"])} and len(of_one["en"]) >= 5


@pytest.mark.parametrize("tells", TWELVE, ids=lambda each: each.__name__)
def test_what_a_household_reads(town: Town, tells: Callable[[], Answers]) -> None:
    walker = town.family(cast.ANA)
    walker.applies(tells())
    made = queries.current(walker.household)
    assert made is not None
    for language in LANGUAGES:
        page, letter = page_in(language, walker.household), letter_in(language, made)
        for sentence in SENTENCES[tells.__name__][language]:
            assert sentence in page
            assert sentence in letter
        assert "{" not in page + letter


def test_they_are_answered_in_every_way_that_the_law_of_2026_has(town: Town) -> None:
    """A credit without ConnectorCare is none of 2026: both end at 400% of the poverty level."""
    found: set[str] = set()
    for number, tells in enumerate(TWELVE):
        walker = town.family(cast.ANA, email=f"{number}@example.org")
        told = tells()
        for each in told.people:
            each.last_name += f" {number}"
        walker.applies(told)
        found |= set(walker.found().values())
    assert found == {each.code for each in Program} - {Program.CREDIT_ONLY.code}


def page_in(language: str, household: Household) -> str:
    """The text of the results page, without its markup."""
    browser = Client()
    browser.force_login(people.accounts_of(household)[0])
    answer = browser.get("/results/" if language == "en" else f"/{language}/results/")
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def letter_in(language: str, made: Determination) -> str:
    """All that the letter of this answer says to a household that reads this language."""
    _subject, blocks = result.text(
        made,
        findings=queries.findings(made),
        tax_households=queries.tax_households(made),
        changes=queries.changes(made),
        proofs=[],
        language=language,
    )
    return " ".join(texts(blocks))


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in texts(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in texts(each))
