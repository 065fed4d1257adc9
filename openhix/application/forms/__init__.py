"""One form for each page of the application."""

from __future__ import annotations

from openhix.application.forms.family import FamilyForm
from openhix.application.forms.household import AddressForm, PersonForm, StartForm, TaxesForm
from openhix.application.forms.money import AmountsForm, DeductionsForm, IncomeForm
from openhix.application.forms.page import PageForm, sentence
from openhix.application.forms.person import CoverageForm, ProofsForm, SituationForm, StatusForm
from openhix.application.forms.rights import RightsForm
from openhix.application.rules.steps import Step

PAGES: dict[Step, type[PageForm]] = {
    form.step: form
    for form in (
        StartForm,
        PersonForm,
        TaxesForm,
        FamilyForm,
        AddressForm,
        StatusForm,
        SituationForm,
        IncomeForm,
        DeductionsForm,
        CoverageForm,
        ProofsForm,
        RightsForm,
    )
}

__all__ = ["PAGES", "AmountsForm", "PageForm", "PersonForm", "sentence"]
