"""The settings of the tests: the site's own, in an environment that leaves this machine's data alone.

The temporary folder is made by the first process of a run; the processes that pytest-xdist starts find it in the
environment that they inherit.
"""

import os
import tempfile
from pathlib import Path
from urllib.parse import quote

KEPT = {"GENAI_SHARED", "GENAI_TEST_DATABASE", "GENAI_TEST_FOLDER"}
for name in list(os.environ):
    if name == "DATABASE_URL" or (name.startswith("GENAI_") and name not in KEPT):
        del os.environ[name]

if "GENAI_TEST_FOLDER" not in os.environ:
    os.environ["GENAI_TEST_FOLDER"] = tempfile.mkdtemp(prefix="genai-")
FOLDER = Path(os.environ["GENAI_TEST_FOLDER"])
POSTGRESQL = os.environ.get("GENAI_TEST_DATABASE", "sqlite") == "postgresql"

# Each process stores apart: two tests that run at once never meet in a file.
os.environ["GENAI_DATA"] = str(FOLDER / os.environ.get("PYTEST_XDIST_WORKER", "main"))
if POSTGRESQL:
    os.environ["DATABASE_URL"] = f"postgresql://postgres@{quote(str(FOLDER / 'socket'), safe='')}/postgres"

from genai_site.settings import *  # noqa: E402, F403
from genai_site.settings import DATA_DIR, DATABASES, STORAGES  # noqa: E402

SECRET_KEY = "a key for the tests alone, which protects nothing at all"
if not POSTGRESQL:
    # A file as in production, rather than memory: its threads have connections of their own, and its locks are real.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    # The system may be killed during a test and its database lost: nothing waits for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Those who test that logins are throttled say so; every other test may log in as it likes.
AXES_ENABLED = False
