"""What a person may still have to prove: which claims of the application are whose."""

from __future__ import annotations

from openhix.application.answers import Answers, PersonAnswers, Relationship, Status, TaxRole

CLAIMS = ("identity", "residence", "citizenship", "immigration", "income")  # verification.Proof.Claim


def claims_of(person: PersonAnswers, answers: Answers) -> list[str]:
    """45 CFR 155.315(c), (d) and 155.320(c): the claims that this person makes, in the order of the list."""
    signs = person.relationship == Relationship.SELF
    attests_status = person.applying and person.status is not None
    made = {
        "identity": signs,
        "residence": signs,
        "citizenship": attests_status and person.status == Status.CITIZEN,
        "immigration": attests_status and person.status not in (Status.CITIZEN, Status.OTHER),
        "income": answers.seeks_help is True and (bool(person.incomes) or person.tax_role != TaxRole.DEPENDENT),
    }
    return [claim for claim in CLAIMS if made[claim]]
