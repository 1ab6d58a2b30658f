"""Django's settings, derived from the configuration; see ``configuration.py`` for what may be set."""

from __future__ import annotations

from luodi.website.configuration import ROOT, Configuration
from luodi.website.demonstration.log_ins import LOG_INS
from luodi.website.keys import secret_key
from luodi.website.mail_server import mail_server

CONFIGURATION = Configuration.from_environment()
DATA = CONFIGURATION.data

SECRET_KEY = secret_key(DATA)
FIELD_CIPHER = CONFIGURATION.field_cipher
DEBUG = CONFIGURATION.debug
ALLOWED_HOSTS = [
    "*"
]  # the server listens on loopback unless told otherwise; links are made from LUODI_PUBLIC_URL

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "luodi.kernel.ledger.apps.LedgerConfig",
    "luodi.kernel.files.apps.FilesConfig",
    "luodi.kernel.register.apps.RegisterConfig",
    "luodi.kernel.accounts.apps.AccountsConfig",
    "luodi.kernel.rules.apps.RulesConfig",
    "luodi.kernel.search.apps.SearchConfig",
    "luodi.kernel.notices.apps.NoticesConfig",
    "luodi.kernel.jobs.apps.JobsConfig",
    "luodi.kernel.sheets.apps.SheetsConfig",
    "luodi.kernel.documents.apps.DocumentsConfig",
    "luodi.kernel.cases.apps.CasesConfig",
    "luodi.kernel.commitments.apps.CommitmentsConfig",
    "luodi.kernel.review.apps.ReviewConfig",
    "luodi.pages.apps.PagesConfig",
    "luodi.portal.apps.PortalConfig",
    "luodi.desk.apps.DeskConfig",
    "luodi.api.apps.ApiConfig",
    "luodi.areas.supervision.apps.SupervisionConfig",
    "luodi.areas.mediation.apps.MediationConfig",
    "luodi.areas.projects.apps.ProjectsConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "luodi.pages.security.SecurityHeaders",
    "luodi.api.gate.ApiGate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luodi.pages.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "luodi.pages.plain_words.PlainWords",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "luodi.desk.drafts.DraftsSent",
    "luodi.desk.gate.DeskGate",
    "axes.middleware.AxesMiddleware",
    "luodi.website.troubles.Troubles",
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_USER_MODEL = "luodi_accounts.Account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "luodi.kernel.accounts.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "luodi.desk.locked_out.lockout_response"
AXES_DISABLE_ACCESS_LOG = True  # who came in stands in the ledger
AXES_VERBOSE = False
TRUSTED_PROXIES = CONFIGURATION.trusted_proxies
OIDC = (
    {
        "issuer": CONFIGURATION.oidc_issuer,
        "client_id": CONFIGURATION.oidc_client_id,
        "secret": CONFIGURATION.oidc_secret(),
        "name": CONFIGURATION.oidc_name,
    }
    if CONFIGURATION.oidc_issuer
    else {}
)
PUBLIC_LOG_INS = LOG_INS  # shown only where the district is a demonstration

ROOT_URLCONF = "luodi.website.urls"
WSGI_APPLICATION = "luodi.website.wsgi.application"
DATABASES = {"default": CONFIGURATION.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "luodi" / "website" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "luodi.pages.context.site",
            ],
            "builtins": ["luodi.pages.templatetags.parts"],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "luodi" / "pages" / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CONFIGURATION.public_url.startswith("https://")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_FAILURE_VIEW = "luodi.pages.errors.form_expired"
CSRF_TRUSTED_ORIGINS = [CONFIGURATION.public_url] if CONFIGURATION.public_url else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
LOGIN_URL = "/desk/login"
LOGIN_REDIRECT_URL = "/desk/"

# what is sent out, and where to: nothing unless a server or a host is named
NOTICE_HOSTS = CONFIGURATION.notice_hosts
NOTICE_PRIVATE = CONFIGURATION.notice_private
_SMTP = mail_server(CONFIGURATION.smtp_url)
EMAIL_BACKEND = (
    "luodi.kernel.notices.mailing.BoundedBackend"
    if CONFIGURATION.smtp_url
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = _SMTP.host
EMAIL_PORT = _SMTP.port
EMAIL_HOST_USER = _SMTP.user
EMAIL_HOST_PASSWORD = _SMTP.password
EMAIL_USE_SSL = _SMTP.is_encrypted
EMAIL_USE_TLS = _SMTP.must_encrypt
DEFAULT_FROM_EMAIL = EMAIL_HOST_USER if "@" in EMAIL_HOST_USER else f"luodi@{EMAIL_HOST or 'localhost'}"

# whatever is logged is scrubbed of what looks like a person
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"scrub": {"()": "luodi.kernel.privacy.scrubbing.Scrubbing"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["scrub"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
