"""A report is written in five steps without JavaScript, and nothing typed is lost on the way."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pendopo.base.accounts import limits
from pendopo.base.audit.models import Entry
from pendopo.domains.reports.models import Category, Draft, DraftPhoto, Report, ReportAttachment
from pendopo.domains.reports.tests.conftest import MAWAR, STORY
from pendopo.domains.reports.views.sending import SENT_PER_NETWORK, SENT_WINDOW
from pendopo.kernel import caches

STEPS = ("/lapor/", "/lapor/tempat/", "/lapor/cerita/", "/lapor/kontak/")


def test_five_posts_make_one_report(write: Callable[..., Client], photo: Any, still: dt.datetime) -> None:
    client = write(photos=[photo("a.jpg"), photo("b.jpg", 10)])
    page = client.get("/lapor/periksa/")
    assert STORY in page.content.decode()
    response = client.post("/lapor/periksa/")
    report = Report.objects.get()
    assert response["Location"] == f"/lapor/terkirim/{report.code}/"
    assert (report.text, report.region_id, report.anonymous, report.secret) == (STORY, MAWAR, True, False)
    assert report.contact.phone == "+6281234567890"
    assert ReportAttachment.objects.filter(case=report, role="PHOTO").count() == 2
    assert Entry.objects.about(report).filter(verb="reports.received", public=True).exists()


def test_the_receipt_shows_code_date_and_qr(write: Callable[..., Client], still: dt.datetime) -> None:
    client = write()
    page = client.post("/lapor/periksa/", follow=True)
    report = Report.objects.get()
    words = page.content.decode()
    assert report.code in words
    assert "Kamis, 12 Maret 2026" in words  # three working days after Monday
    assert "<svg" in words and "/lacak/buka/" in words
    assert Client().get(f"/lapor/terkirim/{report.code}/").status_code == 404


@pytest.mark.parametrize("path", (*STEPS[1:], "/lapor/periksa/"))
def test_skipping_a_step_leads_to_the_first_open_one(path: str, city: Any) -> None:
    assert Client().get(path)["Location"] == "/lapor/"


def test_a_first_visit_leaves_no_trace_on_the_server(city: Any) -> None:
    response = Client().get("/lapor/")
    assert response.status_code == 200
    assert not Draft.objects.exists()
    assert "draf" not in response.cookies


def test_the_draft_cookie_is_signed_and_kept_from_scripts(city: Any) -> None:
    cookie = Client().post("/lapor/", {"category": "sampah"}).cookies["draf"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 7 * 24 * 3600
    draft = Draft.objects.get()
    assert str(draft.pk) in cookie.value and cookie.value != str(draft.pk)


@pytest.mark.parametrize("forged", ["x", "{draft}", "{draft}:x:y", "\x00", ""])
def test_a_forged_cookie_opens_no_draft(forged: str, write: Callable[..., Client]) -> None:
    write()
    thief = Client()
    thief.cookies["draf"] = forged.format(draft=Draft.objects.get().pk)
    assert thief.get("/lapor/tempat/")["Location"] == "/lapor/"


def test_with_an_old_cookie_the_words_just_typed_are_kept(city: Any) -> None:
    client = Client()
    client.cookies["draf"] = signing.get_cookie_signer(salt="draf" + "reports.draft").sign("gone")
    response = client.post("/lapor/cerita/", {"text": STORY, "anonymous": "on"}, follow=True)
    assert response.redirect_chain == [("/lapor/", 302)]
    assert "Yang baru Anda isi kami simpan" in response.content.decode()
    assert Draft.objects.get().answers["text"] == STORY


def test_a_wrong_answer_is_kept_too(city: Any) -> None:
    client = Client()
    client.post("/lapor/", {"category": "sampah"})
    client.post("/lapor/tempat/", {"address": "Depan pasar", "region": MAWAR})
    response = client.post("/lapor/cerita/", {"text": "pendek"})
    assert response.status_code == 422
    assert "Ceritakan sedikit lebih lengkap" in response.content.decode()
    assert "pendek" in client.get("/lapor/cerita/").content.decode()
    assert client.get("/lapor/kontak/")["Location"] == "/lapor/cerita/"


def test_unticking_anonim_is_remembered(write: Callable[..., Client]) -> None:
    client = write(anonymous=None, secret="on")
    form = client.get("/lapor/cerita/").context["form"]
    assert (form["anonymous"].value(), form["secret"].value()) == (False, True)
    client.post("/lapor/periksa/")
    report = Report.objects.get()
    assert report.secret and not report.anonymous and report.shown_name == ""


def test_sending_twice_makes_one_report(write: Callable[..., Client]) -> None:
    client = write()
    first = client.post("/lapor/periksa/")
    second = client.post("/lapor/periksa/")
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_after_sending_a_new_report_starts_empty(write: Callable[..., Client]) -> None:
    client = write()
    client.post("/lapor/periksa/")
    assert STORY not in client.get("/lapor/").content.decode()
    client.post("/lapor/", {"category": "sampah"})
    assert client.get("/lapor/cerita/")["Location"] == "/lapor/tempat/"


@pytest.mark.django_db(transaction=True)
def test_two_sends_at_the_same_moment_make_one_report(write: Callable[..., Client]) -> None:
    cookies = write().cookies
    codes: list[str] = []

    def send() -> None:
        client = Client()
        client.cookies = cookies
        codes.append(client.post("/lapor/periksa/")["Location"])
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Report.objects.count() == 1
    assert len(set(codes)) == 1


def test_a_category_closed_meanwhile_leads_back(write: Callable[..., Client]) -> None:
    client = write()
    Category.objects.filter(pk="lampu-jalan").update(active=False)
    caches.clear_all()
    assert client.post("/lapor/periksa/")["Location"] == "/lapor/"
    assert not Report.objects.exists()


def test_the_twenty_first_report_of_a_network_in_an_hour_waits(
    write: Callable[..., Client], still: dt.datetime
) -> None:
    for _ in range(SENT_PER_NETWORK):
        limits.hit("lapor:127.0.0.0/24", limit=SENT_PER_NETWORK, window=SENT_WINDOW, now=still)
    client = write()
    response = client.post("/lapor/periksa/")
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert "Draf Anda tersimpan" in response.content.decode()
    assert STORY in response.content.decode()
    assert not Report.objects.exists()


def test_the_last_post_asks_at_most_twenty_queries(write: Callable[..., Client], photo: Any) -> None:
    write().post("/lapor/periksa/")  # warm: rules, calendar and categories are kept in the process
    client = write(photos=[photo()])
    with CaptureQueriesContext(connection) as asked:
        assert client.post("/lapor/periksa/").status_code == 302
    assert len(asked) <= 20, "\n".join(query["sql"][:150] for query in asked)


def test_photos_can_be_uploaded_before_anything_is_chosen(city: Any, photo: Any) -> None:
    client = Client()
    response = client.post("/lapor/", {"stay": "1", "photos": [photo(), photo("b.jpg", 5)]}, follow=True)
    assert response.status_code == 200
    assert response.content.decode().count('name="drop"') == 2


def test_a_photo_can_be_taken_out_and_the_choice_stays(city: Any, photo: Any) -> None:
    client = Client()
    client.post("/lapor/", {"stay": "1", "photos": [photo()]})
    response = client.post(
        "/lapor/", {"drop": DraftPhoto.objects.get().pk, "category": "sampah"}, follow=True
    )
    assert not DraftPhoto.objects.exists()
    assert Draft.objects.get().answers["category"] == "sampah"
    assert response.status_code == 200


def test_nobody_drops_a_photo_of_another_draft(city: Any, photo: Any) -> None:
    Client().post("/lapor/", {"stay": "1", "photos": [photo()]})
    Client().post("/lapor/", {"drop": DraftPhoto.objects.get().pk, "category": "sampah"})
    assert DraftPhoto.objects.count() == 1


def test_a_sixth_photo_is_refused_and_five_stay(city: Any, photo: Any) -> None:
    response = Client().post(
        "/lapor/", {"category": "sampah", "photos": [photo(f"{n}.jpg", n) for n in range(6)]}
    )
    assert response.status_code == 422
    assert "Paling banyak 5 foto" in response.content.decode()
    assert DraftPhoto.objects.count() == 5


def test_a_signed_in_citizen_owns_the_report(write: Callable[..., Client], as_user: Any, warga: Any) -> None:
    client = write(as_user(warga))
    client.post("/lapor/periksa/")
    assert Report.objects.get().reporter == warga
