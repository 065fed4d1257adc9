"""The table of scenarios: who is answered what. Everybody who is not in it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from openhix.verification.sources.interface import Request, Service

TABLE = Path(__file__).with_name("scenarios.yaml")


class UnknownWords(ValueError):
    """The table lets a service say something that it cannot say. The message names it."""


@dataclass(frozen=True)
class Scenario:
    """What the services say of whoever has this Social Security number or this last name; `note` says what it shows."""

    ssn: str
    last_name: str
    answers: Mapping[Service, str]
    note: str

    def is_about(self, request: Request) -> bool:
        if self.ssn:
            return request.ssn == self.ssn
        return request.last_name.casefold() == self.last_name.casefold()


@cache
def scenarios() -> tuple[Scenario, ...]:
    """In the order of the table: the first that fits counts."""
    rows = yaml.safe_load(TABLE.read_text("utf-8"))["scenarios"]
    return tuple(
        Scenario(
            ssn=str(row.get("ssn", "")).replace("-", ""),
            last_name=row.get("last_name", ""),
            answers={Service(name): str(words) for name, words in row["answers"].items()},
            note=row["note"],
        )
        for row in rows
    )


def says(service: Service, request: Request) -> str:
    """The words of the table; empty where nothing is said of this person."""
    return next((each.answers.get(service, "") for each in scenarios() if each.is_about(request)), "")
