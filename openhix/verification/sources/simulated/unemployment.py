"""The Massachusetts Department of Unemployment Assistance: benefits."""

from __future__ import annotations

from openhix.application.answers import IncomeSource, PersonAnswers
from openhix.application.rules.income import annual_cents
from openhix.verification.sources.interface import Income
from openhix.verification.sources.simulated.amounts import amount


def answer(words: str, told: PersonAnswers) -> Income:
    return amount(words, sum(annual_cents(each) for each in told.incomes if each.source == IncomeSource.UNEMPLOYMENT))
