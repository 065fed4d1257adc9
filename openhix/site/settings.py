"""Django's settings. What an operator may set is an environment variable, each named in the README of this room."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from cryptography.fernet import Fernet
from csp.constants import NONE, SELF

from openhix import journey
from openhix.site import database, home

HERE = Path(__file__).resolve().parent


def _flag(name: str, default: str) -> bool:
    return os.environ.get(name, default) == "1"


DEBUG = _flag("OPENHIX_DEBUG", "0")
DEMONSTRATION = _flag("OPENHIX_DEMO", "1")  # the clock stands where the demonstration puts it
HTTPS = _flag("OPENHIX_HTTPS", "0")  # the exchange is reached through https alone

SECRET_KEY = os.environ.get("OPENHIX_SECRET_KEY") or home.secret(home.home() / "secret_key")
ALLOWED_HOSTS = os.environ.get("OPENHIX_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

AUTH_USER_MODEL = "people.Account"

# Keys that seal people's fields, newest first: see openhix/people/sealed.py.
FIELD_KEYS = [key for key in os.environ.get("OPENHIX_FIELD_KEYS", "").split(",") if key] or [
    key for key in home.secret(home.home() / "field_key", make=lambda: Fernet.generate_key().decode()).split(",")
]
# The key under which sealed values are found again.
INDEX_KEY = os.environ.get("OPENHIX_INDEX_KEY") or home.secret(home.home() / "index_key")

ROOT_URLCONF = "openhix.site.urls"
WSGI_APPLICATION = "openhix.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    *journey.installed_apps(),
    "allauth",  # after the rooms, whose pages stand before its own
    "allauth.account",
    "allauth.mfa",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "openhix.people.sessions.end_idle",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "openhix.site.figures.NotInYet",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# The database: its application user, or the owner of the tables for migrations (`OPENHIX_DATABASE_ROLE=owner`).
DATABASES = {"default": database.django(role=database.Role(os.environ.get("OPENHIX_DATABASE_ROLE", "app")))}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Languages. Portuguese is Brazilian.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("pt", "Português")]
LOCALE_PATHS = [HERE.parent / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "America/New_York"
USE_TZ = True
USE_I18N = True

# Static files. `openhix web` collects them under the home, with a hash in each name; elsewhere (tests) they have
# their plain names.
STATIC_URL = "/static/"
STATIC_ROOT = home.home() / "static"
_COLLECTED = _flag("OPENHIX_COLLECTED", "0")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _COLLECTED and not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Browsers are told to trust nothing but ourselves: no inline script or style, no frame, no other origin.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(health|metrics)/$"]  # asked within the machine room
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "openhix.people.views.form_refused"

# Accounts: see openhix/people. A session lasts as long as the browser's window, and at most as people/sessions.py says.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "home"
STAFF_REDIRECT_URL = "staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"openhix.people.passwords.{name}"} for name in ("LongEnough", "NotWellKnown", "NotTheAddress")
]
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

RATE_LIMITS = _flag("OPENHIX_RATE_LIMITS", "1")  # how often one network address may try; off for load tests
API_PER_MINUTE = int(os.environ.get("OPENHIX_API_PER_MINUTE", "120"))  # how often it may ask the public API
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("OPENHIX_PROXIES", "0"))  # in front of us, for that address
ACCOUNT_ADAPTER = "openhix.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that asked for the account, and there alone
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Wrong passwords are counted by axes, below.
ACCOUNT_RATE_LIMITS = {"login_failed": None} if RATE_LIMITS else False
ACCOUNT_FORMS = {
    "login": "openhix.people.forms.SignIn",
    "signup": "openhix.people.forms.SignUp",
    "reset_password": "openhix.people.forms.ResetPassword",
    "reset_password_from_key": "openhix.people.forms.NewPassword",
    "change_password": "openhix.people.forms.ChangePassword",
    "reauthenticate": "openhix.people.forms.Reauthenticate",
}
MFA_ADAPTER = "openhix.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # the codes before and after count too: who types at the turn is not sent back (RFC 6238, 5.2)
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "openhix.people.forms.GiveCode",
    "reauthenticate": "openhix.people.forms.GiveCodeAgain",
    "activate_totp": "openhix.people.forms.StartAuthenticator",
}

# Lockout: see openhix/people/lockout.py. Nothing that was typed is kept.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "openhix.people.lockout.counted_as"
AXES_CLIENT_IP_CALLABLE = "openhix.people.lockout.nobody"
AXES_CLIENT_STR_CALLABLE = "openhix.people.lockout.unsaid"
AXES_LOCKOUT_CALLABLE = "openhix.people.lockout.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["login", "next", "email", "code", "oldpassword", "password1", "password2"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # the lock is on the address; who else tries from where, allauth counts

# What the web processes count together (tries from one network address, codes that were used).
# Pieces of pages that are the same for everybody stay in the process: no page asks the database for them.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"},
    "template_fragments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# Who is asked what others know about people: a callable that gives `Services`, see verification/sources/interface.py.
# Without one nobody is asked.
DATA_SERVICES = os.environ.get(
    "OPENHIX_DATA_SERVICES", "openhix.verification.sources.simulated.Simulated" if DEMONSTRATION else ""
)

METRICS_TOKEN = os.environ.get("OPENHIX_METRICS_TOKEN", "")  # without one, /metrics/ is for this machine alone

# E-mail: the demonstration keeps it in its inbox, /inbox/; others name their server.
EMAIL_BACKEND = "openhix.correspondence.inbox.Inbox" if DEMONSTRATION else "openhix.people.jobs.Queued"
DEFAULT_FROM_EMAIL = os.environ.get("OPENHIX_EMAIL_FROM", "OpenHIX <noreply@localhost>")
EMAIL_HOST = os.environ.get("OPENHIX_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("OPENHIX_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("OPENHIX_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("OPENHIX_SMTP_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10

# More than a browser lets anybody type into the longest page: too much for a field is said beside it. Whoever sends yet
# more is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes
FILE_UPLOAD_HANDLERS = ["openhix.correspondence.uploads.InMemory"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Paths are logged without their query strings: these hold incomes. See also openhix/people/logs.py.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "openhix.people.logs.Line",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.security.RequestDataTooBig": {"level": "CRITICAL"},  # the line of the request says 400
        "django.security.TooManyFieldsSent": {"level": "CRITICAL"},
        "gunicorn.access": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "axes": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}
