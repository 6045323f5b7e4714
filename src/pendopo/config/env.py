"""Settings from the environment, each refused with one clear sentence when it is wrong.

Every name may also be given as NAME_FILE: the path of a file that holds the value (secrets of containers).
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class SettingRefused(SystemExit):
    """A setting has a value Pendopo cannot work with. The message names it and says what would be right."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"Pengaturan {name} ditolak: {problem}")
        self.name = name


def text(name: str, default: str = "") -> str:
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text().strip()
        except OSError as error:
            raise SettingRefused(f"{name}_FILE", f"berkas {file} tidak terbaca ({error.strerror}).") from None
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on", "ya"}:
        return True
    if value in {"0", "false", "no", "off", "tidak"}:
        return False
    raise SettingRefused(name, f"isinya {value!r}; tulis 1 atau 0.")


def number(name: str, default: int, *, low: int, high: int) -> int:
    value = text(name)
    if not value:
        return default
    if not value.isdigit() or not low <= int(value) <= high:
        raise SettingRefused(name, f"isinya {value!r}; tulis bilangan {low} sampai {high}.")
    return int(value)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default) or default
    if value not in allowed:
        raise SettingRefused(name, f"isinya {value!r}; pilih salah satu dari {', '.join(allowed)}.")
    return value


def listed(name: str, default: tuple[str, ...] = ()) -> list[str]:
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else list(default)


def database(name: str, default: str) -> dict[str, object]:
    """A Django DATABASES entry from postgresql://user:password@host:port/name (host may be a socket folder)."""
    value = text(name, default)
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise SettingRefused(name, "porta di alamatnya bukan bilangan.") from None
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise SettingRefused(
            name, "tulis postgresql://pengguna:sandi@host:5432/nama (PostgreSQL 15 ke atas)."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "pendopo", "connect_timeout": 10, **options},
        "TEST": {"TEMPLATE": "template0"},
    }
