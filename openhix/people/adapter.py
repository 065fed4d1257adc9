"""Where allauth asks how this house does things: messages, where to go next, and what to keep out of sight."""

from __future__ import annotations

import time
from typing import Any

import segno
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.utils import reset
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhix.people import access, lockout, mails, sealed
from openhix.people.models import LANGUAGES, Account


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The email address or the password is not right. Check both and try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your password. Try again."),
        "incorrect_code": _("This code is not right, or it was used before. Wait for the next one and try again."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes and try again."),
        "rate_limited": _("Too many tries. Wait a few minutes and try again."),
        "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
    }

    def new_user(self, request: HttpRequest) -> Account:
        """An account speaks the language of the page on which it was made."""
        spoken = get_language()
        return Account(language=spoken if spoken in dict(LANGUAGES) else "en")

    def get_login_redirect_url(self, request: Any) -> str:
        if not request.user.is_staff:
            return resolve_url(settings.LOGIN_REDIRECT_URL)
        return access.next_step(request) or resolve_url(settings.STAFF_REDIRECT_URL)

    def get_signup_redirect_url(self, request: Any) -> str:
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: Any) -> str:
        return self.get_login_redirect_url(request)

    def is_reauthentication_required(self, *, app: str, **named: Any) -> bool:
        """Before what changes how one signs in: not again within five minutes, on whatever page it was given."""
        given = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in given), default=0)
        return bool(time.time() - latest > app_settings.REAUTHENTICATION_TIMEOUT)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        subject, text = mails.mail(template_prefix, context)
        EmailMessage(subject, text, to=[email]).send()

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or mails.note(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def set_password(self, user: Any, password: str) -> None:
        """A password that its owner chose opens the lock that guessing at the old one has closed."""
        user.password_is_temporary = False
        super().set_password(user, password)
        reset(username=lockout.name_of(user.email))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticators are sealed like every other field that nobody should read."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("Staff accounts need their authenticator app."),
    }

    def get_totp_issuer(self) -> str:
        return "OpenHIX"

    def build_totp_svg(self, url: str) -> str:
        """Drawn in the page itself: our content security policy refuses pictures in addresses."""
        return str(segno.make(url, error="m").svg_inline(scale=5, border=2, light="#fff"))

    def encrypt(self, text: str) -> str:
        return sealed.seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal(encrypted_text.encode())

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return not authenticator.user.is_staff
