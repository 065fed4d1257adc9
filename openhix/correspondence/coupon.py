"""What machines read on a bill: the line of digits on its coupon, and the QR code."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import segno
from stdnum import luhn

KINDS = {"health": "1", "dental": "2"}


def codes(bill: dict[str, Any]) -> dict[str, str]:
    """For the bill's template, from its data: `scan_line`, and `qr`, the way to the how-to-pay page as SVG."""
    due_on = date.fromisoformat(bill["due_on"])
    return {
        "scan_line": scan_line(member_id=bill["member_id"], kind=bill["kind"], due_on=due_on, cents=bill["owed"]),
        "qr": qr(bill["how_to_pay"]),
    }


def scan_line(*, member_id: str, kind: str, due_on: date, cents: int) -> str:
    """Member id, kind of plan, day due, amount in cents and a check digit over all of them (Luhn, ISO/IEC 7812-1).

    `712345678901 1 20251223 0000011234 6`. Raises ValueError for an amount below zero or above ten digits.
    """
    amount = f"{cents:010d}"
    if cents < 0 or len(amount) > 10:
        raise ValueError(f"a coupon has no room for {cents} cents")
    parts = (member_id, KINDS[kind], f"{due_on:%Y%m%d}", amount)
    return " ".join((*parts, luhn.calc_check_digit("".join(parts))))


def qr(address: str) -> str:
    """A QR code that leads to `address`, as SVG."""
    code = BytesIO()
    segno.make_qr(address, error="m").save(code, kind="svg", border=0, xmldecl=False, nl=False)
    return code.getvalue().decode()
