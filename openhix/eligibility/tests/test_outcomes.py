"""Every outcome has sentences in the three languages: the answer, what it costs, and the reasons with their law."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext, override

from openhix.eligibility import telling, words
from openhix.eligibility.models import Finding
from openhix.eligibility.rules.program import Program
from openhix.eligibility.telling import Reason
from openhix.eligibility.tests import households_in_words

# The first of each household has the program; a credit without ConnectorCare is one of 2025, above 500% of the level.
HOUSEHOLDS = {
    Program.MASSHEALTH_STANDARD: ("2026-01", "filer 40 $20,000; child 6"),
    Program.MASSHEALTH_COMMONHEALTH: ("2026-01", "filer 40 $45,000 disabled"),
    Program.MASSHEALTH_CAREPLUS: ("2026-01", "filer 40 $18,000"),
    Program.MASSHEALTH_FAMILY_ASSISTANCE: ("2026-01", "filer 40 $30,000 prucol"),
    Program.CONNECTORCARE: ("2026-01", "filer 40 $30,000"),
    Program.CREDIT_ONLY: ("2025-01", "filer 60 $80,000"),
    Program.UNSUBSIDIZED: ("2026-01", "filer 40 $90,000"),
    Program.CMSP: ("2026-01", "outside 6 undocumented"),
    Program.MASSHEALTH_LIMITED: ("2026-01", "filer 40 $18,000 undocumented"),
    Program.NONE: ("2026-01", "filer 40 $90,000 jailed"),
}


def test_no_outcome_is_forgotten() -> None:
    assert set(HOUSEHOLDS) == set(Program)


@pytest.mark.parametrize("language", ["en", "es", "pt"])
@pytest.mark.parametrize("program", Program, ids=lambda each: each.code)
def test_an_outcome_is_told_in_every_language(program: Program, language: str) -> None:
    month, people = HOUSEHOLDS[program]
    facts = households_in_words.determine({"month": month, "zip": "02118", "people": people})
    assert facts["program"].values[0] == program
    told = telling.spoken(facts, 1)[0]
    with override(language):
        reason = Reason.of(told, gettext)
        sentences = list(of(reason))
        answer = words.answer(Finding(program=program.code))
        cost = words.cost(Finding(program=program.code), [])
    assert answer and "{" not in " ".join(sentences)
    assert len(sentences) >= 3 and all(each.cites for each in reason.because)
    assert bool(cost) == (program is not Program.NONE)
    if language != "en":
        english = set(of(Reason.of(told, str)))
        assert not english & set(sentences)


def of(reason: Reason) -> list[str]:
    return [reason.sentence, *(each for because in reason.because for each in of(because))]
