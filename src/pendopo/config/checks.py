"""What Django's own checks do not know: the database's age and what production needs."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from pendopo.config.binaries import OLDEST


@register(Tags.database)
def postgresql_is_young_enough(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or ():
        version = connections[alias].pg_version  # type: ignore[attr-defined]
        if version < OLDEST * 10000:
            found.append(
                Error(
                    f"PostgreSQL di DATABASE_URL berversi {version // 10000}; "
                    f"Pendopo perlu versi {OLDEST} ke atas.",
                    id="pendopo.E001",
                )
            )
    return found


@register(Tags.security, deploy=True)
def ready_for_the_public(**_: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.MODE != "production":
        found.append(
            Warning(
                f"PENDOPO_MODE={settings.MODE} hanya untuk mencoba; isi PENDOPO_MODE=production.",
                id="pendopo.W001",
            )
        )
    if settings.MODE == "production" and not settings.TRUSTED_PROXIES:
        found.append(
            Warning(
                "TRUSTED_PROXIES kosong: di belakang nginx isi 127.0.0.1, "
                "agar alamat pengunjung dan https dikenali.",
                id="pendopo.W002",
            )
        )
    return found
