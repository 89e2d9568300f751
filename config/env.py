"""Every environment variable Parley reads. The README's table and .env.example are written from here."""

import os
from urllib.parse import urlsplit

from config.environment import Environment
from config.local.places import ROOT, Places

env = Environment(os.environ)

DATA_DIR = env.path(
    "PARLEY_DATA_DIR",
    default=ROOT / "var",
    shown="var",
    about="Folder where `make run` keeps the database, uploads and caught mail of this machine.",
)
LOCAL = Places(DATA_DIR.absolute())

PORT = env.integer("PORT", default=8000, least=1, most=65535, about="Port that `make run` listens on.")
WEB = env.integer(
    "WEB", default=1, least=1, most=64, about="Web processes that `make run` starts on the port."
)
DEMO = env.boolean(
    "PARLEY_DEMO", default=True, about="Whether `make run` fills in the demo shop with its conversations."
)
BIND = env.text(
    "PARLEY_BIND",
    default="127.0.0.1",
    about="Address that `make run` listens on; 0.0.0.0 is every network card.",
)
ORIGIN = env.origin(
    "PARLEY_ORIGIN",
    default=f"http://localhost:{PORT}",
    shown="http://localhost:8000",
    about="Public address of Parley, as browsers see it. With https, cookies are Secure and HSTS is on.",
)
WIDGET_ORIGIN = env.origin(
    "PARLEY_WIDGET_ORIGIN",
    default=ORIGIN,
    shown="PARLEY_ORIGIN",
    about="Public address that visitors' browsers load the widget from, when it is not the console's own.",
)
ALLOWED_HOSTS = env.words(
    "PARLEY_ALLOWED_HOSTS",
    default="",
    about="Further host names to answer to, separated by commas. The hosts of both origins always count.",
)
DEBUG = env.boolean(
    "PARLEY_DEBUG", default=False, about="Shows error details in the browser. Never in production."
)
LOG_LEVEL = env.choice(
    "PARLEY_LOG_LEVEL",
    default="INFO",
    options=("DEBUG", "INFO", "WARNING", "ERROR"),
    about="Least important log lines to write: DEBUG, INFO, WARNING or ERROR.",
)
SECRET_KEY = env.secret(
    "PARLEY_SECRET_KEY",
    default=LOCAL.secret_key(),
    shown="made by `make run`",
    about="Signs sessions and links. 50 or more random characters; required when PARLEY_ORIGIN is not this machine.",
)
SECRET_KEY_FALLBACKS = env.words(
    "PARLEY_SECRET_KEY_FALLBACKS",
    default="",
    secret=True,
    about="Earlier secret keys, separated by commas: what they signed stays valid until they are removed.",
)
DATABASE_URL = env.address(
    "DATABASE_URL",
    default=LOCAL.database_url(role="parley_app"),
    shown="the embedded PostgreSQL",
    schemes=("postgresql", "postgres"),
    about="PostgreSQL, logging in as a role that owns nothing: postgresql://parley_app:PASSWORD@HOST/DATABASE.",
)
DATABASE_OWNER_URL = env.address(
    "DATABASE_OWNER_URL",
    default=DATABASE_URL if "DATABASE_URL" in os.environ else LOCAL.database_url(role="parley_owner"),
    shown="DATABASE_URL",
    schemes=("postgresql", "postgres"),
    about="The same database, logging in as the role that owns the tables. Only migrations use it.",
)
DB_POOL_SIZE = env.integer(
    "PARLEY_DB_POOL_SIZE",
    default=16,
    most=1000,
    about="Most database connections one process holds; 0 is no pool.",
)
REDIS_URL = env.address(
    "REDIS_URL",
    default=LOCAL.redis_url(),
    shown="the embedded Valkey",
    schemes=("redis", "rediss", "unix"),
    about="Valkey or Redis 7: live updates, task queue, cache. redis://HOST:6379/0, rediss:// or unix:///PATH?db=0.",
)
KEY_PREFIX = env.text(
    "PARLEY_KEY_PREFIX",
    default="parley",
    about="Begins every key and channel in Valkey, so that several installations can share one.",
)
EMAIL_URL = env.address(
    "EMAIL_URL",
    default="smtp://localhost:1025",
    shown="the mail catcher",
    schemes=("smtp", "smtps"),
    about="Outgoing mail: smtp://USER:PASSWORD@HOST:587 (STARTTLS when offered a user) or smtps:// for TLS at once.",
)
MAIL_FROM = env.text(
    "PARLEY_MAIL_FROM",
    default="Parley <parley@localhost>",
    about="Sender of the mail Parley writes in its own name.",
)
MEDIA_ROOT = env.path(
    "PARLEY_MEDIA_ROOT",
    default=DATA_DIR / "media",
    shown="var/media",
    about="Folder of uploaded files. Share and back it up; never let a web server publish it.",
)
STATIC_ROOT = env.path(
    "PARLEY_STATIC_ROOT",
    default=DATA_DIR / "static",
    shown="var/static",
    about="Folder that `manage.py collectstatic` fills and the web process serves.",
)
DRAIN_SECONDS = env.integer(
    "PARLEY_DRAIN_SECONDS",
    default=20,
    most=3600,
    about="Seconds over which a web process that is stopped sends its sockets to the others.",
)
TRUSTED_PROXIES = env.integer(
    "PARLEY_TRUSTED_PROXIES",
    default=0,
    most=10,
    about="How many of your own proxies stand in front; each adds one entry to X-Forwarded-For.",
)
MAIL_CATCHER_DIR = env.text(
    "PARLEY_MAIL_CATCHER_DIR",
    default="",
    about="Folder of caught mail to show at /mail/. `make run` sets it; leave it empty elsewhere.",
)


def own_hosts() -> set[str]:
    """Return the host names of both public addresses; this machine also answers by its loopback names."""
    hosts = {urlsplit(origin).hostname or "" for origin in (ORIGIN, WIDGET_ORIGIN)}
    return hosts | {"localhost", "127.0.0.1", "[::1]"} if IS_LOCAL else hosts


IS_LOCAL = urlsplit(ORIGIN).hostname in {"localhost", "127.0.0.1", "::1"}
IS_HTTPS = ORIGIN.startswith("https://")
if not IS_LOCAL and len(SECRET_KEY) < 50:
    env.refuse(
        "PARLEY_SECRET_KEY", "must have 50 or more random characters when PARLEY_ORIGIN is a public address"
    )
if not IS_LOCAL and DEBUG:
    env.refuse("PARLEY_DEBUG", "must be off when PARLEY_ORIGIN is a public address")
env.check()
