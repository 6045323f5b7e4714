"""What merging tells, and to whom: news of the parent reach everybody once, and nobody learns of anybody else."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pendopo.base.audit.models import Entry
from pendopo.base.notices.models import INAPP, Notice
from pendopo.domains.reports.actions import closing, merging, moderation, work
from pendopo.domains.reports.models import Report, ReportFollower, Status
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.tests.merged import AT_WORK, again, letters
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused


class TestTelling:
    def follow(self, report: Report, email: str, now: dt.datetime) -> None:
        ReportFollower.objects.create(case=report, email=email, since=now, confirmed_at=now)

    def test_everybody_hears_the_parents_news_once(
        self, three: list[Report], sari: Any, ibu_ratna: Any, now: dt.datetime
    ) -> None:
        parent, first, second = three
        self.follow(parent, "tetangga@contoh.example", now)
        self.follow(first, "tetangga@contoh.example", now)  # follows both
        self.follow(second, "jauh@contoh.example", now)
        self.follow(second, "warga0@contoh.example", now)  # the parent's reporter follows the second
        self.follow(parent, "WARGA1@contoh.example", now)  # the first child's reporter follows the parent
        merging.merge(into=parent.pk, children=[first.pk, second.pk], by=sari, now=now)
        Notice.objects.all().delete()
        work.answer(report_id=parent.pk, body="Tim sudah ke lokasi.", by=sari, now=now)
        assert letters("reports.answer") == ["warga0@contoh.example"]
        assert letters("reports.joined") == ["warga1@contoh.example", "warga2@contoh.example"]
        assert letters("reports.update") == ["jauh@contoh.example", "tetangga@contoh.example"]

        closing.propose_closing(
            report_id=parent.pk, summary="Lampu sudah diganti dan menyala.", by=sari, now=now
        )
        closing.check_closing(report_id=parent.pk, accept=True, remark="", by=ibu_ratna, now=now)
        assert letters("reports.confirm") == ["warga0@contoh.example"]
        assert letters("reports.joined_confirm") == ["warga1@contoh.example", "warga2@contoh.example"]
        closing.confirm(report_id=parent.pk, holding=[parent.pk], by=None, stars=None, comment="", now=now)
        assert letters("reports.joined") == sorted(["warga1@contoh.example", "warga2@contoh.example"] * 2)
        assert again(first).status == Status.MERGED  # closed with it, counted apart

    def test_no_letter_tells_of_another_reporter(
        self, three: list[Report], sari: Any, now: dt.datetime
    ) -> None:
        parent, first, second = three
        merging.merge(into=parent.pk, children=[first.pk, second.pk], by=sari, now=now)
        work.answer(report_id=parent.pk, body="Tim sudah ke lokasi.", by=sari, now=now)
        own = {
            "warga0@contoh.example": parent,
            "warga1@contoh.example": first,
            "warga2@contoh.example": second,
        }
        for notice in Notice.objects.filter(channel="EMAIL", address__in=own):
            words = notice.subject + notice.body
            for address, report in own.items():
                if address != notice.address:
                    assert report.code not in words and address not in words

    def test_an_account_hears_in_its_inbox_once(
        self, city: Any, warga: Any, sari: Any, now: dt.datetime
    ) -> None:
        parent = a_report(status=AT_WORK, office=city.works, email="", phone="")
        children = [a_report(status=AT_WORK, office=city.works, reporter=warga, email="") for _ in range(2)]
        ReportFollower.objects.create(case=parent, user=warga, since=now, confirmed_at=now)
        merging.merge(into=parent.pk, children=[c.pk for c in children], by=sari, now=now)
        work.answer(report_id=parent.pk, body="Tim sudah ke lokasi.", by=sari, now=now)
        inbox = Notice.objects.filter(channel=INAPP, recipient=warga)
        assert inbox.filter(event__in=("reports.joined", "reports.update")).count() == 1

    def test_after_parting_the_news_are_the_own_ones(
        self, three: list[Report], sari: Any, now: dt.datetime
    ) -> None:
        parent, child, _ = three
        merging.merge(into=parent.pk, children=[child.pk], by=sari, now=now)
        merging.unmerge(child=child.pk, by=sari, now=now)
        work.answer(report_id=parent.pk, body="Tim sudah ke lokasi.", by=sari, now=now)
        assert not letters("reports.joined")

    def test_children_hear_that_the_parent_was_archived(
        self, three: list[Report], sari: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        parent, child, _ = three
        merging.merge(into=parent.pk, children=[child.pk], by=sari, now=now)
        moderation.archive(
            report_id=parent.pk, reason="UNCLEAR", explanation="Tak ditemukan.", by=koordinator, now=now
        )
        assert letters("reports.joined") == ["warga1@contoh.example"]


class TestTheChildsReporter:
    def browser(self, report: Report) -> Client:
        client = Client()
        contact = report.contact
        assert client.post("/lacak/", {"code": report.code, "contact": contact.email}).status_code == 302
        return client

    def test_opens_the_own_code_and_reads_the_parents_public_story(
        self, three: list[Report], sari: Any, ibu_ratna: Any, still: dt.datetime
    ) -> None:
        parent, child, _ = three
        merging.merge(into=parent.pk, children=[child.pk], by=sari, now=still)
        work.answer(report_id=parent.pk, body="Surat antara kantor dan pelapor induk.", by=sari, now=still)
        page = self.browser(child).get(f"/lacak/{child.code}/").content.decode()
        assert "dikerjakan bersama" in page and f"/laporan/{parent.slug}/" in page
        assert "mengirim jawaban" in page  # a line of the public story
        assert "Surat antara kantor" not in page  # letters stay between the office and their reporter
        assert parent.code not in page and "Buka lagi laporan ini" not in page

    def test_may_say_that_it_is_not_solved(
        self, three: list[Report], sari: Any, ibu_ratna: Any, still: dt.datetime
    ) -> None:
        parent, child, other = three
        merging.merge(into=parent.pk, children=[child.pk, other.pk], by=sari, now=still)
        closing.propose_closing(
            report_id=parent.pk, summary="Lampu sudah diganti dan menyala.", by=sari, now=still
        )
        closing.check_closing(report_id=parent.pk, accept=True, remark="", by=ibu_ratna, now=still)
        client = self.browser(child)
        assert "Buka lagi laporan ini" in client.get(f"/lacak/{child.code}/").content.decode()
        answer = client.post(f"/lacak/{child.code}/buka-lagi/", {"reason": "Di depan rumah saya masih mati."})
        assert answer.status_code == 302
        assert (again(child).status, again(child).merged_into) == (Status.REOPENED, None)
        assert (again(parent).status, again(other).status) == (Status.ANSWERED, Status.MERGED)
        assert client.post(f"/lacak/{child.code}/buka-lagi/", {"reason": "Sekali lagi."}).status_code == 422

    def test_is_told_why_not_before_the_office_has_answered(
        self, three: list[Report], sari: Any, now: dt.datetime
    ) -> None:
        parent, child, _ = three
        merging.merge(into=parent.pk, children=[child.pk], by=sari, now=now)
        with pytest.raises(Refused, match="belum dapat"):
            merging.object_to_closing(
                report_id=child.pk, holding=[child.pk], by=None, reason="Masih mati.",
                today=clock.local_date(now), now=now,
            )  # fmt: skip
        with pytest.raises(Report.DoesNotExist if child.secret else NotAllowed):
            merging.object_to_closing(
                report_id=child.pk, holding=[], by=None, reason="Masih mati.",
                today=clock.local_date(now), now=now,
            )  # fmt: skip

    def test_a_hidden_parent_shows_its_state_only(
        self, three: list[Report], sari: Any, still: dt.datetime
    ) -> None:
        parent, child, _ = three
        merging.merge(into=parent.pk, children=[child.pk], by=sari, now=still)
        Report.objects.filter(pk=parent.pk).update(hidden=True, public_text="Kata-kata tersembunyi")
        page = self.browser(child).get(f"/lacak/{child.code}/").content.decode()
        assert "Ditindaklanjuti" in page
        assert "Kata-kata tersembunyi" not in page and parent.slug not in page
        assert parent.slug not in Client().get(f"/laporan/{child.slug}/").content.decode()


class TestSecretReports:
    def test_a_secret_one_joins_inside_its_office_and_nobody_else_notices(
        self, city: Any, sari: Any, koordinator: Any, as_user: Callable[..., Client], still: dt.datetime
    ) -> None:
        parent = a_report(status=AT_WORK, office=city.works)
        secret = a_report(status=AT_WORK, office=city.works, secret=True, email="rahasia@contoh.example")
        pages = (f"/laporan/{parent.slug}/", f"/meja/reports/kasus/{parent.code}/")
        seen = [_steady(as_user(koordinator).get(page).content.decode()) for page in pages]
        before = Report.objects.filter(pk=parent.pk).values().get()
        merging.merge(into=parent.pk, children=[secret.pk], by=sari, now=still)
        assert Report.objects.filter(pk=parent.pk).values().get() == before
        assert [_steady(as_user(koordinator).get(page).content.decode()) for page in pages] == seen
        assert not Entry.objects.about(parent).filter(verb="reports.merged").exists()
        assert Entry.objects.about(secret).get(verb="reports.joined").restricted
        assert secret.code in as_user(sari).get(pages[1]).content.decode()
        work.answer(report_id=parent.pk, body="Tim sudah ke lokasi.", by=sari, now=still)
        assert letters("reports.joined") == ["rahasia@contoh.example"]

    def test_nobody_outside_its_office_merges_it(
        self, city: Any, koordinator: Any, sari: Any, now: dt.datetime
    ) -> None:
        secret = a_report(status=AT_WORK, office=city.works, secret=True)
        parent, at_intake = a_report(status=AT_WORK, office=city.works), a_report()
        with pytest.raises(Report.DoesNotExist):
            merging.merge(into=parent.pk, children=[secret.pk], by=koordinator, now=now)
        with pytest.raises(Report.DoesNotExist):
            merging.merge(into=at_intake.pk, children=[secret.pk], by=sari, now=now)

    def test_not_with_another_office_even_by_who_works_in_both(
        self, city: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        secret = a_report(secret=True)  # at the intake office, where the koordinator works
        parent = a_report(status=AT_WORK, office=city.works)
        with pytest.raises(Refused, match="kantor yang sama"):
            merging.merge(into=parent.pk, children=[secret.pk], by=koordinator, now=now)

    def test_a_secret_one_is_nobodys_parent(self, city: Any, sari: Any, now: dt.datetime) -> None:
        secret = a_report(status=AT_WORK, office=city.works, secret=True)
        for child in (
            a_report(status=AT_WORK, office=city.works),
            a_report(status=AT_WORK, office=city.works, secret=True),
        ):
            with pytest.raises(Refused, match="rahasia"):
                merging.merge(into=secret.pk, children=[child.pk], by=sari, now=now)

    def test_a_koordinator_who_moves_its_parent_learns_nothing(
        self, city: Any, sari: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        parent = a_report(status=AT_WORK, office=city.works)
        top = a_report(status=AT_WORK, office=city.environment)
        secret = a_report(status=AT_WORK, office=city.works, secret=True)
        merging.merge(into=parent.pk, children=[secret.pk], by=sari, now=now)
        [moved] = merging.merge(into=top.pk, children=[parent.pk], by=koordinator, now=now)
        assert moved.pk == parent.pk
        assert again(secret).merged_into == top and again(secret).office == city.works


def _steady(body: str) -> str:
    body = re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|data-csrf="[^"]*"', "", body)
    return re.sub(r'"X-CSRFToken": ?"[^"]*"|/berkas/[^/"]+/', "", body)
