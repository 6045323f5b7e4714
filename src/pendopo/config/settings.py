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
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",  # the templates of form fields, ours first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "template_partials",
    "pendopo.base.accounts",
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
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
                "pendopo.base.notices.context_processors.inbox",
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
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]

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
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

PHOTO_MAX_MB = env.number("PHOTO_MAX_MB", 15, low=1, high=50)  # files.examine; nginx must allow as much
PDF_MAX_MB = env.number("PDF_MAX_MB", 10, low=1, high=50)

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "pendopo@localhost")
NOTICE_ADAPTERS = env.listed("NOTICE_ADAPTERS", ("pendopo.base.notices.channels.email.EmailAdapter",))

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
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
