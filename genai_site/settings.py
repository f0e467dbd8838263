"""The settings, one module driven by the environment; `docs/settings.md` lists every variable.

Two modes: `local` (the default) answers on this machine alone and makes itself a secret key; `production` starts only
with a secret key and allowed hosts, and asks for HTTPS.
"""

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool = False) -> bool:
    """An environment variable read as yes or no."""
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


def listed(name: str) -> list[str]:
    """An environment variable read as a list separated by commas."""
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


MODE = os.environ.get("GENAI_MODE", "local")
if MODE not in {"local", "production"}:
    raise ImproperlyConfigured(f"GENAI_MODE is {MODE!r}; it must be 'local' or 'production'.")
PRODUCTION = MODE == "production"
DEBUG = flag("GENAI_DEBUG")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("GENAI_DEBUG shows secrets to readers: unset it in production.")

# Everything that the site stores stands under one folder.
DATA_DIR = Path(os.environ.get("GENAI_DATA") or BASE_DIR / "var").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def local_secret_key() -> str:
    """The key of this machine, made once and kept beside the data, readable by its owner alone."""
    path = DATA_DIR / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = os.environ.get("GENAI_SECRET_KEY", "")
ALLOWED_HOSTS = listed("GENAI_ALLOWED_HOSTS")
if PRODUCTION:
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured(
            "In production GENAI_SECRET_KEY must be set, with 50 random characters or more. Make one with: "
            'python -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "In production GENAI_ALLOWED_HOSTS must name the hosts of the site, separated by commas."
        )
else:
    SECRET_KEY = SECRET_KEY or local_secret_key()
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = listed("GENAI_TRUSTED_ORIGINS")

# How many processes `script/server` serves with.
WORKERS = int(os.environ.get("GENAI_WORKERS", 1))

SITE_NAME = os.environ.get("GENAI_SITE_NAME", "IA générative, textes longs")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "markdownx",
    "simple_history",
    "taggit",
    "genai_site",
    "imports",
    "articles",
    "theses",
    "publishing",
    "search",
]

MIDDLEWARE = [
    "genai_site.middleware.client_address",
    "genai_site.middleware.permissions_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "genai_site.middleware.AddressLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Says who made the versions that a request leaves in the history of a work: `publishing.history`.
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "genai_site.urls"
WSGI_APPLICATION = "genai_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "genai_site.context.site",
            ],
        },
    },
]

# Database ------------------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]]
if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": dict(dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=60))}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "site.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # A writer takes its lock at once and waits its turn, so two writers never meet half-way.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                    "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
                ),
            },
        }
    }

# Language --------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]
LOCALE_PATHS = [BASE_DIR / "genai_site" / "locale"]
TIME_ZONE = os.environ.get("GENAI_TIME_ZONE", "Europe/Paris")
USE_I18N = True
USE_TZ = True

# Files ------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Pages as they were rendered and compressed when they were first read: `publishing.serving`. The size is in bytes.
PAGES_ROOT = DATA_DIR / "pages"
PAGES_SIZE = 200 * 1024 * 1024
# Sources are kept out of the media folder: only staff may download them again.
SOURCES_ROOT = DATA_DIR / "sources"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "sources": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": SOURCES_ROOT, "base_url": None},
    },
    # Uploads that wait for their importer to confirm them.
    "staging": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "staging", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# The largest source file and picture that are accepted, in bytes.
SOURCE_MAX_SIZE = 20 * 1024 * 1024
IMAGE_MAX_SIZE = 15 * 1024 * 1024

# Security ---------------------------------------------------------------------------------------------------

# One trusted proxy stands before the site: it sets X-Forwarded-Proto and appends to X-Forwarded-For.
BEHIND_PROXY = flag("GENAI_BEHIND_PROXY")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "upgrade-insecure-requests": PRODUCTION,
    }
}
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
if PRODUCTION:
    SECURE_SSL_REDIRECT = flag("GENAI_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = int(os.environ.get("GENAI_HSTS_SECONDS", 60 * 60 * 24 * 365))
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_ALLOWED_CORS_ORIGINS = ""
# `client_address` has already said who calls.
AXES_IPWARE_META_PRECEDENCE_ORDER = ["REMOTE_ADDR"]

# Content ------------------------------------------------------------------------------------------------------

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True
MARKDOWNX_MARKDOWNIFY_FUNCTION = "publishing.markdown.preview"
MARKDOWNX_UPLOAD_MAX_SIZE = IMAGE_MAX_SIZE
MARKDOWNX_MEDIA_PATH = "bodies/"
MARKDOWNX_URLS_PATH = "/admin/markdownx/markdownify/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/markdownx/upload/"

# E-mail -------------------------------------------------------------------------------------------------------

EMAIL_BACKEND = os.environ.get(
    "GENAI_EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("GENAI_EMAIL_HOST")
    else "django.core.mail.backends.console.EmailBackend",
)
EMAIL_HOST = os.environ.get("GENAI_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("GENAI_EMAIL_PORT", 25))
EMAIL_HOST_USER = os.environ.get("GENAI_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GENAI_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("GENAI_EMAIL_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("GENAI_EMAIL_FROM", "webmaster@localhost")
# Who is told of a message left on the contact page.
CONTACT_RECIPIENTS = listed("GENAI_CONTACT_RECIPIENTS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("GENAI_LOG_LEVEL", "INFO")},
}
