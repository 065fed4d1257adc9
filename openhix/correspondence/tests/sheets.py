"""A bill and a letter, filled in, for tests."""

from __future__ import annotations

from typing import Any

from openhix.correspondence import content

BILL: dict[str, Any] = {
    "language": "en",
    "dated": "2025-11-15",
    "number": "1243",
    "member_id": "712345678901",
    "primary_member": "Ana Almeida",
    "address": ["Ana Almeida", "12 Dudley Street", "Boston, MA 02118"],
    "kind": "health",
    "insurer": "Blue Cross Blue Shield of Massachusetts",
    "plan": "Standard High Silver: HMO Blue $2,000 Deductible",
    "people": ["Ana Almeida"],
    "month": "2026-01-01",
    "is_first": True,
    "premium": 161_234,
    "credit": 30_000,
    "subsidy": 20_000,
    "price": 111_234,
    "last_balance": 5_000,
    "payments_from": "2025-10-15",
    "payments_to": "2025-11-15",
    "payments": [{"on": "2025-11-02", "cents": 5_000}],
    "due_from_last": 0,
    "fees": [],
    "adjustments": [],
    "adjusted": 0,
    "owed": 111_234,
    "credit_left": 0,
    "due_on": "2025-12-23",
    "messages": ["Until December 23 you may change your plan."],
    "how_to_pay": "http://localhost:8000/how-to-pay/",
    "illustrative": True,
}

BLOCKS = [
    content.paragraph("Thank you for your application."),
    content.important("Send copies by February 13, 2026", "You can be covered while we wait."),
    content.heading("What we need"),
    content.table(caption="Proofs", head=["Person", "What"], rows=[["Ana Almeida", "Proof of income"]]),
    content.items(["Make copies.", "Mail them."], ordered=True),
    content.items(["a pay stub", "a tax return"]),
    content.figures([("Premium", "$500.00"), ("Tax credit", "−$100.00")], total=("You pay", "$400.00")),
    content.story(
        "Ana qualifies for ConnectorCare.",
        law="956 CMR 12.04",
        because=[{"sentence": "The income is $22,500.00.", "law": "", "because": []}],
    ),
]

LETTER: dict[str, Any] = {
    "language": "en",
    "dated": "2025-11-15",
    "number": "1207",
    "member_id": "712345678901",
    "address": ["Ana Almeida", "12 Dudley Street", "Boston, MA 02118"],
    "subject": "Send us proof by February 13, 2026",
    "blocks": BLOCKS,
}
