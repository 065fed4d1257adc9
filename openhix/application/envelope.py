"""The address that an application gives, as it is written on an envelope."""

from __future__ import annotations

from openhix.application.answers import Answers


def lines(answers: Answers) -> list[str]:
    """Name of the first person, street, unit, and place; empty ones are left out by whoever writes them."""
    address = answers.mailing or answers.home
    place = f"{address.city}, {address.state} {address.zip}".strip(", ")
    first = answers.people[0]
    return [f"{first.first_name} {first.last_name}", address.street, address.unit, place]
