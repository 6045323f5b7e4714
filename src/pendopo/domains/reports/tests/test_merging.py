"""Several reports become one piece of work and can be taken apart again, with nothing lost and nothing told twice."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from pendopo.base.audit.models import Entry
from pendopo.base.notices.models import Notice
from pendopo.domains.reports import counted as counting
from pendopo.domains.reports import figures
from pendopo.domains.reports.actions import closing, merging, moderation, routing, tasks
from pendopo.domains.reports.desk import QUEUES
from pendopo.domains.reports.models import FINAL, MERGEABLE, Merging, Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.tests.merged import AT_WORK, again, letters
from pendopo.kernel.errors import NotAllowed, Refused


def facts_of(report: Report) -> dict[str, Any]:
    """The report and its clocks, without what counts changes."""
    row = Report.objects.filter(pk=report.pk).values().get()
    clocks = list(report.clocks.order_by("pk").values())
    return {k: v for k, v in row.items() if k not in {"version", "updated_at"}} | {"clocks": clocks}


class TestMerging:
    def test_children_leave_the_queues_and_their_clocks_stop(
        self, three: list[Report], sari: Any, now: dt.datetime
    ) -> None:
        parent, *children = three
        done = merging.merge(into=parent.pk, children=[c.pk for c in children], by=sari, now=now)
        assert {one.pk for one in done} == {c.pk for c in children}
        for child in map(again, children):
            assert (child.status, child.merged_into) == (Status.MERGED, parent)
            assert child.due_at is None and child.closed_at == now and not child.paused
            assert not child.clocks.filter(stopped_at=None).exists()
            assert set(child.clocks.filter(stopped_at=now).values_list("in_time", flat=True)) == {None}
            [queue] = [q.key for q in QUEUES if _lies_in(q, child, sari, now)]
            assert queue == "selesai"
        assert again(parent).status == AT_WORK

    def test_history_names_both_sides_and_the_public_reads_no_number(
        self, three: list[Report], sari: Any, now: dt.datetime
    ) -> None:
        parent, child, _ = three
        merging.merge(into=parent.pk, children=[child.pk], by=sari, now=now)
        joined = Entry.objects.about(child).get(verb="reports.joined")
        assert (joined.facts, joined.public, joined.actor) == ({"other": parent.code}, True, sari)
        assert Entry.objects.about(parent).get(verb="reports.merged").facts == {"other": child.code}
        page = Client().get(f"/laporan/{child.slug}/").content.decode()
        assert "Digabung dengan laporan serupa" in page and f"/laporan/{parent.slug}/" in page
        assert parent.code not in page

    def test_doing_it_twice_does_nothing(self, three: list[Report], sari: Any, now: dt.datetime) -> None:
        parent, *children = three
        ids = [c.pk for c in children]
        merging.merge(into=parent.pk, children=ids, by=sari, now=now)
        told, entries = Notice.objects.count(), Entry.objects.count()
        assert merging.merge(into=parent.pk, children=ids, by=sari, now=now) == []
        assert (Notice.objects.count(), Entry.objects.count()) == (told, entries)
        assert Merging.objects.count() == 2

    def test_a_parents_children_move_along_and_go_back_with_it(
        self, three: list[Report], sari: Any, now: dt.datetime
    ) -> None:
        top, middle, leaf = three
        merging.merge(into=middle.pk, children=[leaf.pk], by=sari, now=now)
        merging.merge(into=top.pk, children=[middle.pk], by=sari, now=now)
        assert again(leaf).merged_into == again(middle).merged_into == top
        merging.unmerge(child=middle.pk, by=sari, now=now)
        assert again(leaf).merged_into == middle and again(middle).merged_into is None
        merging.unmerge(child=leaf.pk, by=sari, now=now)
        assert again(leaf).status == AT_WORK

    def test_a_child_named_as_parent_stands_for_its_own_parent(
        self, three: list[Report], sari: Any, now: dt.datetime
    ) -> None:
        top, middle, late = three
        merging.merge(into=top.pk, children=[middle.pk], by=sari, now=now)
        merging.merge(into=middle.pk, children=[late.pk], by=sari, now=now)
        assert again(late).merged_into == top

    def test_ticking_parent_and_child_together_is_fine(
        self, three: list[Report], sari: Any, now: dt.datetime
    ) -> None:
        top, middle, leaf = three
        merging.merge(into=middle.pk, children=[leaf.pk], by=sari, now=now)
        merging.merge(into=top.pk, children=[middle.pk, leaf.pk], by=sari, now=now)
        assert again(leaf).merged_into == again(middle).merged_into == top

    @pytest.mark.parametrize("status", [s for s in Status if s not in {*MERGEABLE, Status.MERGED}])
    def test_what_was_answered_or_ended_is_nobodys_child(
        self, status: str, city: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        parent, child = a_report(), a_report(status=status, office=city.works, now=now)
        with pytest.raises(Refused, match=child.code):
            merging.merge(into=parent.pk, children=[child.pk], by=koordinator, now=now)
        assert not Merging.objects.exists()

    @pytest.mark.parametrize("status", sorted(FINAL - {Status.MERGED}))
    def test_nothing_merges_into_what_has_ended(
        self, status: str, city: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        parent, child = a_report(status=status, office=city.works), a_report()
        with pytest.raises(Refused, match="sudah selesai"):
            merging.merge(into=parent.pk, children=[child.pk], by=koordinator, now=now)

    def test_cycles_and_second_parents_are_refused(
        self, three: list[Report], sari: Any, now: dt.datetime
    ) -> None:
        first, second, third = three
        merging.merge(into=first.pk, children=[second.pk], by=sari, now=now)
        with pytest.raises(Refused, match="dirinya sendiri"):
            merging.merge(into=second.pk, children=[first.pk], by=sari, now=now)
        with pytest.raises(Refused, match="dirinya sendiri"):
            merging.merge(into=first.pk, children=[first.pk], by=sari, now=now)
        with pytest.raises(Refused, match="Pisahkan dulu"):
            merging.merge(into=third.pk, children=[second.pk], by=sari, now=now)
        with pytest.raises(Refused, match="sedikitnya satu"):
            merging.merge(into=third.pk, children=[], by=sari, now=now)

    def test_one_that_does_not_fit_stops_all(self, three: list[Report], sari: Any, now: dt.datetime) -> None:
        parent, good, waiting = three
        closing.propose_closing(
            report_id=waiting.pk, summary="Lampu sudah diganti dan menyala.", by=sari, now=now
        )
        with pytest.raises(Refused, match=waiting.code), transaction.atomic():
            merging.merge(into=parent.pk, children=[good.pk, waiting.pk], by=sari, now=now)
        assert again(good).status == AT_WORK and not Merging.objects.exists()

    def test_an_open_task_of_another_office_comes_first(
        self, three: list[Report], sari: Any, city: Any, now: dt.datetime
    ) -> None:
        parent, child, _ = three
        parts = [tasks.Part(city.environment.pk, "Pangkas dahan.")]
        tasks.share(report_id=child.pk, parts=parts, by=sari, now=now)
        with pytest.raises(Refused, match="bantuan"):
            merging.merge(into=parent.pk, children=[child.pk], by=sari, now=now)

    def test_across_offices_only_a_koordinator(
        self, three: list[Report], city: Any, sari: Any, tono: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        parent, *_ = three
        elsewhere = a_report(status=AT_WORK, office=city.environment)
        for person in (sari, tono):
            with pytest.raises(Report.DoesNotExist):
                merging.merge(into=parent.pk, children=[elsewhere.pk], by=person, now=now)
        merging.merge(into=parent.pk, children=[elsewhere.pk], by=koordinator, now=now)
        assert again(elsewhere).office == city.environment

    def test_the_database_holds_a_merged_report_to_its_parent(self, three: list[Report]) -> None:
        for wrong in ({"status": Status.MERGED}, {"merged_into": three[0].pk}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Report.objects.filter(pk=three[0].pk).update(**wrong)

    def test_the_way_out_of_stuck_states_does_not_merge_and_takes_out(
        self, three: list[Report], sari: Any, ibu_ratna: Any, now: dt.datetime
    ) -> None:
        parent, child, other = three
        words = "Tersangkut karena salah tekan."
        merging.merge(into=parent.pk, children=[child.pk], by=sari, now=now)
        with pytest.raises(Refused, match="induk"):
            moderation.override(report_id=other.pk, status="MERGED", reason=words, by=ibu_ratna, now=now)
        moderation.override(report_id=child.pk, status="VERIFIED", reason=words, by=ibu_ratna, now=now)
        assert again(child).merged_into is None
        assert not Merging.objects.filter(ended_at=None).exists()


def _lies_in(queue: Any, report: Report, user: Any, now: dt.datetime) -> bool:
    return Report.objects.filter(queue.condition(user, now), pk=report.pk).exists()


class TestUnmerging:
    @pytest.mark.parametrize("status", MERGEABLE)
    def test_everything_is_as_it_was(
        self, status: str, city: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        office = None if status in {Status.RECEIVED, Status.VERIFIED} else city.works
        child, parent = a_report(status=status, office=office, now=now), a_report(now=now)
        before = facts_of(child)
        merging.merge(into=parent.pk, children=[child.pk], by=koordinator, now=now)
        merging.unmerge(child=child.pk, by=koordinator, now=now)
        after = facts_of(child)
        if status == Status.AWAITING_INFO:  # the citizen's own clock counts no day in between
            pauses = [c.pop("pauses") for c in after["clocks"] if c["step"] == "info"]
            assert pauses == [[["2026-03-09", "2026-03-09"]]]
            before["clocks"] = [
                {k: v for k, v in c.items() if k != "pauses" or c["step"] != "info"} for c in before["clocks"]
            ]
        assert after == before
        row = Merging.objects.get()
        assert (row.ended_by, row.ended_at) == (koordinator, now)
        verbs = Entry.objects.about(child).values_list("verb", flat=True)
        assert {"reports.joined", "reports.parted"} <= set(verbs)

    def test_the_citizen_waited_all_the_time_and_the_office_is_late(
        self, city: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        asked, child, parent = (
            a_report(status=Status.AWAITING_INFO, office=city.works, now=now), a_report(now=now), a_report(now=now),
        )  # fmt: skip
        due = child.due_at
        merging.merge(into=parent.pk, children=[child.pk, asked.pk], by=koordinator, now=now)
        later = now + dt.timedelta(days=40)
        merging.unmerge(child=child.pk, by=koordinator, now=later)
        merging.unmerge(child=asked.pk, by=koordinator, now=later)
        assert again(child).due_at == due and child.due_at < later
        left = again(asked).due_at
        assert left is not None and left > later  # nobody could answer while it was merged

    def test_only_who_works_on_it_takes_it_out(
        self, three: list[Report], sari: Any, tono: Any, koordinator: Any, now: dt.datetime
    ) -> None:
        parent, child, _ = three
        with pytest.raises(NotAllowed):
            merging.unmerge(child=child.pk, by=sari, now=now)
        merging.merge(into=parent.pk, children=[child.pk], by=sari, now=now)
        with pytest.raises(Report.DoesNotExist):
            merging.unmerge(child=child.pk, by=tono, now=now)
        merging.unmerge(child=child.pk, by=koordinator, now=now)
        with pytest.raises(NotAllowed):
            merging.unmerge(child=child.pk, by=koordinator, now=now)

    def test_it_can_be_merged_again(self, three: list[Report], sari: Any, now: dt.datetime) -> None:
        parent, child, _ = three
        for _round in range(2):
            merging.merge(into=parent.pk, children=[child.pk], by=sari, now=now)
            merging.unmerge(child=child.pk, by=sari, now=now)
        assert Merging.objects.count() == 2
        assert len(letters("reports.merged")) == len(letters("reports.unmerged")) == 2


def test_figures_count_merged_reports_apart(three: list[Report], sari: Any, now: dt.datetime) -> None:
    parent, *children = three
    merging.merge(into=parent.pk, children=[c.pk for c in children], by=sari, now=now)
    late = now + dt.timedelta(days=300)
    period = figures.Period("", "", now.date().replace(day=1), late.date())
    counted = counting.counted(period, now=late).totals
    wanted = {"masuk": 3, "digabung": 2, "terbuka": 1, "lewat": 1, "selesai": 0, "diarsipkan": 0}
    assert {key: counted[key] for key in wanted} == wanted


def test_merging_many_asks_a_number_of_queries_that_grows_by_the_child_only(
    city: Any, sari: Any, now: dt.datetime, django_assert_max_num_queries: Any
) -> None:
    parent = a_report(status=AT_WORK, office=city.works)
    ids = [a_report(status=AT_WORK, office=city.works, email="").pk for _ in range(5)]
    with django_assert_max_num_queries(10 + 5 * 16):
        merging.merge(into=parent.pk, children=ids, by=sari, now=now)


def test_a_parent_that_is_handed_on_keeps_its_children(
    three: list[Report], city: Any, sari: Any, now: dt.datetime
) -> None:
    parent, child, _ = three
    merging.merge(into=parent.pk, children=[child.pk], by=sari, now=now)
    routing.give_back(report_id=parent.pk, reason="Ini jalan provinsi.", by=sari, now=now)
    assert again(child).merged_into == parent and again(child).office == city.works
