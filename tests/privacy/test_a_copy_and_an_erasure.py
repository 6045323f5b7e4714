"""A person's own data: everything in the copy, nothing left after erasing, nobody else's in either."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from pendopo.base.accounts.models import User
from pendopo.base.audit.models import Entry
from pendopo.base.notices.models import Notice
from pendopo.base.privacy import actions, proof
from pendopo.base.privacy.models import DataRequest, RefusalGround, Status
from pendopo.base.privacy.testing import places_of
from pendopo.base.registries.personal import Subject, holders
from pendopo.domains.reports import personal as reports_personal
from pendopo.domains.reports.models import Report, ReportContact
from pendopo.domains.reports.telling import follow_link
from pendopo.domains.reports.testing import a_report
from pendopo.kernel.errors import NotAllowed, Refused
from tests.privacy.conftest import EMAIL, MARKS, NAME, Known, send_everything

WHY = "Laporan ini menjadi bukti perkara yang sedang berjalan."


def copy_of(client: Client) -> tuple[dict[str, Any], zipfile.ZipFile]:
    answer = client.post("/data-saya/unduh/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    return json.loads(archive.read("data-saya.json")), archive


def test_the_copy_holds_something_of_every_holder(citizen: Client, known: Known, still: Any) -> None:
    actions.ask_erasure(subject=known.subject, words=False, wish="", language="id", by=known.user, now=still)
    parts, archive = copy_of(citizen)
    staff_only = {"organizations"}
    empty = {key for key, part in parts["bagian"].items() if not part["data"]}
    assert set(parts["bagian"]) == {holder.key for holder in holders}
    assert empty == staff_only
    told = json.dumps(parts)
    for mark in (NAME, EMAIL, known.own.code, known.by_contact.code, f"/laporan/{known.parent.slug}/"):
        assert mark in told
    photos = [name for name in archive.namelist() if name.startswith("berkas/")]
    assert len(photos) == 1
    assert known.own.code in photos[0]
    assert NAME in archive.read("data-saya.html").decode()
    assert Entry.objects.filter(verb="privacy.copied").count() == 1


def test_the_copy_leaks_neither_staff_nor_notes_nor_others(
    citizen: Client, known: Known, everyone: dict[str, Any], still: Any
) -> None:
    parts, archive = copy_of(citizen)
    told = json.dumps(parts, ensure_ascii=False) + archive.read("data-saya.html").decode()
    assert "Sudah menelepon" not in told  # an internal note
    assert "lain@contoh.example" not in told
    for name in ("sari", "budi", "ibu_ratna", "koordinator"):
        assert everyone[name].name not in told
        assert everyone[name].email not in told
    (look,) = [one for row in parts["bagian"]["reports"]["data"] for one in row.get("kontak dilihat", [])]
    assert look["kantor"]
    assert look["peran"] == "petugas"


def test_nobody_takes_a_copy_without_proof(known: Known, still: Any) -> None:
    assert Client().post("/data-saya/unduh/").status_code == 404
    assert Client().post("/data-saya/hapus/", {"sure": "on"}).status_code == 404
    assert not Entry.objects.filter(verb="privacy.copied").exists()


def test_a_letter_proves_an_address(known: Known, still: Any) -> None:
    client = Client()
    for email in (EMAIL, "tidak-dikenal@contoh.example"):  # the same answer for both
        assert client.post("/data-saya/surel/", {"email": email}).status_code == 302
    assert Notice.objects.filter(event="privacy.proof").count() == 2
    path = f"/data-saya/bukti/{proof.link_token(EMAIL)}/"
    assert client.get(path).status_code == 200
    assert client.post("/data-saya/unduh/").status_code == 404  # opening a link proves nothing yet
    assert client.post(path).status_code == 302
    parts, _archive = copy_of(client)
    assert {row.get("nomor") for row in parts["bagian"]["reports"]["data"]} >= {
        known.own.code,
        known.by_contact.code,
    }
    client.post("/data-saya/lupakan/")
    assert client.post("/data-saya/unduh/").status_code == 404


def test_one_proved_report_opens_only_that_report(known: Known, still: Any) -> None:
    client = Client()
    client.get(follow_link(known.by_contact).removeprefix(settings.PUBLIC_URL))
    parts, _archive = copy_of(client)
    assert [row["nomor"] for row in parts["bagian"]["reports"]["data"]] == [known.by_contact.code]


def test_after_erasing_no_table_knows_the_person(
    known: Known, now: dt.datetime, everyone: dict[str, Any]
) -> None:
    asked = actions.ask_erasure(
        subject=known.subject, words=True, wish=f"Saya {NAME}", language="id", by=known.user, now=now
    )
    assert len(places_of(MARKS)) > 20
    done = actions.grant(code=asked.code, words=True, explanation="", by=everyone["koordinator"], now=now)
    send_everything(now)
    assert places_of(MARKS) == []
    assert done.status == Status.DONE
    user = User.objects.get(pk=known.user.pk)
    assert (user.is_active, user.has_usable_password(), user.name) == (False, False, "Akun dihapus")
    assert Report.objects.filter(pk__in=[known.own.pk, known.by_contact.pk]).count() == 2
    known.own.refresh_from_db()
    assert known.own.text == "[Dihapus atas permintaan pelapor.]"
    assert not known.own.attachments.exclude(role="PROOF").exists()
    assert ReportContact.objects.get(case=known.parent).email == "lain@contoh.example"
    assert Entry.objects.filter(verb="privacy.erased", subject_code=asked.code).count() == 1


def test_granting_twice_erases_once(known: Known, now: dt.datetime, everyone: dict[str, Any]) -> None:
    asked = actions.ask_erasure(
        subject=known.subject, words=True, wish="", language="id", by=known.user, now=now
    )
    for _ in range(2):
        actions.grant(code=asked.code, words=True, explanation="", by=everyone["koordinator"], now=now)
    assert Entry.objects.filter(verb="privacy.erased").count() == 1
    assert Notice.objects.filter(event="privacy.answer").count() == 1


def test_asking_twice_is_one_request(known: Known, now: dt.datetime) -> None:
    made = {
        actions.ask_erasure(
            subject=known.subject, words=True, wish="", language="id", by=known.user, now=now
        ).code
        for _ in range(2)
    }
    assert len(made) == 1
    asked = DataRequest.objects.get()
    assert asked.due_on == now.date() + dt.timedelta(days=14)
    assert Notice.objects.filter(event="privacy.asked", channel="INAPP").count() == 1
    assert not any(
        mark in n.subject + n.body for n in Notice.objects.filter(event="privacy.asked") for mark in MARKS
    )


def test_contact_only_leaves_the_story_and_needs_a_reason(
    known: Known, now: dt.datetime, everyone: dict[str, Any], as_user: Callable[[Any], Client]
) -> None:
    asked = actions.ask_erasure(
        subject=known.subject, words=True, wish="", language="id", by=known.user, now=now
    )
    page = f"/meja/privasi/permintaan/{asked.code}/"
    koordinator = as_user(everyone["koordinator"])
    assert koordinator.post(page, {"act": "grant", "kabul-words": "tidak"}).status_code == 422
    answer = koordinator.post(page, {"act": "grant", "kabul-words": "tidak", "kabul-explanation": WHY})
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert asked.status == Status.PARTIAL
    assert (asked.emails, asked.wish) == ([], "")
    known.own.refresh_from_db()
    assert "Lampu mati." in known.own.text
    send_everything(now)
    assert places_of(MARKS) == []


def test_what_is_held_waits_and_goes_when_the_hold_is_gone(
    known: Known, now: dt.datetime, everyone: dict[str, Any]
) -> None:
    who = everyone["koordinator"]
    hold = actions.hold_case(code=known.own.code, reason="Perkara di pengadilan", until=None, by=who, now=now)
    asked = actions.ask_erasure(
        subject=known.subject, words=True, wish="", language="id", by=known.user, now=now
    )
    first = actions.grant(code=asked.code, words=True, explanation="", by=who, now=now)
    assert (first.status, first.held) == (Status.PARTIAL, 1)
    known.own.refresh_from_db()
    assert NAME in known.own.text
    assert ReportContact.objects.get(case=known.by_contact).email == ""
    actions.release(hold_id=hold.pk, by=who, now=now)
    second = actions.grant(code=asked.code, words=True, explanation="", by=who, now=now)
    assert (second.status, second.held) == (Status.DONE, 0)
    send_everything(now)
    assert places_of(MARKS) == []


def test_a_refusal_names_the_article_and_forgets_the_asker(
    known: Known, now: dt.datetime, everyone: dict[str, Any]
) -> None:
    asked = actions.ask_erasure(
        subject=known.subject, words=True, wish=f"Saya {NAME}", language="id", by=known.user, now=now
    )
    ground = RefusalGround.objects.get(key="penegakan-hukum")
    with pytest.raises(Refused):
        actions.refuse(
            code=asked.code, ground=ground, explanation="Tidak.", by=everyone["koordinator"], now=now
        )
    actions.refuse(code=asked.code, ground=ground, explanation=WHY, by=everyone["koordinator"], now=now)
    asked.refresh_from_db()
    assert (asked.status, asked.emails, asked.wish) == (Status.REFUSED, [], "")
    letter = Notice.objects.get(event="privacy.answer")
    assert "Pasal 15" in letter.body
    assert WHY in letter.body
    send_everything(now)
    letter.refresh_from_db()
    assert (letter.body, letter.address) == ("", f"dihapus:{letter.pk}")
    assert User.objects.get(pk=known.user.pk).name == NAME


def test_only_the_koordinator_decides(known: Known, now: dt.datetime, everyone: dict[str, Any]) -> None:
    asked = actions.ask_erasure(
        subject=known.subject, words=True, wish="", language="id", by=known.user, now=now
    )
    before = places_of(MARKS)
    for name in ("sari", "tono", "ibu_ratna", "administrator", "pengamat", "sekda", "warga"):
        with pytest.raises((NotAllowed, DataRequest.DoesNotExist)):
            actions.grant(code=asked.code, words=True, explanation="", by=everyone[name], now=now)
        assert places_of(MARKS) == before, name


def test_staff_are_not_erased_by_a_request(
    city: Any, everyone: dict[str, Any], now: dt.datetime, known: Known
) -> None:
    sari = everyone["sari"]
    asked = actions.ask_erasure(
        subject=Subject(sari.pk, frozenset({sari.email})),
        words=True,
        wish="",
        language="id",
        by=sari,
        now=now,
    )
    actions.grant(code=asked.code, words=True, explanation="", by=everyone["koordinator"], now=now)
    sari.refresh_from_db()
    assert sari.is_active


def test_the_person_withdraws_only_the_own_request(citizen: Client, known: Known, still: Any) -> None:
    asked = actions.ask_erasure(
        subject=known.subject, words=True, wish="", language="id", by=known.user, now=still
    )
    assert Client().post(f"/data-saya/hapus/{asked.code}/batal/").status_code == 404
    assert citizen.post(f"/data-saya/hapus/{asked.code}/batal/").status_code == 302
    asked.refresh_from_db()
    assert asked.status == Status.WITHDRAWN
    assert citizen.post(f"/data-saya/hapus/{asked.code}/batal/").status_code == 404


def test_the_page_refuses_without_being_sure_and_keeps_what_was_typed(citizen: Client, still: Any) -> None:
    answer = citizen.post("/data-saya/hapus/", {"wish": "Tolong \x00 segera"})
    assert answer.status_code == 422
    assert "segera" in answer.content.decode()
    assert citizen.post("/data-saya/hapus/", {"wish": "x" * 3000, "sure": "on"}).status_code == 422
    assert citizen.post("/data-saya/surel/", {"email": "bukan\x00surel"}).status_code == 422
    assert not DataRequest.objects.exists()


def test_a_koordinator_sees_no_secret_report_of_the_asker(
    city: Any, known: Known, now: dt.datetime, everyone: dict[str, Any], as_user: Callable[[Any], Client]
) -> None:
    secret = a_report(status="IN_PROGRESS", office=city.works, secret=True, email=EMAIL, now=now)
    asked = actions.ask_erasure(
        subject=known.subject, words=True, wish="", language="id", by=known.user, now=now
    )
    page = as_user(everyone["koordinator"]).get(f"/meja/privasi/permintaan/{asked.code}/").content.decode()
    assert known.own.code in page
    assert secret.code not in page
    assert secret in reports_personal.reports_of(known.subject)
