"""Saved filters: kept under a name, shared, counted; a shared one shows each reader the reader's own cases."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pendopo.base.audit.models import Entry
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.desk import KIND
from pendopo.domains.reports.models import Category, Status
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.surfaces.desk import saved_views
from pendopo.surfaces.desk.models import Audience, SavedView

NEW = "/meja/reports/saringan/baru/?antrean=kantor&category=lampu-jalan"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _categories(government: Government) -> None:
    prepare()


def url(name: str, *args: Any) -> str:
    return reverse(f"desk:{name}", args=["reports", *args])


def save(client: Client, name: str = "Lampu", audience: str = "MINE", address: str = NEW) -> Any:
    return client.post(address, {"name": name, "audience": audience})


def office_of(government: Government) -> str:
    return f"OFFICE-{government.works.pk}"


def test_a_filter_is_saved_with_its_queue_and_leads_back_to_it(
    government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(sari)
    page = client.get("/meja/reports/antrean/kantor/?category=lampu-jalan&hal=&aneh=1")
    assert "Simpan saringan ini" in page.content.decode()
    answer = save(client, "  Lampu   jalan ", address=NEW + "&aneh=1&hal=x")
    assert answer.status_code == 302
    assert answer["Location"] == "/meja/reports/antrean/kantor/?category=lampu-jalan"
    view = SavedView.objects.get()
    assert (view.name, view.query, view.queue, view.audience) == (
        "Lampu jalan", "category=lampu-jalan", "kantor", "MINE",
    )  # fmt: skip
    [kept] = client.get(answer["Location"]).context["saved"]
    assert kept.current and not kept.problem
    assert not client.get("/meja/reports/antrean/kantor/").context["saved"][0].current


def test_only_the_right_people_see_a_shared_filter(
    government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    save(as_user(everyone["sari"]), "Milik Sari")
    save(as_user(everyone["sari"]), "Kantor DPU", office_of(government))
    save(as_user(everyone["koordinator"]), "Untuk semua", "ALL")
    sees = {
        "sari": {"Milik Sari", "Kantor DPU", "Untuk semua"}, "budi": {"Kantor DPU", "Untuk semua"},
        "ibu_ratna": {"Kantor DPU", "Untuk semua"}, "tono": {"Untuk semua"}, "koordinator": {"Untuk semua"},
        "pengamat": {"Untuk semua"}, "warga": set(), "anon": set(),
    }  # fmt: skip
    for name, names in sees.items():
        assert {v.name for v in SavedView.objects.visible_to(everyone[name])} == names, name
        status = as_user(everyone[name]).get(url("views")).status_code
        assert status == {"anon": 302, "warga": 404}.get(name, 200), name


def test_a_shared_filter_never_shows_more_than_its_reader_may_see(
    government: Government, koordinator: Any, sari: Any, tono: Any, as_user: Callable[..., Client]
) -> None:
    for secret in (False, True):
        a_report(status=Status.IN_PROGRESS, office=government.works, secret=secret)
    a_report(status=Status.IN_PROGRESS, office=government.environment)
    address = "/meja/reports/saringan/baru/?antrean=punyaku&category=lampu-jalan"
    save(as_user(koordinator), "Semua lampu", "ALL", address)
    SavedView.objects.update(queue="lewat-batas")
    KIND.model.objects.update(due_at=timezone.now() - timezone.timedelta(days=1))
    view = SavedView.objects.get()
    for person, number in ((koordinator, 2), (sari, 2), (tono, 1)):
        found = as_user(person).get(url("views")).context["found"]
        assert found == {view.pk: number}


def test_who_may_share_and_change(
    government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    assert save(as_user(everyone["sari"]), "Semua", "ALL").status_code == 422
    assert save(as_user(everyone["tono"]), "DPU", office_of(government)).status_code == 422
    save(as_user(everyone["sari"]), "Kantor DPU", office_of(government))
    view = SavedView.objects.get()
    for name, status in (("budi", 404), ("tono", 404), ("ibu_ratna", 200), ("sari", 200)):
        assert as_user(everyone[name]).get(url("view", view.pk)).status_code == status, name
    assert as_user(everyone["budi"]).post(url("view-remove", view.pk)).status_code == 404
    assert as_user(everyone["budi"]).post(url("view-move", view.pk)).status_code == 404
    changed = {"name": "Kantor kita", "audience": office_of(government)}
    assert as_user(everyone["ibu_ratna"]).post(url("view", view.pk), changed).status_code == 302
    assert as_user(everyone["ibu_ratna"]).post(url("view-remove", view.pk)).status_code == 302
    assert not SavedView.objects.exists()
    verbs = list(
        Entry.objects.filter(verb__startswith="desk.view").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["desk.view_saved", "desk.view_saved", "desk.view_removed"]


def test_the_same_name_twice_is_refused_and_a_double_click_keeps_one(
    government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(sari)
    assert save(client).status_code == 302
    again = save(client, "LAMPU")
    assert again.status_code == 422 and "sudah dipakai" in again.content.decode()
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("data", [{}, {"name": "\x00", "audience": "MINE"}, {"name": "x" * 61, "audience": "MINE"},
                                  {"name": "a", "audience": "OFFICE-9999999999999999999"}])  # fmt: skip
def test_a_bad_form_is_answered_with_words(
    data: dict[str, str], government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    assert as_user(sari).post(NEW, data).status_code == 422


def test_filters_are_moved_up_and_down(
    government: Government, sari: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(sari)
    for name in "ABC":
        save(client, name)
    last = SavedView.objects.get(name="C")
    client.post(url("view-move", last.pk), {"arah": "naik"})
    assert [kept.view.name for kept in saved_views.shelf(KIND, sari)] == ["A", "C", "B"]
    client.post(url("view-move", last.pk), {"arah": "turun"})
    client.post(url("view-move", last.pk), {"arah": "turun"})
    assert [kept.view.name for kept in saved_views.shelf(KIND, sari)] == ["A", "B", "C"]


def test_an_old_filter_says_what_is_wrong_with_it(
    government: Government, koordinator: Any, sari: Any, as_user: Callable[..., Client]
) -> None:
    now = timezone.now()
    made = {
        name: SavedView.objects.create(
            kind="reports",
            queue=queue,
            query=query,
            name=name,
            audience=Audience.ALL,
            owner=koordinator,
            changed_at=now,
        )
        for name, queue, query in (
            ("antrean lain", "baru", ""),
            ("nama lama", "kantor", "kecepatan=9&category=lampu-jalan"),
            ("pilihan lama", "kantor", "category=sudah-hilang"),
            ("kantor orang", "kantor", "office=99999999999999999999"),
        )
    }
    page = as_user(sari).get(url("views"))
    problems = {one.view.name: one.problem for one, _may in page.context["rows"]}
    assert "tidak ada pada peran Anda" in problems["antrean lain"]
    assert "kecepatan" in problems["nama lama"]
    found = page.context["found"]
    assert found[made["antrean lain"].pk] is None and found[made["pilihan lama"].pk] is None
    assert found[made["nama lama"].pk] == 0
    assert "salah satu pilihannya tidak ada lagi" in page.content.decode()
    listed = as_user(sari).get("/meja/reports/antrean/kantor/?category=sudah-hilang")
    assert listed.status_code == 422 and "Saringan perlu diperbaiki" in listed.content.decode()
    shelf = listed.content.decode().partition('class="saved"')[2]
    assert "antrean lain" not in shelf


def test_counts_come_by_themselves_in_a_constant_number_of_queries(
    government: Government, koordinator: Any, as_user: Callable[..., Client], django_assert_max_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for _number in range(3):
        a_report(status=Status.ASSIGNED, office=government.works)
    client = as_user(koordinator)
    offices = (government.works, government.intake)
    keys = list(Category.objects.values_list("key", flat=True))
    asked = f"{url('view-counts')}?antrean=menunggu-opd"

    def keep(count: int) -> None:
        SavedView.objects.bulk_create(
            SavedView(
                kind="reports", queue="menunggu-opd", name=f"s{count}-{n}", owner=koordinator, order=n,
                query=f"category={keys[n % len(keys)]}&office={offices[n % 2].pk}&q=lampu",
                changed_at=timezone.now(),
            )
            for n in range(count)
        )  # fmt: skip

    keep(1)
    client.get(asked, headers=HTMX)
    for count in (2, 25):
        keep(count)
        with django_assert_max_num_queries(12):
            answer = client.get(asked, headers=HTMX)
        assert len(answer.context["found"]) == SavedView.objects.count()
    assert client.get(asked).status_code == 302
    SavedView.objects.filter(order=0).update(query="q=lampu")
    monkeypatch.setattr(saved_views, "MOST_COUNTED", 1)
    assert max(n for n in client.get(asked, headers=HTMX).context["found"].values() if n) == 2


def test_a_list_with_saved_filters_asks_one_query_more_than_before(
    government: Government, sari: Any, as_user: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = as_user(sari)
    for name in "ABCDE":
        save(client, name)
    client.get("/meja/reports/antrean/kantor/")
    with django_assert_max_num_queries(13):
        client.get("/meja/reports/antrean/kantor/")


def test_a_slow_count_is_left_out_and_breaks_nothing(
    government: Government, sari: Any, as_user: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_user(sari)
    save(client)
    monkeypatch.setattr(
        saved_views, "_run", lambda sql, params, run=saved_views._run: run("SELECT 1, pg_sleep(2)::text", [])
    )
    monkeypatch.setattr(saved_views, "TIME_LIMIT", 20)
    answer = client.get(url("view-counts"), headers=HTMX)
    assert answer.status_code == 200 and answer.context["found"] == {}
    assert "hx-trigger" not in answer.content.decode()
