"""Settings of the tests: the same as everywhere, on throw-away servers that tests/servers.py starts.

Django reads settings before the tests' own set-up runs, so the addresses are chosen here and the servers come to them.
Each xdist worker has servers of its own, since a reader of the event log waits for the oldest transaction of the
whole PostgreSQL, and the tests of another worker hold theirs open for as long as they run.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from config.local.places import Places
from config.local.ports import free_port

if "TEST_SERVERS" not in os.environ:
    os.environ["TEST_SERVERS"] = tempfile.mkdtemp(prefix="parley-test-")
    # Servers that were started take their folder with them; the one around them is for pytest itself to remove.
    atexit.register(shutil.rmtree, os.environ["TEST_SERVERS"], ignore_errors=True)
    # The servers' own account passes through it, when root runs the tests.
    Path(os.environ["TEST_SERVERS"]).chmod(0o711)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
PLACES = Places(Path(os.environ["TEST_SERVERS"]) / WORKER)
PLACES.home.mkdir(mode=0o711, exist_ok=True)
DATABASE = "parley"

for name in [name for name in os.environ if name.startswith("PARLEY_")]:
    del os.environ[name]
os.environ |= {
    "DATABASE_URL": PLACES.database_url(role="parley_app", database=DATABASE),
    "DATABASE_OWNER_URL": PLACES.database_url(role="parley_owner", database=DATABASE),
    "REDIS_URL": PLACES.redis_url(),
    "EMAIL_URL": "smtp://localhost:1",
    "PARLEY_ORIGIN": f"http://localhost:{free_port()}",
    "PARLEY_SECRET_KEY": "tests have nothing to hide, but the key must be fifty characters long",
    "PARLEY_DB_POOL_SIZE": "0",
    "PARLEY_KEY_PREFIX": "parley-test",
    "PARLEY_LOG_LEVEL": "WARNING",
    "PARLEY_MAIL_CATCHER_DIR": str(PLACES.home / "mail"),
    "PARLEY_MEDIA_ROOT": str(PLACES.home / "media"),
    "PARLEY_STATIC_ROOT": str(PLACES.home / "static"),
}

from config.settings.base import *  # noqa: E402,F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  WhiteNoise warns of a missing folder
