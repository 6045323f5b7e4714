"""Verbs on consequence tests: write, propose, the council's opinion, fix by decree, return, end."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.domains.information import jobs, notifying, periods
from pendopo.domains.information.actions.keeping import reasoned
from pendopo.domains.information.actions.keeping_decrees import NewDecree, write_decree
from pendopo.domains.information.actions.withholding import open_entry, withhold
from pendopo.domains.information.models import (
    ConsequenceTest,
    Decree,
    ExemptionGround,
    InformationRequest,
    Item,
    TestStatus,
)
from pendopo.domains.information.policy import keeping as policy
from pendopo.kernel import clock, ids
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean, clean_line

Occasion = ConsequenceTest.Occasion
_OPEN = (TestStatus.DRAFT, TestStatus.RETURNED)
_LONG = ("information", "consequence_open", "consequence_closed", "considerations")


@dataclass(frozen=True)
class Sheet:
    """What the law asks of the sheet. Exactly one of `years`, `expires_on`, `permanent` says how long."""

    information: str
    ground: ExemptionGround
    law: str
    consequence_open: str
    consequence_closed: str
    considerations: str = ""
    years: int | None = None
    expires_on: dt.date | None = None
    permanent: bool = False
    occasion: str = Occasion.BEFORE


def find_test(test_id: int, by: User, seen: int | None = None) -> ConsequenceTest:
    """The sheet, locked, if this person may read it. Raises ConsequenceTest.DoesNotExist and Refused."""
    rows = ConsequenceTest.objects.visible_to(by).select_for_update(of=("self",))
    test: ConsequenceTest = rows.select_related("office", "ground", "made_by", "item").get(pk=test_id)
    if seen is not None and test.version != seen:
        raise Refused(_("Rekan Anda baru saja mengubah lembar ini. Buka lagi untuk melihat yang terbaru."))
    return test


def remember_test(
    test: ConsequenceTest,
    verb: str,
    *,
    by: User | None,
    now: dt.datetime,
    facts: Mapping[str, Any] | None = None,
) -> None:
    record(
        actor=by, verb=f"information.{verb}", subject=test, organization=test.office_id, facts=facts, at=now
    )


def _touch(test: ConsequenceTest, *names: str) -> None:
    test.version += 1
    test.save(update_fields=[*names, "version"])


@transaction.atomic
def draft_test(
    *,
    office_id: int,
    sheet: Sheet,
    by: User,
    now: dt.datetime,
    item_id: int | None = None,
    request: InformationRequest | None = None,
    based_on: ConsequenceTest | None = None,
) -> ConsequenceTest:
    """A new sheet of an office, for an entry, a request, or neither. Raises NotAllowed and Refused."""
    require(policy.may_test, by, office_id)
    item = None
    if item_id is not None:
        item = Item.objects.desk_of(by).light().filter(pk=item_id, office_id=office_id).first()
        if item is None:
            raise Refused(_("Entri ini bukan milik kantor yang dipilih."), field="item")
    test = ConsequenceTest(
        code=ids.new_code("UKS"), office_id=office_id, item=item, request=request, based_on=based_on,
        made_by=by, made_at=now,
    )  # fmt: skip
    _fill(test, sheet, clock.local_date(now))
    test.save(force_insert=True)
    remember_test(test, "test_drafted", by=by, now=now)
    return test


@transaction.atomic
def edit_test(*, test_id: int, seen: int | None, sheet: Sheet, by: User, now: dt.datetime) -> ConsequenceTest:
    """Change a sheet that is not fixed. Raises NotAllowed and Refused."""
    test = find_test(test_id, by, seen)
    require(policy.may_test, by, test.office_id)
    if test.status not in _OPEN:
        raise Refused(_("Lembar yang sudah diusulkan atau ditetapkan tidak diubah. Buat lembar uji baru."))
    _fill(test, sheet, clock.local_date(now))
    test.version += 1
    test.save()
    remember_test(test, "test_edited", by=by, now=now)
    return test


def _fill(test: ConsequenceTest, sheet: Sheet, today: dt.date) -> None:
    """Write the sheet into the (unsaved) row. Raises Refused for what the law does not allow."""
    _check_ground(sheet.ground, today)
    periods.check(
        sheet.ground, permanent=sheet.permanent, years=sheet.years, until=sheet.expires_on, start=today
    )
    for name in _LONG:
        setattr(test, name, clean(getattr(sheet, name)))
    test.ground, test.law, test.occasion = sheet.ground, clean_line(sheet.law)[:300], sheet.occasion
    test.years, test.expires_on, test.permanent = sheet.years, sheet.expires_on, sheet.permanent


def _check_ground(ground: ExemptionGround, on: dt.date) -> None:
    if not ExemptionGround.objects.valid(on).filter(pk=ground.pk).exists():
        raise Refused(_("Huruf ini tidak berlaku pada tanggal itu."), field="ground")


@transaction.atomic
def propose_test(*, test_id: int, seen: int | None, by: User, now: dt.datetime) -> ConsequenceTest:
    """Ask PPID Utama to fix the sheet. Raises NotAllowed, and Refused for what is still empty."""
    test = find_test(test_id, by, seen)
    require(policy.may_test, by, test.office_id)
    if test.status not in _OPEN:
        raise Refused(_("Lembar ini sudah diusulkan."))
    for name in ("information", "law", "consequence_open", "consequence_closed"):
        if not getattr(test, name):
            label = str(ConsequenceTest._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            raise Refused(_("Isi dulu: %s.") % label, field=name)
    test.proposed_at, test.return_reason = now, ""
    _touch(test, "proposed_at", "return_reason")
    test.move_to(TestStatus.PROPOSED)
    remember_test(test, "test_proposed", by=by, now=now)
    return test


@transaction.atomic
def note_opinion(
    *, test_id: int, seen: int | None, opinion: str, met_on: dt.date, by: User, now: dt.datetime
) -> ConsequenceTest:
    """What the council (tim pertimbangan) said, and when. Raises NotAllowed and Refused."""
    test = find_test(test_id, by, seen)
    require(policy.may_note_opinion, by)
    if test.status != TestStatus.PROPOSED:
        raise Refused(_("Pendapat tim pertimbangan dicatat pada lembar yang sedang diusulkan."))
    if met_on > clock.local_date(now):
        raise Refused(_("Tanggal rapat tidak boleh sesudah hari ini."), field="council_on")
    if len(clean(opinion)) < 10:
        raise Refused(_("Tulis pendapat tim pertimbangan."), field="council_opinion")
    test.council_opinion, test.council_on = clean(opinion), met_on
    _touch(test, "council_opinion", "council_on")
    remember_test(test, "test_opinion", by=by, now=now, facts={"date": met_on})
    return test


@transaction.atomic
def return_test(
    *, test_id: int, seen: int | None, reason: str, by: User, now: dt.datetime
) -> ConsequenceTest:
    """PPID Utama sends a sheet back with what is to be mended. Raises NotAllowed and Refused."""
    test = find_test(test_id, by, seen)
    require(policy.may_fix, by)
    if test.status != TestStatus.PROPOSED:
        raise Refused(_("Hanya lembar yang diusulkan yang dapat dikembalikan."))
    test.return_reason = reasoned(reason)
    _touch(test, "return_reason")
    test.move_to(TestStatus.RETURNED)
    remember_test(test, "test_returned", by=by, now=now, facts={"reason": test.return_reason})
    notifying.test_returned(test, now=now)
    return test


@transaction.atomic
def fix_tests(
    *, tests: Sequence[tuple[int, int | None]], decree: NewDecree, by: User, now: dt.datetime
) -> Decree:
    """Fix these sheets, given as (id, seen version), by one decree of kind DIK: their information is withheld.

    All or none. Raises NotAllowed, and Refused naming the first sheet that cannot be fixed.
    """
    require(policy.may_fix, by)
    if not tests:
        raise Refused(_("Pilih paling sedikit satu lembar uji."), field="tests")
    found = [find_test(pk, by, seen) for pk, seen in sorted(tests)]
    for test in found:
        _check_fixable(test, decree.signed_on, clock.local_date(now))
    written = write_decree(decree, Decree.Kind.DIK, by=by, now=now)
    for test in found:
        _fix(test, written, by, now)
        jobs.paper_later("test", test.pk)
    jobs.paper_later("decree", written.pk)
    return written


def _check_fixable(test: ConsequenceTest, start: dt.date, today: dt.date) -> None:
    name = {"code": test.code}
    if test.status != TestStatus.PROPOSED:
        raise Refused(_("Lembar %(code)s tidak sedang diusulkan.") % name, field="tests")
    if not test.council_opinion or test.council_on is None:
        raise Refused(_("Lembar %(code)s belum berisi pendapat tim pertimbangan.") % name, field="tests")
    if test.council_on > start:
        raise Refused(_("Lembar %(code)s: rapat tim sesudah tanggal keputusan.") % name, field="signed_on")
    _check_ground(test.ground, start)
    until = None if test.years is not None else test.expires_on
    periods.check(test.ground, permanent=test.permanent, years=test.years, until=until, start=start)
    end = periods.end_after(start, test.years) if test.years is not None else until
    if end is not None and end < today:
        raise Refused(_("Lembar %(code)s sudah lewat masa berlakunya.") % name, field="tests")


def _fix(test: ConsequenceTest, decree: Decree, by: User, now: dt.datetime) -> None:
    test.decree, test.starts_on, test.fixed_by, test.fixed_at = decree, decree.signed_on, by, now
    if test.years is not None:
        test.expires_on = periods.end_after(decree.signed_on, test.years)
    test.item = withhold(test, by=by, now=now)
    _touch(test, "decree", "starts_on", "fixed_by", "fixed_at", "expires_on", "item")
    test.move_to(TestStatus.FIXED)
    remember_test(
        test, "test_fixed", by=by, now=now, facts={"decree": decree.number, "until": test.expires_on}
    )
    notifying.test_fixed(test, now=now)
    older = ConsequenceTest.objects.filter(item=test.item, status=TestStatus.FIXED).exclude(pk=test.pk)
    for old in older.select_for_update(of=("self",)):
        _end(old, _("Diganti lembar %s.") % test.code, by=by, now=now)


@transaction.atomic
def end_test(*, test_id: int, seen: int | None, reason: str, by: User, now: dt.datetime) -> ConsequenceTest:
    """Give up a sheet; when it was fixed, its information must be opened. Raises NotAllowed and Refused."""
    test = find_test(test_id, by, seen)
    require(policy.may_drop_test, by, test)
    if test.status == TestStatus.ENDED:
        raise Refused(_("Lembar ini sudah berakhir."))
    was_fixed = test.status == TestStatus.FIXED
    _end(test, reasoned(reason), by=by, now=now)
    if was_fixed:
        open_entry(test, by=by, now=now)
        notifying.test_ended(test, now=now)
    return test


def _end(test: ConsequenceTest, reason: str, *, by: User | None, now: dt.datetime) -> None:
    test.ended_at, test.ended_reason = now, reason
    _touch(test, "ended_at", "ended_reason")
    test.move_to(TestStatus.ENDED)
    remember_test(test, "test_ended", by=by, now=now, facts={"reason": reason})


@transaction.atomic
def expire(*, test_id: int, now: dt.datetime) -> bool:
    """The clock ends a fixed sheet whose last day is over and opens its information. False when nothing was due."""
    today = clock.local_date(now)
    due = ConsequenceTest.objects.filter(status=TestStatus.FIXED, permanent=False, expires_on__lt=today)
    test = due.select_for_update(of=("self",)).select_related("office", "made_by").filter(pk=test_id).first()
    if test is None:
        return False
    _end(test, _("Jangka waktu pengecualian berakhir."), by=None, now=now)
    open_entry(test, by=None, now=now)
    notifying.test_ended(test, now=now)
    return True


@transaction.atomic
def warn_of_end(*, test_id: int, now: dt.datetime) -> bool:
    """Tell owner and PPID Utama that a sheet ends soon, once. False when it was told."""
    rows = ConsequenceTest.objects.filter(status=TestStatus.FIXED, warned_at=None, expires_on__isnull=False)
    test = rows.select_for_update(of=("self",)).select_related("office", "made_by").filter(pk=test_id).first()
    if test is None or test.expires_on is None:
        return False
    test.warned_at = now
    test.save(update_fields=["warned_at"])
    notifying.test_expiring(test, days=(test.expires_on - clock.local_date(now)).days, now=now)
    return True
