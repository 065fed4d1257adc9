"""What a household is told when it cannot choose, marked for translation."""

from __future__ import annotations

from django.utils.translation import gettext

from openhix.kernel.story import _

CANNOT: dict[str, str] = {
    "nothing": _("Pick a plan first."),
    "people": _("Choose who is to be in each plan."),
    "twice": _("One person can be in one plan of a kind only. Choose anew who is in which plan."),
    "together": _(
        "Some of your people are in a paid plan together. Choose a plan for everyone of it, the same or another."
    ),
    "masshealth": _("Someone who has MassHealth cannot be in a health plan too. A dental plan is possible."),
    "program": _("Someone here cannot buy a health plan. Their results say why. A dental plan is possible."),
    "undecided": _("We do not know yet what someone qualifies for. That person can choose once we do."),
    "plan": _("This plan is not open to these people. Pick another one."),
    "day": _("From this day a plan cannot begin. Choose one of the days that the page shows."),
    "born": _("A plan cannot cover a child from a day before the birth. Choose another day or other people."),
    "same_plan": _(
        "Outside open enrollment you can add the new person to the plan that you have, or choose another plan for the "
        "new person alone."
    ),
    "silver": _("Outside open enrollment you can change to a Silver plan only."),
    "share": _("Enter how much of the tax credit to use, from 0 to 100 percent."),
    "connectorcare": _("With a ConnectorCare plan all of the tax credit is used."),
    "price": _("What you see here has changed since you opened this page. Look at it again, then confirm."),
}


def why_not(reason: str) -> str:
    """The sentence of a CannotChoose, in the reader's language."""
    return gettext(CANNOT[reason])


# What happened, as a household tells it; and the papers that prove it.
EVENTS: dict[str, str] = {
    "loss_of_coverage": _("Someone lost other health coverage, or will lose it soon"),
    "loss_of_masshealth": _("Someone's MassHealth ended, or will end soon"),
    "new_child": _("A child was born, adopted, or placed with you by foster care or a court"),
    "marriage": _("Someone married"),
    "divorce_or_death": _("Someone lost coverage by a divorce, a separation or a death"),
    "move": _("Someone moved to Massachusetts, or within Massachusetts"),
    "release_from_jail": _("Someone came out of jail or prison"),
    "newly_lawfully_present": _("Someone became a U.S. citizen, or got an immigration status"),
    "employer_plan_not_affordable": _("The plan of someone's job now costs too much, or covers too little"),
    "employer_reimbursement": _("An employer began to pay back what someone spends on a plan of their own"),
    "cobra_help_ended": _("An employer stopped helping to pay for COBRA coverage"),
    "domestic_abuse": _("Someone left a spouse who abused or left them"),
    "tribal_member": _("Someone is a member of a tribe and wants to choose or change a plan"),
    "patient_protection_waiver": _("The Office of Patient Protection gave someone a waiver"),
    "newly_connectorcare": _("Someone newly qualifies for ConnectorCare"),
    "plan_type_change": _("Someone's ConnectorCare plan type changed"),
    "connectorcare_to_credit": _("Someone changed from ConnectorCare to a tax credit"),
    "credit_gained_or_lost": _("Your household gained or lost the tax credit"),
    "cost_sharing_gained": _("Someone newly qualifies for lower costs of care"),
    "hardship_waiver_approved": _("A hardship waiver was approved"),
    "hardship_waiver_ended": _("A hardship waiver ended"),
    "exchange_error": _("We, or someone who helped you, made a mistake"),
    "contract_violation": _("A health plan did not keep what it promised"),
    "exceptional_circumstances": _("Something serious kept you from choosing in time"),
    "material_error": _("What was written about a plan was wrong"),
    "income_150": _("Income at or below 150% of the poverty level"),
}

PAPERS: dict[str, str] = {
    "loss_of_coverage": _("a letter of the insurer or the employer that says when the coverage ends"),
    "loss_of_masshealth": _("the letter of MassHealth that says when it ends"),
    "new_child": _("a birth certificate, a hospital record, or the papers of the adoption, foster care or court"),
    "marriage": _("a marriage certificate"),
    "divorce_or_death": _("the papers of the divorce or the death, and a letter that says when the coverage ends"),
    "move": _("a lease, a bill or another paper with your name and the new address"),
    "release_from_jail": _("the release papers"),
    "newly_lawfully_present": _("a paper of the immigration service that shows your status and its day"),
    "employer_plan_not_affordable": _("a letter of the employer with what the plan costs or covers, and from when"),
    "employer_reimbursement": _("the letter of the employer about paying back, and from when"),
    "cobra_help_ended": _("a letter of the employer that says when the help ends"),
    "patient_protection_waiver": _("the waiver"),
}

# Why nothing is opened; {day} is the day that it is about.
NOT_OPENED: dict[str, str] = {
    "not_applied": _("First send in your application. Then tell us here what happened."),
    "not_law": _("The law does not give time to choose a plan for this any more."),
    "not_told": _("This is opened by our own answer, or by our staff. Call us about it."),
    "far": _("Check the year of this day."),
    "too_early": _("It is too early: from {day} on you can choose a plan because of this. Come back then."),
    "too_late": _(
        "It is too late: because of this you could choose a plan until {day}. Call us if something kept you from it, "
        "or if you think that this is wrong."
    ),
    "enrollee": _("This helps those who are in one of our health plans now."),
    "connectorcare": _("This helps those who have ConnectorCare now."),
    "tribal_member": _("Your application does not say that this person is a member of a tribe. Change it first."),
    "covered_before": _("One of you two must have had health coverage for a day in the 60 days before the wedding."),
    "refused": _("We have decided about this before, and wrote you a letter. Call us if you think that this is wrong."),
}

# Staff's reasons, of lists: letters say them in the language of the household.
REFUSED: dict[str, str] = {
    "no_event": _("What happened is not among the events for which the law gives time to choose a plan."),
    "too_late": _("It happened too long ago: the time to choose because of it is over."),
    "not_so": _("What we found out shows that it did not happen, or not on that day."),
}
GRANTED: dict[str, str] = {
    "told_us": _("You told us what happened, and it gives you time to choose."),
    "our_mistake": _("A mistake that was not yours kept you from choosing."),
    "hearing": _("A hearing decided it."),
    "proved_late": _("Your papers came late, and they prove it."),
}


def event(code: str) -> str:
    """What happened, in the reader's language."""
    return gettext(EVENTS[code])


SORTS: dict[str, str] = {
    "usual": _("ConnectorCare plans first"),
    "price": _("Lowest monthly price"),
    "deductible": _("Lowest deductible"),
}
