"""Data services for the demonstration and for tests: they answer by a table of scenarios, and everybody else's
application they confirm. Nothing leaves the machine.

A module for each service turns the words of the table into an answer; the words that every service has (silent,
error, after 4 hours) are turned here.
"""

from __future__ import annotations

import re
from datetime import timedelta

from openhix.application.answers import Answers, PersonAnswers
from openhix.kernel import clock
from openhix.verification.sources.interface import (
    Broken,
    Coverage,
    Immigration,
    Income,
    Later,
    Request,
    Service,
    Silent,
    SocialSecurity,
)
from openhix.verification.sources.simulated import (
    coverage,
    homeland_security,
    revenue,
    social_security,
    tax_returns,
    unemployment,
)
from openhix.verification.sources.simulated.scenarios import says

_AFTER = re.compile(r"after (\d+) hours?(?:: (.+))?")


class Simulated:
    """`Services` of one application, which they have before them: that is how they can confirm it."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def social_security(self, request: Request) -> SocialSecurity:
        return social_security.answer(_said(Service.SOCIAL_SECURITY, request), self._told(request))

    def tax_returns(self, request: Request) -> Income:
        return tax_returns.answer(_said(Service.TAX_RETURNS, request), self._told(request))

    def wages(self, request: Request) -> Income:
        return revenue.answer(_said(Service.WAGES, request), self._told(request))

    def unemployment(self, request: Request) -> Income:
        return unemployment.answer(_said(Service.UNEMPLOYMENT, request), self._told(request))

    def immigration(self, request: Request) -> Immigration:
        return homeland_security.answer(_said(Service.IMMIGRATION, request), self._told(request))

    def coverage(self, request: Request) -> Coverage:
        return coverage.answer(_said(Service.COVERAGE, request))

    def _told(self, request: Request) -> PersonAnswers:
        asked = (request.first_name, request.last_name, request.birth_date, request.ssn)
        found = [
            each
            for each in self.answers.people
            if (each.first_name, each.last_name, each.birth_date, each.ssn) == asked
        ]
        return found[0]


def _said(service: Service, request: Request) -> str:
    """What the table lets the service say; empty where it confirms. Raises NoAnswer where it does not answer."""
    words = says(service, request)
    if words == "silent":
        raise Silent
    if words == "error":
        raise Broken
    if late := _AFTER.fullmatch(words):
        if clock.now() < request.asked_at + timedelta(hours=int(late[1])):
            raise Later
        return late[2] or ""
    return words
