"""How a claim stands: a ladder that reads from the top."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    ATTESTED = "attested"  # nobody was asked, or nobody has anything to say about it
    VERIFIED = "verified"  # what others know agrees
    NOT_MATCHED = "not_matched"  # it does not; papers are asked for
    UNAVAILABLE = "unavailable"  # whoever could know has not answered, and is asked again
    ASKED = "asked"  # papers are owed until their last day
    ACCEPTED = "accepted"  # a paper proves it
    REFUSED = "refused"  # the last paper did not; another may, until the last day
    EXPIRED = "expired"  # not shown in time: what others know counts in its place


class Outcome(StrEnum):
    """What data services say about a claim, taken together."""

    VERIFIED = "verified"
    NOT_MATCHED = "not_matched"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Finding:
    """What services say of one claim. `known` is what they say in its place, as plain JSON, where they differ."""

    outcome: Outcome
    known: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """All that bears on one claim as the application makes it now.

    `services`: what data services say; None where none was asked. `accepted`: staff took a paper as proof. `expired`:
    it was not shown in time. `owed`: a letter has asked for it. `refused`: the last paper sent for it was refused.
    """

    services: Outcome | None = None
    accepted: bool = False
    expired: bool = False
    owed: bool = False
    refused: bool = False


NOTHING = Known()


def status(known: Known) -> Status:
    """45 CFR 155.315(f). What agrees or was proved counts, however late; then the letter; then what others say."""
    if known.accepted:
        return Status.ACCEPTED
    if known.services == Outcome.VERIFIED:
        return Status.VERIFIED
    if known.expired:
        return Status.EXPIRED
    if known.owed:
        return Status.REFUSED if known.refused else Status.ASKED
    if known.services == Outcome.NOT_MATCHED:
        return Status.NOT_MATCHED
    if known.services == Outcome.UNAVAILABLE:
        return Status.UNAVAILABLE
    return Status.ATTESTED
