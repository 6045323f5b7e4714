"""Settings for tests: the same product, with a fast hasher and mail kept in memory."""

import os

os.environ.setdefault("PENDOPO_MODE", "test")

from pendopo.config import catalogues
from pendopo.config.settings import *  # noqa: F403

catalogues.compile_stale()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
