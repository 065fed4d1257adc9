"""The page of rights and responsibilities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openhix.application.forms.page import PageForm
from openhix.application.rules.steps import Step


class RightsForm(PageForm):
    step = Step.RIGHTS
    template = "rights"

    rights_accepted = forms.BooleanField(label=_("I have read this and I agree"), required=False)

    def read(self) -> dict[str, Any]:
        return {"rights_accepted": self.answers.rights_accepted}

    def write(self, typed: dict[str, Any]) -> None:
        self.answers.rights_accepted = bool(typed["rights_accepted"])
