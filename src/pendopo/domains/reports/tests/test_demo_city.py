"""The demo city's reports obey every rule of the room, wait on the right desks, and are built only once."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import Count, F, Q

from pendopo.base.accounts.models import User
from pendopo.base.audit.models import Entry
from pendopo.base.files.models import File
from pendopo.base.notices.models import INAPP, Notice
from pendopo.base.registries.demo import City
from pendopo.domains.reports import demo, demo_model, demo_news, routing
from pendopo.domains.reports.demo_rules import RULES
from pendopo.domains.reports.desk import QUEUES
from pendopo.domains.reports.models import (
    FINAL,
    OURS,
    ArchiveReason,
    Closure,
    Handover,
    Merging,
    Report,
    ReportAttachment,
    ReportClock,
    ReportTask,
    RoutingModel,
    Status,
    Suggestion,
)
from pendopo.domains.reports.tests.demo_city import NOW, kept_for_module, prepared
from pendopo.kernel import caches, clock

pytestmark = pytest.mark.django_db
N, PHOTOS = 1400, 15


@pytest.fixture(scope="module", autouse=True)
def city(django_db_setup: Any, django_db_blocker: Any) -> Iterator[City]:
    def build() -> City:
        city = prepared()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(demo, "PHOTOS", PHOTOS)
            patch.setattr(demo_model, "EXAMPLES", 300)
            demo.build_year(city, N)
            demo_model.build(city)
        demo_news.build(city)
        return city

    yield from kept_for_module(django_db_blocker, build)


def person(email: str) -> User:
    return User.objects.get(email=email)


def waiting(email: str, queue: str) -> Any:
    user = person(email)
    condition = next(q for q in QUEUES if q.key == queue).condition(user, NOW)
    return Report.objects.desk_of(user).filter(condition)


def test_there_are_as_many_as_asked_and_one_day_has_250():
    assert Report.objects.count() == N
    days = Counter(clock.local_date(at) for at in Report.objects.values_list("received_at", flat=True))
    assert max(days.values()) == 250


def test_every_state_and_every_reason_is_on_show():
    assert set(Report.objects.values_list("status", flat=True)) == set(Status.values)
    reasons = set(Report.objects.exclude(archive_reason="").values_list("archive_reason", flat=True))
    assert len(reasons) >= 5
    assert ArchiveReason.EXPIRED in reasons and ArchiveReason.DUPLICATE not in reasons


def test_merged_reports_stand_in_groups_of_one_level():
    merged = Report.objects.filter(status=Status.MERGED)
    assert merged.count() >= 5
    assert not merged.filter(merged_into__status=Status.MERGED).exists()
    assert not merged.filter(Q(secret=True) | Q(merged_into__secret=True)).exists()
    assert Merging.objects.filter(ended_at=None).count() == merged.count()
    assert not merged.filter(
        merged_into__closed_at__lt=F("closed_at"), merged_into__reopened_count=0
    ).exists()


def test_rows_agree_with_the_state_of_their_report():
    reports = Report.objects.all()
    assert not reports.filter(status__in=FINAL, closed_at=None).exists()
    assert not reports.exclude(status__in=FINAL).filter(closed_at__isnull=False).exists()
    open_clocks = ReportClock.objects.filter(stopped_at=None)
    assert not open_clocks.filter(case__status__in=FINAL).exists()
    assert not reports.exclude(status__in=FINAL).exclude(pk__in=open_clocks.values("case")).exists()
    without_verdict = ReportClock.objects.filter(stopped_at__isnull=False, in_time=None)
    assert not without_verdict.exclude(case__status=Status.MERGED).exists()
    pending = Closure.objects.filter(checked_at=None)
    assert set(pending.values_list("case", flat=True)) == set(
        reports.filter(closure_proposed=True).values_list("pk", flat=True)
    )
    assert not Closure.objects.filter(checked_by=F("proposed_by")).exists()
    assert not reports.filter(status=Status.ANSWERED).exclude(due_step="reply").exists()
    assert not reports.filter(status=Status.AWAITING_INFO).exclude(due_step="info", paused=True).exists()


def test_the_limit_on_the_report_is_that_of_its_earliest_clock():
    for report in Report.objects.filter(closed_at=None).prefetch_related("clocks")[:60]:
        dates = [c.due_on for c in report.clocks.all() if c.stopped_at is None and c.due_on]
        assert report.due_at is not None
        assert clock.local_date(report.due_at) == min(dates)


def test_nothing_lies_in_the_future():
    assert not Report.objects.filter(updated_at__gt=NOW).exists()
    assert not Entry.objects.filter(at__gt=NOW).exists()


def test_acts_on_secret_reports_are_restricted_and_ask_no_other_office():
    secret = Report.objects.filter(secret=True)
    assert secret.count() > 25
    ids = list(secret.values_list("pk", flat=True))
    acts = Entry.objects.filter(subject_kind="reports.report")
    assert not acts.filter(subject_id__in=ids, restricted=False).exists()
    assert not acts.exclude(subject_id__in=ids).filter(restricted=True).exists()
    assert not ReportTask.objects.filter(case__secret=True).exists()
    assert not Handover.objects.filter(case__secret=True, automatic=True).exists()
    assert not Merging.objects.filter(Q(child__in=ids) | Q(parent__in=ids)).exists()
    assert not secret.exclude(shown_name="").exists()


def test_disposisi_came_about_in_every_way():
    counts = Counter(Handover.objects.values_list("origin", "automatic"))
    assert {origin for origin, _automatic in counts} == set(Handover.Origin.values)
    assert counts["RULE", True] >= 5
    assert {origin for origin, automatic in counts if automatic} == {"RULE"}
    assert Handover.objects.filter(returned_at__isnull=False).exclude(return_reason="").count() > 20


def test_few_open_reports_are_late():
    ours = Report.objects.filter(status__in=OURS)
    assert 0.03 < ours.filter(due_at__lt=NOW).count() / ours.count() < 0.3


def test_photos_are_stored_once_and_shown_often():
    assert File.objects.count() == PHOTOS
    shown = ReportAttachment.objects.aggregate(files=Count("file", distinct=True), all=Count("pk"))
    assert shown["files"] == PHOTOS
    assert Report.objects.filter(attachments__isnull=False).distinct().count() > N * 0.22


def test_the_people_of_the_sign_in_list_find_work():
    assert waiting("koordinator@sukamaju.example", "baru").count() >= 5
    hers = waiting("petugas.dpu@sukamaju.example", "punyaku").filter(status=Status.IN_PROGRESS)
    assert 2 <= hers.count() <= 5
    assert waiting("pemeriksa.dpu@sukamaju.example", "periksa").exists()
    assert waiting("petugas.dpu@sukamaju.example", "lewat-batas").count() >= 1
    assert waiting("petugas.dlh@sukamaju.example", "kantor").exists()


def test_the_citizen_has_one_to_confirm_and_one_to_answer():
    own = Report.objects.filter(reporter=person("warga@contoh.example"))
    assert own.count() == 5
    assert {Status.ANSWERED, Status.AWAITING_INFO} <= set(own.values_list("status", flat=True))
    assert not own.filter(secret=True).exists()


def test_new_reports_carry_real_suggestions():
    new = Report.objects.filter(status=Status.RECEIVED)
    for report in new[:5]:
        stored = list(report.suggestions.values_list("office_id", "origin"))
        assert stored == [(f.office_id, f.origin) for f in routing.suggest(report, now=report.received_at)]
    assert RoutingModel.objects.get(in_use=True).examples == 300
    words = Suggestion.objects.filter(case__in=new, origin="TEXT").values_list("words", flat=True)
    assert any(words)


def test_inboxes_hold_news_and_nothing_goes_out_by_mail():
    assert not Notice.objects.exclude(channel=INAPP).exists()
    told = set(Notice.objects.values_list("recipient__email", flat=True))
    assert {"petugas.dpu@sukamaju.example", "pemeriksa.dpu@sukamaju.example", "warga@contoh.example"} <= told


def test_the_second_run_changes_nothing(city: City):
    counts = [model.objects.count() for model in (Report, Entry, Notice, Suggestion, RoutingModel)]
    again = City(now=NOW + dt.timedelta(days=3))
    demo.build_year(again, N)
    demo_model.build(again)
    demo_news.build(again)
    assert not again.made
    assert counts == [model.objects.count() for model in (Report, Entry, Notice, Suggestion, RoutingModel)]


def test_rules_know_how_often_they_were_right():
    caches.clear_all()
    records = routing.track_records()
    assert len(records) > len(RULES) // 2
    assert all(right <= total for right, total in records.values())
    assert sum(right for right, _total in records.values()) < sum(total for _right, total in records.values())


def test_a_run_that_was_cut_off_is_completed_as_it_began(monkeypatch: pytest.MonkeyPatch, city: City):
    Merging.objects.all().delete()
    Report.objects.filter(status=Status.MERGED).update(
        status=Status.ARCHIVED, archive_reason=ArchiveReason.UNCLEAR, merged_into=None
    )
    told = dict(Report.objects.values_list("code", "text"))
    doomed = [code for code, _slug in demo._codes(city, N)[demo.AT_ONCE :]]
    ids = list(Report.objects.filter(code__in=doomed).values_list("pk", flat=True))
    Report.objects.filter(pk__in=ids).delete()
    later = replace(city, now=NOW + dt.timedelta(hours=2), made=Counter())
    random.seed(1)
    demo.build_year(later, N)
    assert later.made["laporan"] == len(doomed)
    assert dict(Report.objects.values_list("code", "text")) == told
