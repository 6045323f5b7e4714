"""Writing, fixing and reopening the yearly report."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.domains.information import yearly
from pendopo.domains.information.actions.common import reason_of
from pendopo.domains.information.models import REPORT_TEXTS, YearReport
from pendopo.domains.information.offices import body
from pendopo.domains.information.policy import who
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean

FIRST_YEAR = 2010  # UU 14/2008 holds since then


@transaction.atomic
def write(*, year: int, texts: Mapping[str, str], seen: int, by: User, now: dt.datetime) -> YearReport:
    """Keep the parts that people write. `seen` is the version the writer had before their eyes.

    Raises NotAllowed, Refused.
    """
    require(who.serves_requests, by)
    report = _locked(year, now=now)
    if report.version != seen:
        raise Refused(
            _(
                "Laporan ini baru saja diubah orang lain. Salin tulisan Anda, buka lagi halamannya, lalu simpan."
            )
        )
    if report.fixed_at is not None:
        raise Refused(_("Laporan ini sudah ditetapkan. Buka lagi dulu bila perlu diperbaiki."))
    for name in REPORT_TEXTS:
        setattr(report, name, clean(texts.get(name, "")))
    _save(report, *REPORT_TEXTS, now=now)
    _remember(report, "written", by=by, now=now)
    return report


@transaction.atomic
def fix(*, year: int, by: User, now: dt.datetime) -> YearReport:
    """Keep the numbers of this moment and publish the report. Raises NotAllowed, Refused."""
    require(who.decides, by)
    report = _locked(year, now=now)
    if report.fixed_at is not None:
        raise Refused(_("Laporan ini sudah ditetapkan."))
    if year >= clock.local_date(now).year:
        raise Refused(_("Tahun ini belum berakhir; laporannya belum dapat ditetapkan."))
    empty = [
        str(getattr(YearReport._meta.get_field(name), "verbose_name", name))
        for name in REPORT_TEXTS
        if not getattr(report, name)
    ]
    if empty:
        raise Refused(
            _("Masih kosong: %(parts)s. Tulis “tidak ada” bila memang tidak ada.")
            % {"parts": ", ".join(empty)}
        )
    report.numbers, report.revision = yearly.counted(year), report.revision + 1
    report.digest = yearly.digest_of(report, report.numbers)
    report.fixed_at, report.fixed_by = now, by
    _save(report, "numbers", "revision", "digest", "fixed_at", "fixed_by", now=now)
    _remember(report, "fixed", by=by, now=now, digest=report.digest[:12])
    return report


@transaction.atomic
def reopen(*, year: int, reason: str, by: User, now: dt.datetime) -> YearReport:
    """Take a fixed report back to be corrected; it is not public until fixed again. Raises NotAllowed, Refused."""
    require(who.decides, by)
    report = _locked(year, now=now)
    if report.fixed_at is None:
        raise Refused(_("Laporan ini belum ditetapkan."))
    words = reason_of(reason)
    report.numbers, report.digest, report.fixed_at, report.fixed_by = {}, "", None, None
    _save(report, "numbers", "digest", "fixed_at", "fixed_by", now=now)
    _remember(report, "reopened", by=by, now=now, reason=words)
    return report


def _locked(year: int, *, now: dt.datetime) -> YearReport:
    """The row of the year, made when it is first touched. Raises Refused for a year that cannot have one."""
    if not FIRST_YEAR <= year <= clock.local_date(now).year:
        raise Refused(_("Tidak ada laporan untuk tahun itu."))
    government = body()
    YearReport.objects.get_or_create(body=government, year=year, defaults={"changed_at": now})
    report: YearReport = YearReport.objects.select_for_update().get(body=government, year=year)
    return report


def _save(report: YearReport, *names: str, now: dt.datetime) -> None:
    report.version, report.changed_at = report.version + 1, now
    report.save(update_fields=[*names, "version", "changed_at"])


def _remember(report: YearReport, verb: str, *, by: User, now: dt.datetime, **facts: Any) -> None:
    record(
        actor=by, verb=f"information.report_{verb}", subject=report, organization=report.body_id, at=now,
        facts={"year": report.year, **facts},
    )  # fmt: skip
