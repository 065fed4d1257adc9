"""A household of the cast that owes a proof, and a paper that it sends."""

from __future__ import annotations

from openhix.eligibility.tests import applications
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast
from openhix.verification import actions
from openhix.verification.models import Paper, Proof
from openhix.verification.tests.households import PDF


def proof(family: cast.Family, claim: str = "income") -> tuple[Household, Proof]:
    """The household, which has applied, and what it owes."""
    household = cast.household(family)
    told = applications.of_cast(family)
    told.people[0].unproven = [claim]
    [owed] = actions.ask_for_proofs(version=applications.apply(household, told))
    return household, owed


def paper(household: Household, owed: Proof, *, name: str = "pay stub.pdf", file: bytes = PDF) -> Paper:
    [account] = people.accounts_of(household)
    return actions.send_paper(proof=owed, name=name, file=file, account=account)
