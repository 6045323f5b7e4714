"""All settings of Pendopo. Values come from the environment; docs/operate/settings.md lists each of them."""

import importlib.util
import secrets
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from pendopo.config import env

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(env.text("PENDOPO_VAR") or Path.cwd() / "var")

# "demo" is what `make run` sets: one machine, demo city, mail kept in a folder. "production" refuses weak values.
MODE = env.choice("PENDOPO_MODE", "production", ("production", "demo", "test"))
DEMO = MODE == "demo"
DEBUG = False

SECRET_KEY = env.text("SECRET_KEY") or (secrets.token_urlsafe(50) if MODE == "test" else "")
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]", "testserver"))
CSRF_TRUSTED_ORIGINS = env.listed("CSRF_TRUSTED_ORIGINS")
PUBLIC_URL = env.text("PUBLIC_URL", "http://localhost:8000").rstrip("/")

INSTALLED_APPS = [
    "pendopo.base.accounts.admin_config.PendopoAdminConfig",  # django.contrib.admin behind a second factor
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "pendopo.base.accounts",  # before allauth: its templates win
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "template_partials",
    "pendopo.base.ui",
    "pendopo.base.regions",
    "pendopo.base.organizations",
    "pendopo.base.audit",
    "pendopo.base.calendar",
    "pendopo.base.files",
    "pendopo.base.notices",
    "pendopo.base.cases",
    "pendopo.domains.reports",
    "pendopo.surfaces.portal",
    "pendopo.surfaces.desk",
    "pendopo.config.apps.ConfigConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pendopo.base.ui.middleware.Preferences",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pendopo.base.accounts.middleware.AllauthManners",
    "pendopo.base.organizations.middleware.StaffSecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "pendopo.config.urls"
ASGI_APPLICATION = "pendopo.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "pendopo.base.organizations.context.identity",
                "pendopo.base.organizations.context.roles",
                "pendopo.config.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.database("DATABASE_URL", "")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "pendopo.base.accounts.backends.Backend",
    "pendopo.base.organizations.backends.AdministratorRights",
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

ACCOUNT_ADAPTER = "pendopo.base.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = False  # ours count in PostgreSQL (accounts/limits.py, lockout.py), for all processes
ACCOUNT_FORMS = {
    "login": "pendopo.base.accounts.forms.SignIn",
    "signup": "pendopo.base.accounts.forms.SignUp",
    "add_email": "pendopo.base.accounts.forms.AddEmail",
    "change_email": "pendopo.base.accounts.forms.ChangeEmail",
    "change_password": "pendopo.base.accounts.forms.ChangePassword",
    "set_password": "pendopo.base.accounts.forms.SetPassword",
    "reset_password": "pendopo.base.accounts.forms.ResetPassword",
    "reset_password_from_key": "pendopo.base.accounts.forms.NewPassword",
    "reauthenticate": "pendopo.base.accounts.forms.Reauthenticate",
    "confirm_email_verification_code": "pendopo.base.accounts.forms.ConfirmEmailCode",
    "confirm_password_reset_code": "pendopo.base.accounts.forms.ConfirmResetCode",
}
MFA_ADAPTER = "pendopo.base.organizations.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # phones whose clock is half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = MODE != "production"  # http://localhost
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "pendopo.base.accounts.forms.AuthenticateCode",
    "reauthenticate": "pendopo.base.accounts.forms.ReauthenticateCode",
    "activate_totp": "pendopo.base.accounts.forms.ActivateTOTP",
    "add_webauthn": "pendopo.base.accounts.forms.AddPasskey",
    "edit_webauthn": "pendopo.base.accounts.forms.RenamePasskey",
    "authenticate_webauthn": "pendopo.base.accounts.forms.AuthenticatePasskey",
    "reauthenticate_webauthn": "pendopo.base.accounts.forms.ReauthenticatePasskey",
    "login_webauthn": "pendopo.base.accounts.forms.SignInWithPasskey",
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = env.choice(
    "TIME_ZONE", "Asia/Jakarta", ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")
)
USE_TZ = True
USE_I18N = True


def _package_static(module: str, folder: str) -> Path:
    """The static folder inside an installed package, found without importing the package."""
    spec = importlib.util.find_spec(module)
    assert spec and spec.origin  # it is in the lock file
    return Path(spec.origin).parent / folder


STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    PACKAGE / "static",
    ("lib/leaflet", _package_static("leaflet", "static/leaflet")),
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "pendopo@localhost")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
CSRF_FAILURE_VIEW = "pendopo.base.ui.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
