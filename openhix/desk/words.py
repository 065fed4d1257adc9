"""What staff read of a household's history: each kind of event in words. Staff pages are in English."""

from __future__ import annotations

HAPPENED = {
    "people.household_opened": "Household opened",
    "people.person_kept": "New on the application",
    "people.person_corrected": "Corrected",
    "people.language_chosen": "Language chosen",
    "people.household_looked_at": "Looked at by staff",
    "application.begun": "Application begun",
    "application.saved": "Answers saved",
    "application.change_begun": "Change of the application begun",
    "application.change_thrown_away": "Change of the application given up",
    "application.submitted": "Application sent in",
    "correspondence.document_received": "Paper received",
    "correspondence.document_looked_at": "Paper looked at by staff",
    "verification.services_asked": "Data services asked",
    "verification.services_answered": "Data services answered",
    "verification.proofs_asked": "Proof asked for",
    "verification.proofs_withdrawn": "Proof no longer needed",
    "verification.proofs_reminded": "Reminded of a proof",
    "verification.paper_sent": "Paper sent for a proof",
    "verification.proof_refused": "Paper refused",
    "verification.proof_asked_again": "Paper asked for again",
    "verification.proof_extended": "More time for a proof",
    "verification.claim_settled": "Claim shown",
    "verification.claim_expired": "Claim not shown in time",
    "eligibility.determined": "Eligibility determined",
    "eligibility.told_apart": "Two people told apart",
    "enrollment.chosen": "Plan chosen",
    "enrollment.completed": "Enrollment complete",
    "enrollment.withdrawn": "Choice ended",
    "enrollment.changed": "Plan changed after a new determination",
    "billing.charged": "Charges posted",
    "billing.billed": "Bill sent",
    "billing.payment_received": "Payment received",
    "correspondence.letter_sent": "Letter sent",
}

NIGHTLY = {
    "enrollment.withdraw_unpaid": "End choices whose first payment did not come in time",
    "verification.ask_again": "Ask data services again that did not answer",
    "verification.remind": "Remind of proofs that are soon due",
    "verification.expire": "End claims that were not shown in time",
}

WHO = {"system": "the system", "operator": "an operator"}

REASONS = {
    "phone": "The member told us on the phone.",
    "document": "A document shows it.",
    "ours": "We had written it down wrongly.",
}  # for a correction: chosen, not typed, since history holds nothing about a person

STANDS = {
    "attested": "Believed: nobody who could know was asked.",
    "verified": "Confirmed by a data service.",
    "not_matched": "Data services say something else.",
    "unavailable": "A data service has not answered yet.",
    "asked": "Asked for by letter. What was told counts until the last day.",
    "accepted": "Proved by papers.",
    "refused": "The last paper was refused. What was told counts until the last day.",
    "expired": "Not shown in time: what data services say counts, or that it was not shown.",
}  # a claim: verification.rules.status.Status


def nightly(name: str) -> str:
    return NIGHTLY.get(name, name)


def happened(kind: str) -> str:
    return HAPPENED.get(kind, kind)
