"""Before sending, a citizen sees what neighbours have reported already and may follow that instead."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pendopo.base.cases.models import CaseLink, Relation
from pendopo.base.files.actions import store
from pendopo.base.files.models import FileKind
from pendopo.base.notices.models import Notice
from pendopo.domains.reports import geo, similar
from pendopo.domains.reports.models import Draft, Report, ReportFollower, Status
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.tests.conftest import KENANGA, MAWAR, STORY
from pendopo.kernel import h3cells

HERE = (-7.59500, 110.80500)
NEAR, FAR = (-7.59600, 110.80500), (-7.60500, 110.80500)  # 110 m and 1.1 km to the south
POINT = {"latitude": str(HERE[0]), "longitude": str(HERE[1])}

Write = Callable[..., Client]


def slugs(client: Client) -> list[str]:
    return [one["slug"] for one in client.get("/lapor/periksa/").context["alike"]]


def test_a_near_report_of_the_same_category_is_a_card(write: Write, still: dt.datetime, photo: Any) -> None:
    picture = store(upload=photo(), by=None, now=still, allowed=frozenset({FileKind.IMAGE}))
    known = a_report(
        point=NEAR,
        region=MAWAR,
        text="Gelap gulita tiap malam.",
        address="Jalan Melati No. 7",
        photos=[picture],
    )
    page = write(**POINT).get("/lapor/periksa/").content.decode()
    for words in ("Mungkin sudah dilaporkan", "Gelap gulita", "Foto laporan", "Ikuti laporan ini",
                  "Laporan saya berbeda, kirim", "Diterima", "dari tempat Anda", "Dilaporkan"):  # fmt: skip
        assert words in page, words
    assert "No. 7" not in page and known.code not in page and "Rina Marlina" not in page


def test_without_any_the_last_step_is_as_ever(write: Write, city: Any) -> None:
    a_report(point=FAR, region=MAWAR)
    page = write(**POINT).get("/lapor/periksa/").content.decode()
    assert "Mungkin sudah dilaporkan" not in page and "Kirim laporan" in page


def test_without_a_point_alike_words_of_the_kelurahan_count(write: Write, city: Any) -> None:
    same = a_report(region=MAWAR, text="Lampu jalan di depan masjid mati sudah tiga malam")
    a_report(region=MAWAR, text="Mohon dipasang penerangan baru untuk gang buntu ini")
    a_report(region=KENANGA, text=STORY)
    a_report(region=MAWAR, category="sampah", text=STORY)
    assert slugs(write()) == [same.slug]


def test_another_category_counts_only_when_the_words_are_nearly_the_same(write: Write, city: Any) -> None:
    chosen_wrong = a_report(point=NEAR, category="lainnya", text=STORY)
    a_report(point=NEAR, category="sampah", text="Sampah menumpuk seminggu di pojok pasar")
    assert slugs(write(**POINT)) == [chosen_wrong.slug]


def test_the_best_three_come_first(write: Write, city: Any) -> None:
    reports = [a_report(point=(HERE[0] - n * 0.0005, HERE[1]), text=f"Gelap nomor {n}") for n in range(5)]
    twin = a_report(point=NEAR, text=STORY)
    found = slugs(write(**POINT))
    assert len(found) == 3 and found[0] == twin.slug
    assert reports[4].slug not in found


@pytest.mark.parametrize(
    "status", [Status.MERGED, Status.ARCHIVED, Status.FORWARDED, Status.CLOSED_BY_CITIZEN]
)
def test_ended_reports_are_not_offered_but_those_just_closed(
    status: str, write: Write, city: Any, still: dt.datetime
) -> None:
    ended = a_report(status=status, office=city.works, point=NEAR, now=still)
    Report.objects.filter(pk=ended.pk).update(closed_at=still - dt.timedelta(days=3))
    client = write(**POINT)
    page = client.get("/lapor/periksa/").content.decode()
    assert ("Baru saja selesai, 3 hari" in page) == (status == Status.CLOSED_BY_CITIZEN)
    Report.objects.filter(pk=ended.pk).update(closed_at=still - dt.timedelta(days=20))
    assert ended.slug not in slugs(client)


def test_what_comes_after_a_closed_one_is_linked_to_it_for_staff(
    write: Write, city: Any, koordinator: Any, as_user: Any, still: dt.datetime
) -> None:
    closed = a_report(status=Status.CLOSED_BY_CITIZEN, office=city.works, point=NEAR, now=still)
    answer = write(**POINT).post("/lapor/periksa/", {"continues": closed.slug})
    code = answer["Location"].split("/")[-2]
    link = CaseLink.objects.get(relation=Relation.FOLLOWS)
    assert (link.source_id, link.target_id) == (Report.objects.get(code=code).pk, closed.pk)
    assert closed.code in as_user(koordinator).get(f"/meja/reports/kasus/{code}/").content.decode()


@pytest.mark.parametrize("slug", ["tidakada", "x\x00y", "🙂" * 40, "a" * 500])
def test_a_wrong_slug_sends_the_report_all_the_same(slug: str, write: Write, city: Any) -> None:
    assert write(**POINT).post("/lapor/periksa/", {"continues": slug}).status_code == 302
    assert Report.objects.count() == 1 and not CaseLink.objects.exists()


class TestFollowingInstead:
    def test_following_keeps_everything_that_was_typed(self, write: Write, city: Any) -> None:
        known, client = a_report(point=NEAR), write(**POINT)
        page = client.get(f"/lapor/serupa/{known.slug}/")
        assert 'value="rina@contoh.example"' in page.content.decode()
        answer = client.post(f"/lapor/serupa/{known.slug}/", {"email": "rina@contoh.example"})
        assert answer["Location"] == f"/laporan/{known.slug}/"
        assert ReportFollower.objects.get(case=known).email == "rina@contoh.example"
        assert Notice.objects.filter(event="reports.confirm_following").count() == 1
        assert Report.objects.count() == 1 and STORY in client.get("/lapor/periksa/").content.decode()
        assert client.post("/lapor/periksa/").status_code == 302
        assert Report.objects.count() == 2

    def test_an_account_follows_at_once(self, write: Write, city: Any, warga: Any, as_user: Any) -> None:
        known, client = a_report(point=NEAR), write(as_user(warga), **POINT)
        assert client.post(f"/lapor/serupa/{known.slug}/").status_code == 302
        assert ReportFollower.objects.get(case=known).user == warga

    @pytest.mark.parametrize("email", ["", "bukan surel", "a\x00@b", "x" * 300 + "@contoh.example"])
    def test_a_wrong_address_is_refused_beside_the_field(self, email: str, write: Write, city: Any) -> None:
        known = a_report(point=NEAR)
        answer = write(**POINT).post(f"/lapor/serupa/{known.slug}/", {"email": email})
        assert answer.status_code == 422 and answer.context["form"].errors["email"]

    def test_twice_is_once(self, write: Write, city: Any) -> None:
        known, client = a_report(point=NEAR), write(**POINT)
        for _ in range(2):
            assert (
                client.post(f"/lapor/serupa/{known.slug}/", {"email": "rina@contoh.example"}).status_code
                == 302
            )
        assert ReportFollower.objects.count() == 1
        assert Notice.objects.filter(event="reports.confirm_following").count() == 1

    def test_without_a_draft_it_leads_to_the_public_page(self, city: Any) -> None:
        known = a_report()
        assert Client().get(f"/lapor/serupa/{known.slug}/")["Location"] == f"/laporan/{known.slug}/"

    @pytest.mark.parametrize("hiding", [{"secret": True}, {"hidden": True}])
    def test_what_is_not_public_is_not_there(self, hiding: Any, write: Write, city: Any) -> None:
        report, client = a_report(point=NEAR, **hiding), write(**POINT)
        for ask in (client.get, client.post):
            assert ask(f"/lapor/serupa/{report.slug}/").status_code == 404
        assert not ReportFollower.objects.exists()


class TestSecrecy:
    @pytest.mark.parametrize("hiding", [{"secret": True}, {"hidden": True}])
    @pytest.mark.parametrize("others", [0, 3])
    def test_what_is_not_public_changes_nothing(
        self, hiding: Any, others: int, write: Write, city: Any, still: dt.datetime
    ) -> None:
        for n in range(others):
            a_report(point=(HERE[0] - n * 0.0003, HERE[1]), text=f"Gelap nomor {n}")
        client = write(**POINT)
        before = client.get("/lapor/periksa/")
        a_report(point=HERE, text=STORY, region=MAWAR, **hiding)
        after = client.get("/lapor/periksa/")
        assert after.context["alike"] == before.context["alike"]
        assert len(after.content) == len(before.content)

    def test_who_asks_for_secrecy_is_shown_nobody_elses_report(self, write: Write, city: Any) -> None:
        a_report(point=NEAR, text=STORY)
        assert slugs(write(secret="on", **POINT)) == []

    def test_asking_from_many_points_finds_only_the_public_place(self, city: Any) -> None:
        """Two exact places in one public cell give the same answer from everywhere around."""
        middle = geo.public_point(h3cells.cell_of(*HERE))
        assert middle is not None
        asked = [
            (HERE[0] + n * 0.0004, HERE[1] + m * 0.0004) for n in range(-8, 9, 2) for m in range(-8, 9, 2)
        ]

        def answers(place: tuple[float, float]) -> list[list[int | None]]:
            report = a_report(point=place)
            found = [
                [one.metres for one in similar.for_citizen(
                    None, similar.Facts("lampu-jalan", STORY, MAWAR, point), now=report.received_at)]
                for point in asked
            ]  # fmt: skip
            Report.objects.filter(pk=report.pk).update(hidden=True)
            return found

        other = (middle[0] + 0.0002, middle[1] + 0.0002)
        assert geo.public_point(h3cells.cell_of(*other)) == middle
        assert answers(middle) == answers(other)

    def test_the_search_is_never_finer_than_what_is_public(self) -> None:
        span = h3cells.disk_ranges(*HERE, similar.REACH_M)
        coarse = h3cells.cell_range(h3cells.parent(h3cells.cell_of(*HERE), geo.PUBLIC_RESOLUTION))
        width = coarse[1] - coarse[0]
        assert all(high - low >= width for low, high in span)


@pytest.mark.parametrize(
    ("metres", "words"),
    [(None, "Di kelurahan yang sama"), (0, "Kurang dari 100"), (99, "Kurang dari 100"), (174, "Sekitar 150"),
     (176, "Sekitar 200")],
)  # fmt: skip
def test_distances_are_said_in_round_words(metres: int | None, words: str) -> None:
    assert words in similar.distance_words(metres)


def test_the_last_step_asks_a_steady_number_of_queries(
    write: Write, city: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        a_report(point=(HERE[0] - n * 0.0001, HERE[1]), text=f"Gelap nomor {n}")
    client = write(**POINT)
    client.get("/lapor/periksa/")
    with django_assert_max_num_queries(6):
        assert len(slugs(client)) == 3


def test_hostile_words_are_only_compared(write: Write, city: Any) -> None:
    a_report(point=NEAR, text="% _ ' \" \\ 🙂 ‮ tanda")
    for text in ("%' OR 1=1 -- lampu mati", "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂", "a" * 5000):
        assert write(text=text, **POINT).get("/lapor/periksa/").status_code == 200
    assert Draft.objects.exists()
