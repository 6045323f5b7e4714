"""The signing key of an installation that was given none: made once, kept in `var/secrets`."""

import secrets
from pathlib import Path

from pendopo.config import embedded


def kept(var: Path) -> str:
    """The key of this `var` folder. Sessions and links survive a restart because it does."""
    file = var / "secrets" / "secret_key"
    try:
        key = file.read_text().strip()
    except OSError:
        key = ""
    if not key:
        key = secrets.token_urlsafe(60)
        try:
            embedded.private_folder(var)
            embedded.write_private(file, key)
        except OSError:
            pass  # a read-only tree still answers --help and checks; nothing signed outlives the process
    return key
