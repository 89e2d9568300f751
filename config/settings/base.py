"""Settings of every running process. What differs between installations is in config/env.py, nowhere else."""

import django_stubs_ext
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.retry import Retry as BlockingRetry

from config import addresses, env
from config.local.places import ROOT
from config.logging import logging_settings
from config.settings.accounts import *  # noqa: F403  one settings module, in readable pieces
from config.settings.api import *  # noqa: F403  the same
from config.settings.jobs import *  # noqa: F403  the same

# Lets `models.UUIDField[uuid.UUID, uuid.UUID]` and the like be written: generic for mypy, plain classes when run.
django_stubs_ext.monkeypatch()

BASE_DIR = ROOT

INSTALLED_APPS = [
    "daphne",  # first: it replaces runserver
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_vite",
    "channels",
    "tenants",
    "operators",
    "conversations",
    "analytics",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.static_files.StaticFiles",
    "conversations.inboxes.widget.cookieless.CookielessWidgetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "operators.locale.PersonLocaleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tenants.csp.ContentSecurityPolicyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "operators.accounts.sessions.SessionActivityMiddleware",
    "tenants.http.TenantMiddleware",  # last: it calls the view itself
]
# Who asks: each is tried in turn until one knows.
PARLEY_AUTHENTICATORS = ["tenants.api_keys.api_key_actor", "operators.authentication.session_principal"]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "operators.shell.shell",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/django/forms/ gives fields our classes
CSRF_FAILURE_VIEW = "config.error_pages.csrf_failure"

# --- Addresses

PARLEY_ORIGIN = env.ORIGIN
PARLEY_WIDGET_ORIGIN = env.WIDGET_ORIGIN
PARLEY_TRUSTED_PROXIES = env.TRUSTED_PROXIES
PARLEY_MAIL_CATCHER_DIR = env.MAIL_CATCHER_DIR
ALLOWED_HOSTS = sorted({*env.ALLOWED_HOSTS, *env.own_hosts()})
CSRF_TRUSTED_ORIGINS = sorted({env.ORIGIN, env.WIDGET_ORIGIN})

PARLEY_DRAIN_SECONDS = env.DRAIN_SECONDS

# Requests of the API a second, and at once: of one person, of one key, of a whole tenant.
PARLEY_API_LIMITS: dict[str, tuple[float, int]] = {
    "operator": (20, 300),
    "api_key": (10, 100),
    "tenant": (100, 1000),
}
# Commands of one socket: so many a second for ever, so many at once.
PARLEY_SOCKET_LIMITS: tuple[float, int] = (10.0, 40)
# Messages over all sockets of one person, one network address, one tenant: a second, at once, and how many a process
# takes from the shared bucket at a time.
PARLEY_MESSAGE_LIMITS: dict[str, tuple[float, int, int]] = {
    "person": (5, 60, 10),
    "address": (100, 2000, 50),
    "tenant": (200, 2000, 50),
}

# --- Security

DEBUG = env.DEBUG
SECRET_KEY = env.SECRET_KEY or "a key for this machine alone, until `make run` makes a random one"
SECRET_KEY_FALLBACKS = env.SECRET_KEY_FALLBACKS
SECURE_HSTS_SECONDS = 31_536_000 if env.IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.TRUSTED_PROXIES else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = env.IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if env.IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if env.IS_HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "operators.sessions"
X_FRAME_OPTIONS = "DENY"
# The proxy redirects to https; preloading and subdomains are decisions for the owner of the domain.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]

# --- Data

# "default" logs in as a role that owns nothing and is bound by row-level security. "owner" is for migrations alone:
# `manage.py migrate` chooses it by itself.
DATABASES = {
    "default": addresses.pooled(addresses.database(env.DATABASE_URL), size=env.DB_POOL_SIZE),
    "owner": addresses.database(env.DATABASE_OWNER_URL),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.REDIS_URL
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": env.KEY_PREFIX,
        # A broker that hangs costs moments. Once more: after its restart every connection of the pool is dead.
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1, "retry": BlockingRetry(NoBackoff(), 1)},
    },
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            "prefix": env.KEY_PREFIX,
            # redis-py 8 gives up on a silent socket after 5 seconds unless told otherwise, and every idle chat would
            # be closed; the retry makes the first socket after a broker restart wait 0.1 s and not 8.
            "hosts": [
                {
                    "address": REDIS_URL,
                    "socket_timeout": 15,
                    "health_check_interval": 15,
                    "retry": Retry(ExponentialBackoff(cap=0.5, base=0.05), 5),
                }
            ],
        },
    },
}

# --- Languages and time

LANGUAGES = [("en", "English"), ("ar", "العربية"), ("fa", "فارسی"), ("lt", "Lietuvių")]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 31_536_000
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

# --- Files

STATIC_URL = "/static/"
STATIC_ROOT = env.STATIC_ROOT
STATICFILES_DIRS = [("dist", BASE_DIR / "static" / "dist")]
# What browsers ask the site itself for, whatever the page says: /favicon.ico, /apple-touch-icon.png.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
MEDIA_ROOT = env.MEDIA_ROOT
FILE_UPLOAD_PERMISSIONS = 0o600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Vite has put a hash into the names already; Django's Manifest storage would add another, and shared chunks would
    # be fetched and run twice.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/.*-[A-Za-z0-9_-]{8}\.[a-z0-9]+$"
WHITENOISE_MAX_AGE = 300
# Before collectstatic has run (make run, tests) files are served from where they lie, uncompressed.
WHITENOISE_USE_FINDERS = not STATIC_ROOT.is_dir() or not any(STATIC_ROOT.iterdir())
DJANGO_VITE = {
    "default": {
        "static_url_prefix": "dist",
        "manifest_path": BASE_DIR / "static" / "dist" / "manifest.json",
    },
}

# --- Mail

_mail = addresses.email(env.EMAIL_URL)
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.tls_at_once, _mail.starttls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.MAIL_FROM
ADMINS: list[tuple[str, str]] = []

# --- Logs

LOGGING_CONFIG = "config.logging.configure"
LOGGING = logging_settings(level=env.LOG_LEVEL)
