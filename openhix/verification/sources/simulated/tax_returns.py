"""The Internal Revenue Service: the income of the last tax return."""

from __future__ import annotations

from openhix.application.answers import PersonAnswers
from openhix.application.rules.income import annual_income
from openhix.verification.sources.interface import Income
from openhix.verification.sources.simulated.amounts import amount


def answer(words: str, told: PersonAnswers) -> Income:
    return amount(words, annual_income(told))
