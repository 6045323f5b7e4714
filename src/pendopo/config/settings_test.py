"""Settings for tests: the same product, with a fast hasher, mail and cache kept in memory.

Without DATABASE_URL the tests run on a throw-away server of their own in `var/test`, so plain `pytest` works.
"""

import atexit
import os
from contextlib import ExitStack

os.environ.setdefault("PENDOPO_MODE", "test")

from pendopo.config import catalogues, embedded, env

if not env.text("DATABASE_URL"):
    _server = ExitStack()
    atexit.register(_server.close)
    _var = env.var_folder()
    _cluster = _server.enter_context(
        embedded.using(_var if _var.name == "test" else _var / "test", durable=False)
    )
    os.environ["DATABASE_URL"] = _cluster.url

from pendopo.config.settings import *  # noqa: F403

catalogues.compile_stale()

# `make test` names a database that has the tables already: then those of the tests are copies of it.
DATABASES["default"]["TEST"]["TEMPLATE"] = os.environ.get("TEST_TEMPLATE") or "template0"  # type: ignore[index] # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - WhiteNoise warns when it is missing
