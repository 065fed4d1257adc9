"""How the CMS Marketplace API refuses: its codes, and the body in which it says so.

Source: the prose of CMS's API specification (developer.cms.gov/marketplace-api) and answers of the service, which
writes `message` and `error` where the specification's schema has `msg` and `err`. Values are strings throughout.
"""

from __future__ import annotations

from enum import Enum

from pydantic import BaseModel, Field


class Kind(Enum):
    """The code, its HTTP status, and what it means. Codes of what we do not serve (drugs, providers) are not here."""

    INTERNAL = "1000", 500, "internal error"
    COUNTY_NOT_FOUND = "1001", 404, "county not found"
    INVALID = "1003", 400, "invalid input"
    NO_GUIDELINE = "1009", 400, "no poverty guideline"
    TOO_FEW_PLANS = "1016", 404, "too few plans for a second-lowest silver plan"

    @property
    def status(self) -> int:
        return self.value[1]


class Refused(Exception):
    """A request that is not answered. `message` says what to do, after the field where there is one."""

    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(message)
        self.kind, self.message = kind, message


class ErrorBody(BaseModel):
    """The body of every refusal."""

    code: str = Field(examples=["1003"])
    status: str = Field(examples=["400"])
    message: str = Field(examples=["place: (countyfips: cannot be blank.)"])
    error: str = Field(examples=["invalid input"])


def body(kind: Kind, message: str) -> ErrorBody:
    code, status, means = kind.value
    return ErrorBody(code=code, status=str(status), message=message, error=means)
