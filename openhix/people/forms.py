"""allauth's forms with this house's sentences beside the fields; labels and hints stand in the templates."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

LONGEST = {"email": 254, "password": 256, "code": 20}  # characters

SAID = {
    "email": {
        "required": _("Enter your email address."),
        "invalid": _("Enter an email address in full, such as name@example.com."),
        "too_long": _("This email address is too long."),
    },
    "password": {
        "required": _("Enter a password."),
        "too_long": _("This password is too long: 256 characters at most."),
        "null_characters_not_allowed": _("Passwords cannot hold this character."),
    },
    "code": {
        "required": _("Enter the code."),
        "too_long": _("This code is not right, or it was used before. Wait for the next one and try again."),
    },
}


class Said:
    """Says what is wrong in our words."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name, field in self.fields.items():
            kind = "password" if "password" in name else "code" if name == "code" else "email"
            field.error_messages.update(SAID[kind])
            field.validators = [_short_enough(kind), *map(_reworded(SAID[kind]), field.validators)]


def _short_enough(kind: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        if len(text) > LONGEST[kind]:
            raise forms.ValidationError(SAID[kind]["too_long"], code="too_long")

    return check


def _reworded(said: dict[str, Any]) -> Callable[[Any], Any]:
    """A validator with our sentence for what it refuses."""

    def reword(validator: Any) -> Any:
        code = getattr(validator, "code", "")
        if code in said:
            validator = copy(validator)
            validator.message = said[code]
        return validator

    return reword


class SignIn(Said, account.LoginForm):
    pass


class SignUp(Said, account.SignupForm):
    account_already_exists: bool

    def try_save(self, request: Any) -> Any:
        """Hashing takes a while: an address that has an account takes as long as one that has none."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:  # the same form, sent twice at once: the other one was first
            self.account_already_exists = True
            return super().try_save(request)


class ResetPassword(Said, account.ResetPasswordForm):
    pass


class NewPassword(Said, account.ResetPasswordKeyForm):
    pass


class ChangePassword(Said, account.ChangePasswordForm):
    """Whoever has a password that was made for them has just signed in with it, and is not asked for it again."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if self.user.password_is_temporary:
            del self.fields["oldpassword"]

    def clean_password1(self) -> str:
        chosen: str = self.cleaned_data["password1"]
        if self.user.password_is_temporary and self.user.check_password(chosen):
            raise forms.ValidationError(_("Choose another password than the one that was made for you."))
        return chosen


class Reauthenticate(Said, account.ReauthenticateForm):
    pass


class GiveCode(Said, mfa.AuthenticateForm):
    pass


class GiveCodeAgain(Said, mfa.ReauthenticateForm):
    pass


class StartAuthenticator(Said, totp.ActivateTOTPForm):
    pass
