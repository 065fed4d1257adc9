"""The words of the application's choices, marked for translation, by the values that are stored."""

from __future__ import annotations

from openhix.application.answers import IncomeSource, Period, Relationship, Status
from openhix.application.rules.steps import Step
from openhix.kernel.story import _

PAGES: dict[Step, str] = {
    Step.START: _("Help paying for coverage"),
    Step.PEOPLE: _("People in your household"),
    Step.TAXES: _("Tax returns"),
    Step.FAMILY: _("Family ties"),
    Step.ADDRESS: _("Address and phone"),
    Step.STATUS: _("Citizenship, immigration and Social Security number"),
    Step.SITUATION: _("Personal situation"),
    Step.INCOME: _("Income"),
    Step.DEDUCTIONS: _("Deductions"),
    Step.COVERAGE: _("Other health coverage"),
    Step.PROOFS: _("Proof"),
    Step.RIGHTS: _("Rights and responsibilities"),
    Step.SIGN: _("Sign and submit"),
}

HELP: dict[str, str] = {
    "yes": _("Yes, show me whether we can get MassHealth or help paying for a plan"),
    "no": _("No, I will pay the full price"),
}

YES_NO: dict[str, str] = {"yes": _("Yes"), "no": _("No")}

RELATIONSHIPS: dict[str, str] = {
    Relationship.SPOUSE: _("Spouse"),
    Relationship.CHILD: _("Child, also adopted"),
    Relationship.STEPCHILD: _("Stepchild"),
    Relationship.PARENT: _("Parent"),
    Relationship.SIBLING: _("Brother or sister"),
    Relationship.GRANDCHILD: _("Grandchild"),
    Relationship.OTHER: _("Another relative, or not related"),
}

STATUSES: dict[str, str] = {
    Status.CITIZEN: _("U.S. citizen or national"),
    Status.QUALIFIED: _("Green card for 5 years or more, refugee, asylee, or a similar status"),
    Status.QUALIFIED_BARRED: _("Green card for less than 5 years"),
    Status.LAWFULLY_PRESENT: _("Another lawful status, such as a work or student visa or temporary protected status"),
    Status.PRUCOL: _("Known to immigration officials, who have not asked this person to leave"),
    Status.OTHER: _("None of these"),
}

NO_SSN: dict[str, str] = {
    "not_eligible": _("Cannot get a number because of immigration status"),
    "applied": _("Has applied for a number and is waiting for it"),
    "newborn": _("Is a baby or child who has no number yet"),
    "religious": _("Objects to having a number for religious reasons"),
}

SOURCES: dict[str, str] = {
    IncomeSource.JOB: _("Job"),
    IncomeSource.SELF_EMPLOYMENT: _("Self-employment"),
    IncomeSource.UNEMPLOYMENT: _("Unemployment"),
    IncomeSource.SOCIAL_SECURITY: _("Social Security"),
    IncomeSource.OTHER: _("Other income"),
}

PERIODS: dict[str, str] = {
    Period.WEEK: _("each week"),
    Period.TWO_WEEKS: _("every two weeks"),
    Period.MONTH: _("each month"),
    Period.YEAR: _("each year"),
}

DEDUCTIONS: dict[str, str] = {
    "student_loan_interest": _("Student loan interest"),
    "ira": _("Paid into a traditional IRA"),
    "hsa": _("Paid into a health savings account"),
    "self_employment": _("Half of self-employment tax, or a retirement plan of the self-employed"),
    "alimony": _("Alimony paid under an agreement from before 2019"),
    "other": _("Another deduction from income on the federal return"),
}

COVERAGE: dict[str, str] = {
    "medicare": _("Medicare"),
    "masshealth": _("MassHealth"),
    "tricare": _("TRICARE"),
    "va": _("Veterans' health care (VA)"),
    "employer": _("A plan through a job, one's own or a relative's"),
    "other": _("Other health coverage"),
}

CLAIMS: dict[str, str] = {
    "identity": _("Who this person is"),
    "residence": _("That this person lives in Massachusetts"),
    "citizenship": _("U.S. citizenship"),
    "immigration": _("Immigration status"),
    "income": _("Income"),
}

# How someone appears on tax returns.
FILES_ALONE = _("Files a tax return alone")
FILES_JOINTLY = _("Files jointly with {name}, being married")
FILES_SEPARATELY = _("Is married and files separately")
FILES_EXCUSED = _(
    "Is married, and files without the spouse because of abuse, because the spouse left, or as head of household"
)
CLAIMED_BY = _("Is claimed as a dependent by {name}")
CLAIMED_OUTSIDE_PARENT = _("Is claimed as a dependent by a parent outside this household")
CLAIMED_OUTSIDE = _("Is claimed as a dependent by someone else outside this household")
ON_NO_RETURN = _("Does not file, and nobody claims this person")

# Where mail goes.
MAIL = {"home": _("To my home"), "other": _("To another address")}
