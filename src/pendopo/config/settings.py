"""All settings of Pendopo. Values come from the environment; docs/operate/settings.md lists each of them."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from pendopo.config import embedded, env, logs, push_key, secret_key

PACKAGE = Path(__file__).resolve().parent.parent
VAR = env.var_folder()

# production: real use, refuses what is missing or weak. demo: what `make run` sets; the demo city, staff may
# sign in without a second factor. local: one machine without the demo city. test: what the tests set.
MODE = env.choice(
    "PENDOPO_MODE",
    "production" if env.text("DATABASE_URL") else "local",
    ("production", "local", "demo", "test"),
)
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = False

if PRODUCTION:
    SECRET_KEY = env.secret("SECRET_KEY")
elif MODE == "test":
    SECRET_KEY = secrets.token_urlsafe(50)
else:
    SECRET_KEY = env.text("SECRET_KEY") or secret_key.kept(VAR)

PUBLIC_URL = env.web_address("PUBLIC_URL", "" if PRODUCTION else "http://localhost:8000", https=PRODUCTION)
_own_hosts = (urlsplit(PUBLIC_URL).hostname or "",)
ALLOWED_HOSTS = env.hosts(
    "ALLOWED_HOSTS",
    _own_hosts if PRODUCTION else (*_own_hosts, "localhost", "127.0.0.1", "[::1]", "testserver"),
    any_host=not PRODUCTION,
)
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = env.addresses("TRUSTED_PROXIES")  # `pendopo web` believes their X-Forwarded-* headers
# Names inside our own network that webhooks may call although their address is not public (kernel/outbound.py).
OUTBOUND_TRUSTED_HOSTS = env.hosts("OUTBOUND_TRUSTED_HOSTS", (), any_host=False)

INSTALLED_APPS = [
    "pendopo.base.accounts.admin_config.PendopoAdminConfig",  # django.contrib.admin behind a second factor
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",  # the templates of form fields, ours first
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
    "pendopo.base.mailroom",
    "pendopo.base.clients",
    "pendopo.base.letters",
    "pendopo.base.redaction",
    "pendopo.base.cases",
    "pendopo.base.privacy",
    "pendopo.domains.reports",
    "pendopo.domains.information",
    "pendopo.surfaces.portal",
    "pendopo.surfaces.desk",
    "pendopo.config.apps.ConfigConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "pendopo.config.middleware.permissions_policy",
    "pendopo.config.statics.StaticFilesMiddleware",
    "pendopo.base.clients.middleware.machine_manners",  # before sessions: machines have none
    "pendopo.config.middleware.Compression",  # pages too, also without a proxy; pads against BREACH
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
                "pendopo.base.notices.context_processors.inbox",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

if PRODUCTION:
    env.required("DATABASE_URL", "tulis postgresql://pengguna:sandi@host:5432/nama.")
DATABASES = {"default": env.database("DATABASE_URL", embedded.database_url(VAR))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In PostgreSQL, because processes share it; `pendopo prepare` makes the table.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "pendopo_cache"}}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:arrive"  # staff to their desk, everybody else to the hall
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

ACCOUNT_ADAPTER = "pendopo.base.notices.allauth_adapter.AccountAdapter"
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


STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "pendopo.config.statics.RoomFinder",
    "pendopo.config.statics.LibraryFinder",
]
# Tests serve files as they lie; everywhere else they are hashed, compressed and kept for ever by browsers.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = MODE == "test"
WHITENOISE_ALLOW_ALL_ORIGINS = False
_HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"

if env.choice("STORAGE", "folder", ("folder", "s3")) == "s3":
    _files = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.required("S3_BUCKET", "tulis nama bucket penyimpanan."),
            "endpoint_url": env.web_address("S3_ENDPOINT_URL") or None,
            "region_name": env.text("S3_REGION") or None,
            "access_key": env.required("S3_ACCESS_KEY", "tulis kunci akses penyimpanan."),
            "secret_key": env.required("S3_SECRET_KEY", "tulis kunci rahasia penyimpanan."),
            "default_acl": None,  # private, as the bucket says
            "querystring_expire": 300,
            "file_overwrite": False,
        },
    }
else:
    _files = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": Path(env.text("STORAGE_FOLDER") or VAR / "files"),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }
STORAGES = {"default": _files, "staticfiles": {"BACKEND": _PLAIN if MODE == "test" else _HASHED}}
# Above this a file is refused with a sentence; the proxy must let more pass (docs/operate/install.md).
PHOTO_MAX_MB = env.number("PHOTO_MAX_MB", 15, low=1, high=50)
PDF_MAX_MB = env.number("PDF_MAX_MB", 10, low=1, high=50)
DOCUMENT_MAX_MB = env.number("DOCUMENT_MAX_MB", 20, low=1, high=50)  # DOCX, XLSX, CSV
PDF_MAX_PAGES = env.number("PDF_MAX_PAGES", 2000, low=1, high=20_000)
# Identity proofs are encrypted under it; until it is set, under SECRET_KEY (base/files/seal_keys.py).
SEAL_KEY = env.secret("SEAL_KEY") if env.text("SEAL_KEY") else SECRET_KEY
SEAL_KEY_FALLBACKS = env.listed("SEAL_KEY_FALLBACKS")

if PRODUCTION or env.text("SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = env.required("SMTP_HOST", "tulis server pengirim surel.")
    EMAIL_PORT = env.number("SMTP_PORT", 587, low=1, high=65535)
    EMAIL_HOST_USER = env.text("SMTP_USER")
    EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD")
    _security = env.choice("SMTP_SECURITY", "starttls", ("starttls", "tls", "none"))
    EMAIL_USE_TLS, EMAIL_USE_SSL = _security == "starttls", _security == "tls"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
if PRODUCTION:
    env.required("MAIL_FROM", "tulis alamat pengirim surel, misalnya lapor@kota.go.id.")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.email("MAIL_FROM", "pendopo@localhost")

# Mails that come in: by IMAP when IMAP_HOST is set, by `pendopo mail-in` when it runs (docs/operate/mail-in.md).
MAIL_IN_ADDRESS = env.mailbox("MAIL_IN_ADDRESS")
MAIL_IN_HOST = env.text("MAIL_IN_HOST", "127.0.0.1")
MAIL_IN_PORT = env.number("MAIL_IN_PORT", 8025, low=1, high=65535)
MAIL_IN_PROTOCOL = env.choice("MAIL_IN_PROTOCOL", "smtp", ("smtp", "lmtp"))
MAIL_IN_MAX_MB = env.number("MAIL_IN_MAX_MB", 25, low=1, high=50)
MAIL_IN_AUTHSERV_ID = env.text("MAIL_IN_AUTHSERV_ID")
IMAP_HOST = env.text("IMAP_HOST")
IMAP_PORT = env.number("IMAP_PORT", 993, low=1, high=65535)
IMAP_SECURITY = env.choice("IMAP_SECURITY", "tls", ("tls", "starttls", "none"))
IMAP_USER = env.text("IMAP_USER")
IMAP_PASSWORD = env.text("IMAP_PASSWORD")
IMAP_FOLDER = env.text("IMAP_FOLDER", "INBOX")
if IMAP_HOST:
    env.required("MAIL_IN_ADDRESS", "tulis alamat kotak surat itu, misalnya lapor@kota.go.id.")

# Official letters (docs/operate/letters.md): the office's seal, and the state's signing service.
SEAL_P12 = Path(env.text("SEAL_P12") or VAR / "secrets" / "seal.p12")
SEAL_PASSPHRASE = env.text("SEAL_PASSPHRASE")  # empty: what lies beside a certificate of our own making
TSA_URL = env.web_address("TSA_URL")
BSRE_URL = env.web_address("BSRE_URL")
BSRE_USER = env.text("BSRE_USER")
BSRE_PASSWORD = env.text("BSRE_PASSWORD")
BSRE_CA_FILE = env.text("BSRE_CA_FILE")
BSRE_SECONDS = env.number("BSRE_SECONDS", 30, low=5, high=120)
if BSRE_URL and PRODUCTION and not BSRE_URL.startswith("https://"):
    raise env.SettingRefused("BSRE_URL", "passphrase pejabat lewat di sini; alamatnya harus https://.")

MAP_TILES_URL, _tiles_origin = env.tiles("MAP_TILES_URL")
MAP_TILES_CREDIT = env.text("MAP_TILES_CREDIT", "© OpenStreetMap" if MAP_TILES_URL else "")
NOTICE_ADAPTERS = env.listed(
    "NOTICE_ADAPTERS",
    (
        "pendopo.base.notices.channels.email.EmailAdapter",
        "pendopo.base.notices.channels.push.PushAdapter",
    ),
)
# Signs messages to phones. Another key silences every phone that subscribed under the old one.
PUSH_KEY = env.push_key("PUSH_KEY") or push_key.kept(VAR, keep=MODE != "test")

# 0 makes every phone forget the installed app at its next visit: drafts stay, the service worker goes.
PHONE_APP = env.flag("PHONE_APP", True)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:", *([_tiles_origin] if _tiles_origin else [])],
        "worker-src": [SELF],
        "manifest-src": [SELF],
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
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", PRODUCTION)
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 365 * 86400, low=0, high=730 * 86400) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.flag("HSTS_SUBDOMAINS")
# Other offices' sites may live below our name and still speak http: only HSTS_SUBDOMAINS=1 decides for them.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
DESK_STREAMS = env.number(
    "DESK_STREAMS", 300, low=0, high=5000
)  # open "who is here" streams of a web process
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 12, low=1, high=24 * 30) * 3600

LOGGING = logs.configuration(
    env.choice(
        "LOG_LEVEL", "INFO" if PRODUCTION else "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
    ),
    lines=PRODUCTION,
)
