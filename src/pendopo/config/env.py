"""Settings from the environment, each refused with one clear sentence when it is wrong.

Every name may also be given as NAME_FILE: the path of a file that holds the value (secrets of containers).
"""

import ipaddress
import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

# A kept secret below this is guessable; the same bounds as Django's own deployment check.
_SECRET_LENGTH, _SECRET_SIGNS = 50, 5
_HOST = re.compile(r"^(\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\])$")
_ADDRESS = re.compile(r"^[^@\s<>]+@[^@\s<>]+$")


class SettingRefused(SystemExit):
    """A setting has a value Pendopo cannot work with. The message names it and says what would be right."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"Pengaturan {name} ditolak: {problem}")
        self.name = name


def text(name: str, default: str = "") -> str:
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            problem = getattr(error, "strerror", None) or "bukan teks"
            raise SettingRefused(f"{name}_FILE", f"berkas {file} tidak terbaca ({problem}).") from None
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
    if not (value.isascii() and value.isdigit()) or not low <= int(value) <= high:
        raise SettingRefused(name, f"isinya {value!r}; tulis bilangan {low} sampai {high}.")
    return int(value)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default) or default
    if value not in allowed:
        raise SettingRefused(name, f"isinya {value!r}; pilih salah satu dari {', '.join(allowed)}.")
    return value


def required(name: str, why: str) -> str:
    value = text(name)
    if not value:
        raise SettingRefused(name, f"belum diisi; {why}")
    return value


def secret(name: str) -> str:
    """A key that signs sessions and links; weak ones are refused."""
    value = required(name, f"isi {_SECRET_LENGTH} tanda acak atau lebih.")
    if len(value) < _SECRET_LENGTH or len(set(value)) < _SECRET_SIGNS or value.startswith("django-insecure-"):
        raise SettingRefused(name, f"terlalu mudah ditebak; isi {_SECRET_LENGTH} tanda acak atau lebih.")
    return value


def push_key(name: str) -> str:
    """A private P-256 key as 32 octets in base64url, or empty."""
    value = text(name)
    if value and not re.fullmatch(r"[A-Za-z0-9_-]{43}=?", value):
        raise SettingRefused(name, "tulis 43 tanda base64url (kunci VAPID pribadi, 32 oktet).")
    return value.rstrip("=")


def listed(name: str, default: tuple[str, ...] = ()) -> list[str]:
    value = text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else list(default)


def hosts(name: str, default: tuple[str, ...], *, any_host: bool) -> list[str]:
    """Host names without scheme or port. `*` opens every name and is only for trying out."""
    found = listed(name, default)
    for host in found:
        if host == "*" and any_host:
            continue
        if not _HOST.match(host):
            raise SettingRefused(name, f"{host!r} bukan nama situs; tulis misalnya lapor.kota.go.id.")
    return found


def addresses(name: str) -> list[str]:
    """IP addresses or networks, separated by commas."""
    found = listed(name)
    for address in found:
        try:
            ipaddress.ip_network(address)
        except ValueError:
            raise SettingRefused(name, f"{address!r} bukan alamat IP; tulis misalnya 127.0.0.1.") from None
    return found


def email(name: str, default: str) -> str:
    value = text(name) or default
    if not _ADDRESS.match(value.rpartition("<")[2].rstrip(">")):
        raise SettingRefused(name, f"isinya {value!r}; tulis misalnya lapor@kota.go.id.")
    return value


def mailbox(name: str) -> str:
    """One bare address for mail in lower case, or empty. A `+` in it would clash with the addresses for answers."""
    value = text(name).lower()
    if value and (not _ADDRESS.match(value) or "+" in value):
        raise SettingRefused(name, f"isinya {value!r}; tulis alamatnya saja, misalnya lapor@kota.go.id.")
    return value


def web_address(name: str, default: str = "", *, https: bool = False) -> str:
    """An http(s) address without a trailing slash, or empty."""
    value = (text(name) or default).rstrip("/")
    if value:
        _web_origin(name, value)
    if https and not value.startswith("https://"):
        raise SettingRefused(name, "tulis alamat situs yang dibuka warga, misalnya https://lapor.kota.go.id.")
    return value


def origins(name: str) -> list[str]:
    """Web origins (scheme and host, no path)."""
    found = listed(name)
    for value in found:
        if _web_origin(name, value) != value:
            raise SettingRefused(name, f"{value!r} harus tanpa garis miring di akhir dan tanpa halaman.")
    return found


def _web_origin(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"\s", value):
        raise SettingRefused(
            name, f"isinya {value!r}; tulis alamat lengkap seperti https://lapor.kota.go.id."
        )
    return f"{parts.scheme}://{parts.netloc}"


def tiles(name: str) -> tuple[str, str]:
    """Address of map tiles with {z}, {x}, {y}, and the origin a browser fetches them from."""
    value = text(name)
    if not value:
        return "", ""
    if not all(part in value for part in ("{z}", "{x}", "{y}")):
        raise SettingRefused(name, "alamat ubin peta harus memuat {z}, {x} dan {y}.")
    return value, _web_origin(name, value).replace("{s}", "*")


def var_folder() -> Path:
    """Where this installation keeps what it writes: PENDOPO_VAR, or `var` beside the source code."""
    given = text("PENDOPO_VAR")
    if given:
        return Path(given).expanduser().resolve()
    checkout = Path(__file__).resolve().parents[3]
    return (checkout if (checkout / "pyproject.toml").is_file() else Path.cwd().resolve()) / "var"


def database(name: str, default: str = "") -> dict[str, object]:
    """A Django DATABASES entry from postgresql://user:password@host:port/name?option=value."""
    value = text(name) or default
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
    pool = number("DATABASE_POOL", 0, low=0, high=200)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        # A web request runs in a thread of its own: only a pool lets its connection outlive it.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": "pendopo",
            "connect_timeout": 10,
            **({"pool": {"min_size": 1, "max_size": pool, "timeout": 15}} if pool else {}),
            **options,
        },
        "TEST": {"TEMPLATE": "template0"},
    }
