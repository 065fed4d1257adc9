"""The e-mails about an account, and the short notes on the page after something was done. allauth names them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

CONFIRM = (
    marked("Confirm your email address"),
    marked(
        "Open this link to confirm your email address and use your account:\n\n{activate_url}\n\n"
        "If you did not ask for an account, you need not do anything."
    ),
)
MAILS: dict[str, tuple[str, str]] = {
    "account/email/email_confirmation": CONFIRM,
    "account/email/email_confirmation_signup": CONFIRM,
    "account/email/account_already_exists": (
        marked("You already have an account"),
        marked(
            "Somebody, you perhaps, asked for an account with this email address. There is one already, so nothing "
            "was changed.\n\nIf you do not remember your password, choose a new one here:\n\n{password_reset_url}"
        ),
    ),
    "account/email/password_reset_key": (
        marked("Choose a new password"),
        marked(
            "Open this link to choose a new password:\n\n{password_reset_url}\n\n"
            "If you did not ask for it, you need not do anything: your password stays as it is."
        ),
    ),
    "account/email/unknown_account": (
        marked("There is no account with this email address"),
        marked(
            "Somebody, you perhaps, asked for a new password. There is no account with this email address. You may "
            "have used another one, or you can open an account here:\n\n{signup_url}"
        ),
    ),
    "account/email/password_changed": (
        marked("Your password was changed"),
        marked("The password of your account was changed. If it was not you, call us at once: 1-877-623-6765."),
    ),
    "account/email/password_reset": (
        marked("Your password was changed"),
        marked("The password of your account was changed. If it was not you, call us at once: 1-877-623-6765."),
    ),
    "mfa/email/totp_activated": (
        marked("Your authenticator app is on"),
        marked(
            "From now on we ask for a code from your authenticator app when you sign in. If it was not you who set "
            "it up, call us at once: 1-877-623-6765."
        ),
    ),
    "mfa/email/totp_deactivated": (
        marked("Your authenticator app is off"),
        marked(
            "We no longer ask for a code from your authenticator app when you sign in. If it was not you who turned "
            "it off, call us at once: 1-877-623-6765."
        ),
    ),
    "mfa/email/recovery_codes_generated": (
        marked("You have new recovery codes"),
        marked(
            "New recovery codes were made for your account, and the old ones no longer work. If it was not you, "
            "call us at once: 1-877-623-6765."
        ),
    ),
}

NOTES: dict[str, str] = {  # empty: the page itself says it
    "account/messages/logged_in.txt": "",
    "account/messages/email_confirmation_sent.txt": "",
    "account/messages/logged_out.txt": marked("You are signed out."),
    "account/messages/email_confirmed.txt": marked("Your email address is confirmed."),
    "account/messages/email_confirmation_failed.txt": marked("This email address is confirmed for another account."),
    "account/messages/password_changed.txt": marked("Your password is changed."),
    "mfa/messages/totp_activated.txt": marked("Your authenticator app is on."),
    "mfa/messages/totp_deactivated.txt": marked("Your authenticator app is off."),
    "mfa/messages/recovery_codes_generated.txt": marked("You have new recovery codes."),
}


def mail(name: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of an e-mail, in the language of the moment."""
    subject, text = MAILS[name]
    links = {key: value for key, value in context.items() if key.endswith("_url")}
    end = _("OpenHIX, the health insurance exchange")
    return _(subject), f"{_(text).format(**links)}\n\n-- \n{end}\n"


def note(name: str) -> str:
    return _(NOTES[name]) if NOTES[name] else ""
