"""The pages about the household: help with paying, its people, tax returns, address."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openhix.application import words
from openhix.application.answers import Address, PersonAnswers, Relationship, TaxRole
from openhix.application.forms.fields import Day, OneOf, Radios, Text, in_words, parts_of
from openhix.application.forms.page import PageForm, yes_no
from openhix.application.rules import place
from openhix.application.rules.steps import Step
from openhix.application.rules.taxes import OUTSIDE, OUTSIDE_PARENT
from openhix.application.rules.ties import may_be_married
from openhix.application.rules.who import LONGEST_NAME

EXCUSED = f"{TaxRole.SEPARATE_FILER}:excused"


class StartForm(PageForm):
    step = Step.START

    seeks_help = Radios(
        label=_("Do you want to find out if you can get help paying for health coverage?"),
        help_text=_(
            "Help can be MassHealth, a ConnectorCare plan or a tax credit. "
            "If what you are looking for is mainly a dental plan, choose no."
        ),
        choices=in_words(words.HELP),
        required=False,
    )

    def read(self) -> dict[str, Any]:
        return {"seeks_help": yes_no(self.answers.seeks_help)}

    def write(self, typed: dict[str, Any]) -> None:
        answer = typed["seeks_help"]
        self.answers.seeks_help = None if not answer else answer == "yes"


class PersonForm(PageForm):
    """Who one person is. The first one is the one who applies: no relationship is asked."""

    step = Step.PEOPLE

    first_name = Text(label=_("First name"), room=LONGEST_NAME)
    last_name = Text(
        label=_("Last name"),
        help_text=_("As it stands on official papers. Someone with one name only enters it here."),
        room=LONGEST_NAME,
    )
    birth_date = Day(label=_("Birth date"), help_text=_("For example: 2 28 1985"), required=False)
    relationship = OneOf(label=_("Relationship to the first person"), choices=in_words(words.RELATIONSHIPS))
    applying = Radios(
        label=_("Does this person want coverage?"),
        help_text=_("Also list family members and people on your tax return who want none."),
        choices=in_words(words.YES_NO),
    )

    def shape(self) -> None:
        if self.person is self.answers.people[0]:
            del self.fields["relationship"]

    def read(self) -> dict[str, Any]:
        person = self.person
        return {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "birth_date": parts_of(person.birth_date),
            "relationship": person.relationship or "",
            "applying": yes_no(person.applying) if person.last_name else "",
        }

    def write(self, typed: dict[str, Any]) -> None:
        person = self.person
        person.first_name = typed["first_name"] or ""
        person.last_name = typed["last_name"] or ""
        person.birth_date = typed["birth_date"]
        person.applying = typed["applying"] != "no"
        if "relationship" in self.fields:
            person.relationship = Relationship(typed["relationship"]) if typed["relationship"] else None


class TaxesForm(PageForm):
    """One list for each person: how they appear on tax returns. Field names are `tax-p1`, `tax-p2` ..."""

    step = Step.TAXES
    template = "taxes"

    def shape(self) -> None:
        for person in self.answers.people:
            name = person.name or gettext("About you")  # the first one, whose own page is still empty
            self.fields[f"tax-{person.key}"] = OneOf(label=name, choices=self._choices(person))

    def _choices(self, person: PersonAnswers) -> list[tuple[str, str]]:
        others = [each for each in self.answers.people if each is not person]
        married = [each for each in others if may_be_married(person, each)]
        return [
            (TaxRole.FILER.value, gettext(words.FILES_ALONE)),
            *(
                (f"{TaxRole.JOINT_FILER}:{each.key}", gettext(words.FILES_JOINTLY).format(name=each.name))
                for each in married
            ),
            (TaxRole.SEPARATE_FILER.value, gettext(words.FILES_SEPARATELY)),
            (EXCUSED, gettext(words.FILES_EXCUSED)),
            *((f"{TaxRole.DEPENDENT}:{each.key}", gettext(words.CLAIMED_BY).format(name=each.name)) for each in others),
            (f"{TaxRole.DEPENDENT}:{OUTSIDE_PARENT}", gettext(words.CLAIMED_OUTSIDE_PARENT)),
            (f"{TaxRole.DEPENDENT}:{OUTSIDE}", gettext(words.CLAIMED_OUTSIDE)),
            (TaxRole.NOT_FILING.value, gettext(words.ON_NO_RETURN)),
        ]

    def read(self) -> dict[str, Any]:
        return {f"tax-{person.key}": self._value(person) for person in self.answers.people}

    def _value(self, person: PersonAnswers) -> str:
        if person.tax_role is None:
            return ""
        if person.tax_role == TaxRole.DEPENDENT:
            return f"{TaxRole.DEPENDENT}:{person.claimed_by}"
        if person.files_with:
            return f"{TaxRole.JOINT_FILER}:{person.files_with}"
        if person.separate_excused:
            return EXCUSED
        return person.tax_role.value

    def write(self, typed: dict[str, Any]) -> None:
        """Of two who both say that they file jointly, the first on the list is the filer."""
        said = {name.removeprefix("tax-"): value or "" for name, value in typed.items()}
        for key, value in list(said.items()):
            role, _colon, other = value.partition(":")
            if role == TaxRole.JOINT_FILER and not said.get(other):
                said[other] = f"{TaxRole.JOINT_FILER}:{key}"
        agreed: set[str] = set()
        for person in self.answers.people:
            role, _colon, other = said[person.key].partition(":")
            person.claimed_by = other if role == TaxRole.DEPENDENT else ""
            person.files_with = other if role == TaxRole.JOINT_FILER else ""
            person.separate_excused = said[person.key] == EXCUSED
            if role == TaxRole.JOINT_FILER and other not in agreed:
                role = TaxRole.FILER
                agreed.add(person.key)
            person.tax_role = TaxRole(role) if role else None


class AddressForm(PageForm):
    """Home and mail. The county is asked where the ZIP code lies in two."""

    step = Step.ADDRESS
    template = "address"

    street = Text(label=_("Street and number of your home"), asks={"autocomplete": "address-line1"})
    unit = Text(label=_("Apartment or unit, if any"), room=40, asks={"autocomplete": "address-line2"})
    city = Text(label=_("City or town"), asks={"autocomplete": "address-level2"})
    zip = Text(
        label=_("ZIP code in Massachusetts"), room=10, asks={"inputmode": "numeric", "autocomplete": "postal-code"}
    )
    county = OneOf(label=_("County"))
    no_fixed_address = forms.BooleanField(
        label=_("I have no fixed address"),
        help_text=_("Then give the city and ZIP code where you mostly stay, and an address for mail."),
        required=False,
    )
    mail = Radios(label=_("Where should letters go?"), choices=in_words(words.MAIL), required=False)
    mail_street = Text(label=_("Street and number, or post office box"))
    mail_unit = Text(label=_("Apartment or unit, if any"), room=40)
    mail_city = Text(label=_("City or town"))
    mail_state = OneOf(label=_("State"), choices=[(each, each) for each in sorted(place.STATES)])
    mail_zip = Text(label=_("ZIP code"), room=10, asks={"inputmode": "numeric"})
    phone = Text(label=_("Phone number, if any"), room=30, asks={"inputmode": "tel", "autocomplete": "tel"})

    def shape(self) -> None:
        zip_code = self.data.get("zip", "") if self.is_bound else self.answers.home.zip
        counties = place.counties(zip_code, self.answers.plan_year)
        if counties:
            self.choose("county", [(each, each) for each in counties])
        else:
            del self.fields["county"]

    def read(self) -> dict[str, Any]:
        answers, mailing = self.answers, self.answers.mailing or Address()
        return {
            **asdict(answers.home),
            "no_fixed_address": answers.no_fixed_address,
            "mail": "other" if answers.mailing else "home",
            **{f"mail_{name}": value for name, value in asdict(mailing).items()},
            "phone": answers.phone,
        }

    def write(self, typed: dict[str, Any]) -> None:
        answers = self.answers
        home = ("street", "unit", "city", "zip", "county")
        answers.home = Address(**{name: typed.get(name) or "" for name in home})
        answers.no_fixed_address = bool(typed["no_fixed_address"])
        mailing = {name: typed[f"mail_{name}"] or "" for name in ("street", "unit", "city", "state", "zip")}
        answers.mailing = Address(**mailing) if typed["mail"] == "other" else None
        answers.phone = typed["phone"] or ""

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not re.fullmatch(r"(\+?1[-. ]?)?\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}", phone, re.ASCII):
            raise ValidationError(gettext("Enter a phone number with area code, such as 617-555-0123."))
        return phone
