"""The pages about one person: status and number, situation, other coverage, proofs."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from openhix.application import words
from openhix.application.answers import Answers, EmployerOffer, PersonAnswers, Status
from openhix.application.forms.fields import Checkboxes, Choices, Money, OneOf, Radios, Text, chosen, in_words
from openhix.application.forms.page import PageForm, yes_no
from openhix.application.rules.claims import claims_of
from openhix.application.rules.steps import Step
from openhix.application.rules.who import MOST_BABIES
from openhix.kernel import cents, periods

MAY_EXPECT_FROM = 10  # years of age: younger children are not asked
MAY_WORK_FROM = 14  # years of age, assumed: nobody younger has a job that offers coverage
NONE = "none"


def is_asked_for_foster_care(person: PersonAnswers, answers: Answers) -> bool:
    """130 CMR 505.002(H): it opens MassHealth from 18 to the 26th birthday; asked of who has that age in the year."""
    born = person.birth_date
    return born is not None and 17 <= periods.age_on(born, date(answers.plan_year, 1, 1)) < 26


def babies() -> Choices:
    """The answers about expected children."""
    counted = [ngettext("Yes, {number} baby", "Yes, {number} babies", each) for each in range(1, MOST_BABIES + 1)]
    return [
        ("0", gettext("No")),
        *((str(number), each.format(number=number)) for number, each in enumerate(counted, start=1)),
    ]


class StatusForm(PageForm):
    """Status and Social Security number. A number that is saved is never shown; an empty box keeps it."""

    step = Step.STATUS

    status = Radios(
        label=_("Citizenship or immigration status"),
        help_text=_("We use this to see what each person qualifies for. We do not use it to enforce immigration law."),
        choices=in_words(words.STATUSES),
        required=False,
    )
    ssn = Text(label=_("Social Security number"), room=20, asks={"inputmode": "numeric", "autocomplete": "off"})
    no_ssn_reason = OneOf(
        label=_("If there is no number, why?"), choices=in_words(words.NO_SSN), blank=_("There is a number")
    )

    def shape(self) -> None:
        self.saved_ssn = self.person.ssn
        if self.saved_ssn:
            sentence = gettext("A number that ends in {digits} is saved. Leave this empty to keep it.")
            self.fields["ssn"].help_text = sentence.format(digits=self.saved_ssn[-4:])
        elif not self.person.applying:
            self.fields["ssn"].help_text = gettext("Not required, since this person wants no coverage.")
        if not self.person.applying:
            del self.fields["status"]

    def read(self) -> dict[str, Any]:
        return {"status": self.person.status or "", "no_ssn_reason": self.person.no_ssn_reason}

    def write(self, typed: dict[str, Any]) -> None:
        person = self.person
        if "status" in self.fields:
            person.status = Status(typed["status"]) if typed["status"] else None
        person.no_ssn_reason = typed["no_ssn_reason"] or ""
        person.ssn = typed["ssn"] or ("" if person.no_ssn_reason else self.saved_ssn)
        claims = claims_of(person, self.answers)
        person.unproven = [claim for claim in person.unproven if claim in claims]

    def clean_ssn(self) -> str:
        """Nine digits, however they are set apart; anything else is left for the rule to refuse."""
        typed: str = self.cleaned_data["ssn"]
        return re.sub(r"[\s.–-]", "", typed)


class SituationForm(PageForm):
    step = Step.SITUATION

    incarcerated = Radios(
        label=_("In jail or prison now?"),
        help_text=_("Answer no when waiting for the decision on the charges."),
        choices=in_words(words.YES_NO),
        required=False,
    )
    expecting = OneOf(label=_("Expecting a baby?"))
    disabled = Radios(
        label=_("A disability that has lasted, or is expected to last, 12 months or more?"),
        help_text=_("Physical or mental, also when it is not certified yet."),
        choices=in_words(words.YES_NO),
    )
    disability_found = Radios(
        label=_("If yes: has Social Security, MassHealth or the Commission for the Blind found this disability?"),
        choices=in_words(words.YES_NO),
        required=False,
    )
    former_foster_care = Radios(
        label=_("Was this person in foster care at the age of 18, and on MassHealth or Medicaid then?"),
        choices=in_words(words.YES_NO),
    )
    tribal_member = Radios(
        label=_("A member of a federally recognized tribe, or Alaska Native?"), choices=in_words(words.YES_NO)
    )

    def shape(self) -> None:
        born = self.person.birth_date
        self.choose("expecting", babies())
        if self.answers.seeks_help is False:
            del self.fields["disabled"], self.fields["disability_found"]
        if self.answers.seeks_help is False or not is_asked_for_foster_care(self.person, self.answers):
            del self.fields["former_foster_care"]
        if self.answers.seeks_help is False or (born and periods.age_on(born, self.today) < MAY_EXPECT_FROM):
            del self.fields["expecting"]

    def read(self) -> dict[str, Any]:
        person = self.person
        told = person.incarcerated is not None
        return {
            "incarcerated": yes_no(person.incarcerated),
            "expecting": str(person.expecting) if told else "",
            "disabled": yes_no(person.disabled if told else None),
            "disability_found": yes_no(person.disability_found if told and person.disabled else None),
            "former_foster_care": yes_no(person.former_foster_care if told else None),
            "tribal_member": yes_no(person.tribal_member if told else None),
        }

    def write(self, typed: dict[str, Any]) -> None:
        person = self.person
        person.incarcerated = None if not typed["incarcerated"] else typed["incarcerated"] == "yes"
        person.tribal_member = typed["tribal_member"] == "yes"
        if "disabled" in self.fields:
            person.disabled = typed["disabled"] == "yes"
            person.disability_found = person.disabled and typed["disability_found"] == "yes"
        person.former_foster_care = typed.get("former_foster_care") == "yes"
        if "expecting" in self.fields:
            person.expecting = int(typed["expecting"] or 0)

    def clean_disability_found(self) -> str:
        found: str = self.cleaned_data["disability_found"]
        if self.cleaned_data.get("disabled") == "yes" and not found:
            raise ValidationError(gettext("Say if one of these has found the disability."))
        return found

    def clean_expecting(self) -> str:
        if not self.cleaned_data["expecting"]:
            raise ValidationError(gettext("Choose one of the answers in the list."))
        return str(self.cleaned_data["expecting"])


class CoverageForm(PageForm):
    step = Step.COVERAGE

    other_coverage = Checkboxes(
        label=_("Health coverage this person has and will keep, other than through us"),
        help_text=_("Leave out coverage that ends before coverage through us would begin."),
    )
    offered = Radios(
        label=_("Does a job offer this person health coverage?"),
        help_text=_(
            "Their own job. Answer yes also when they have not taken the offer, and no while they must wait for it "
            "to begin."
        ),
        choices=in_words(words.YES_NO),
    )
    self_cents = Money(
        label=_("The least that coverage for the employee alone would cost, each month"),
        help_text=_(
            'In dollars, the employee\'s share for the cheapest plan that meets the "minimum value": the job can tell '
            "you. Leave empty if you do not know."
        ),
    )
    for_family = Radios(
        label=_("If yes: does the job offer coverage for the family too?"),
        choices=in_words(words.YES_NO),
        required=False,
    )
    family_cents = Money(
        label=_("The least that coverage for the family would cost, each month"),
        help_text=_("In dollars, the employee's share. Leave empty if you do not know."),
    )

    def shape(self) -> None:
        self.choose("other_coverage", [(NONE, gettext("None of these")), *chosen(words.COVERAGE)])
        born = self.person.birth_date
        if born and periods.age_on(born, self.today) < MAY_WORK_FROM:
            for name in ("offered", "self_cents", "for_family", "family_cents"):
                del self.fields[name]
        elif len(self.answers.people) == 1:
            del self.fields["for_family"], self.fields["family_cents"]

    def read(self) -> dict[str, Any]:
        person, offer = self.person, self.person.employer_offer or EmployerOffer()
        told = self.step.value not in person.unasked
        return {
            "other_coverage": person.other_coverage or ([NONE] if told else []),
            "offered": yes_no(person.employer_offer is not None) if told else "",
            "self_cents": "" if offer.self_cents is None else cents.plain(offer.self_cents),
            "for_family": yes_no(offer.for_family),
            "family_cents": "" if offer.family_cents is None else cents.plain(offer.family_cents),
        }

    def write(self, typed: dict[str, Any]) -> None:
        person = self.person
        person.other_coverage = [each for each in typed["other_coverage"] or [] if each != NONE]
        is_offered = typed.get("offered") == "yes"
        for_family = {"yes": True, "no": False}.get(typed.get("for_family") or "")
        price = None if for_family is False else typed.get("family_cents")
        person.employer_offer = EmployerOffer(typed["self_cents"], price, for_family) if is_offered else None

    def clean_for_family(self) -> str:
        answer: str = self.cleaned_data["for_family"]
        if self.cleaned_data.get("offered") == "yes" and not answer:
            raise ValidationError(gettext("Say if the job offers coverage for the family too."))
        return answer

    def clean_other_coverage(self) -> list[str]:
        checked: list[str] = self.cleaned_data["other_coverage"]
        if NONE in checked and len(checked) > 1:
            raise ValidationError(gettext("Check the coverage this person has, or none of these, not both."))
        return checked


class ProofsForm(PageForm):
    step = Step.PROOFS

    unproven = Checkboxes(
        label=_("What can this person not prove right away?"),
        help_text=_(
            "Check nothing if you can prove all of it. We ask other agencies first. What they cannot confirm, we ask "
            "you for in a letter, with 90 days."
        ),
        required=False,
    )

    def shape(self) -> None:
        mine = claims_of(self.person, self.answers)
        listed = {claim: words.CLAIMS[claim] for claim in words.CLAIMS if claim in mine}
        self.choose("unproven", chosen(listed))

    def read(self) -> dict[str, Any]:
        return {"unproven": self.person.unproven}

    def write(self, typed: dict[str, Any]) -> None:
        self.person.unproven = typed["unproven"] or []
