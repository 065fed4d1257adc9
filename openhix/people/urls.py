"""The addresses of accounts: those of allauth that this house uses, and no others."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from openhix.people import views
from openhix.people.access import signed_in

urlpatterns = [
    path("account/", views.account_page, name="account"),
    path("account/typed-before/", views.typed_before, name="typed-before"),
    path("account/sign-up/", account.signup, name="account_signup"),
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.email_verification_sent, name="account_email_verification_sent"),
    path("account/confirm/<str:key>/", account.confirm_email, name="account_confirm_email"),
    path("account/password/", signed_in(views.ChangePassword.as_view()), name="account_change_password"),
    path("account/password/again/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("account/password/forgotten/", account.password_reset, name="account_reset_password"),
    path("account/password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/new/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/second-factor/", signed_in(mfa.index), name="mfa_index"),
    path("account/second-factor/code/", mfa.authenticate, name="mfa_authenticate"),
    path("account/second-factor/code/again/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/second-factor/app/", signed_in(views.ActivateAuthenticator.as_view()), name="mfa_activate_totp"),
    path("account/second-factor/app/off/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "account/second-factor/recovery-codes/",
        signed_in(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/recovery-codes/new/",
        signed_in(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
