"""Objections: only with a ground that is true, once, numbered without gaps, and the way on to Komisi Informasi."""

import datetime as dt
import io
import threading
import uuid
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from pendopo.base.calendar.testing import fill_calendar
from pendopo.base.letters.models import Letter
from pendopo.base.notices.models import Notice
from pendopo.domains.information import offers, receipts
from pendopo.domains.information.actions import objecting
from pendopo.domains.information.models import Category, Decree, InformationRequest, Item, Objection
from pendopo.domains.information.testing import a_request, an_objection, prepare
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused

POSITION = "Sudah lewat batas, tetapi belum ada jawaban apa pun dari PPID."


@pytest.fixture
def city(government: Any, own_folder: None) -> Any:
    fill_calendar()
    prepare()
    return government


@pytest.fixture
def silent(city: Any, still: Any) -> InformationRequest:
    """Asked on 9 February 2026; the ten working days ended on 25 February without a word."""
    return a_request(now=still.replace(month=2, day=9))


def _holder(case: Any) -> Client:
    client = Client()
    assert (
        client.post("/ppid/lacak/", {"code": case.code, "contact": "rina@contoh.example"}).status_code == 302
    )
    return client


def test_silence_is_objected_to_and_a_second_click_changes_nothing(
    silent: InformationRequest, still: Any
) -> None:
    client = _holder(silent)
    page = client.get(f"/ppid/keberatan/{silent.code}/")
    assert [value for value, _label in page.context["form"].fields["ground"].choices] == ["c"]
    form = {"ground": "c", "position": POSITION, "key": str(uuid.uuid4())}
    first = client.post(f"/ppid/keberatan/{silent.code}/", form)
    assert client.post(f"/ppid/keberatan/{silent.code}/", form).url == first.url
    objection = Objection.objects.select_related("contact", "office").get()
    due = silent.clocks.get(step="answer").due_on
    assert (objection.registration, objection.ground) == ("0001/KEB-PPID/2026", "c")
    assert objection.found_on == due + dt.timedelta(days=1)
    assert objection.office.kind == "SECRETARIAT"
    assert (objection.contact.name, objection.contact.address) == ("Rina Marlina", "Jalan Melati 7")
    assert objection.clocks.get().step == "reply"
    assert Letter.objects.filter(about_kind="information.objection", about_id=objection.pk).count() == 1
    assert Notice.objects.filter(event="objections.received").count() == 1
    other_tab = client.post(f"/ppid/keberatan/{silent.code}/", {**form, "key": str(uuid.uuid4())})
    assert other_tab.status_code == 422
    assert "Sudah Anda ajukan." in other_tab.content.decode()
    assert POSITION in other_tab.content.decode()  # nothing typed is lost
    assert objection.registration in client.get(f"/ppid/permohonan/{silent.code}/").content.decode()
    assert client.get(first.url).status_code == 200


def test_before_the_ground_and_after_its_time_a_sentence(
    city: Any, now: dt.datetime, monkeypatch: Any
) -> None:
    request = a_request(now=now)
    due = request.clocks.get().due_on
    last = offers.last_day_to_object(due + dt.timedelta(days=1))
    client = _holder(request)
    for day, words in ((due, "Belum dapat diajukan"), (last + dt.timedelta(days=1), "Waktunya sudah lewat")):
        moment = dt.datetime.combine(day, dt.time(10), now.tzinfo)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        client = _holder(request)
        answer = client.post(f"/ppid/keberatan/{request.code}/", {"ground": "c", "position": POSITION})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        with pytest.raises(Refused):
            objecting.object_to(
                request_id=request.pk,
                ground="c",
                position=POSITION,
                holding=[request.pk],
                by=None,
                now=moment,
            )
    assert not Objection.objects.exists()
    on_the_last_day = dt.datetime.combine(last, dt.time(23), now.tzinfo)
    assert an_objection(request=request, now=on_the_last_day).number == 1


def test_only_the_requester_objects(
    silent: InformationRequest, everyone: Any, as_user: Any, now: dt.datetime
) -> None:
    for person in everyone.values():
        assert as_user(person).get(f"/ppid/keberatan/{silent.code}/").status_code == 404
    with pytest.raises((NotAllowed, InformationRequest.DoesNotExist)):
        objecting.object_to(
            request_id=silent.pk, ground="c", position=POSITION, by=everyone["koordinator"], now=now
        )
    objection = an_objection(request=silent, now=now)
    for name, person in everyone.items():
        answer = as_user(person).get(f"/ppid/keberatan/surat/{objection.code}/")
        assert answer.status_code == 302, name
        assert as_user(person).get(f"/ppid/keberatan/surat/{objection.code}/berkas.zip").status_code == 404


def test_a_proxy_is_named(silent: InformationRequest, still: Any) -> None:
    client = _holder(silent)
    form = {"ground": "c", "position": POSITION, "by_proxy": "on"}
    assert (
        "Tulis nama Anda sebagai kuasa"
        in client.post(f"/ppid/keberatan/{silent.code}/", form).content.decode()
    )
    client.post(f"/ppid/keberatan/{silent.code}/", {**form, "proxy_name": "Budi Santosa"})
    assert Objection.objects.get().contact.proxy_name == "Budi Santosa"


def test_withdrawn_may_be_filed_again_and_numbers_go_on(silent: InformationRequest, still: Any) -> None:
    first = an_objection(request=silent, now=still)
    client = _holder(first)
    assert client.post(f"/ppid/keberatan/surat/{first.code}/cabut/").status_code == 302
    first.refresh_from_db()
    assert (first.status, first.clocks.filter(stopped_at=None).count()) == ("WITHDRAWN", 0)
    second = an_objection(request=silent, now=still + dt.timedelta(hours=1))
    assert second.registration == "0002/KEB-PPID/2026"


def test_after_thirty_silent_days_the_way_to_komisi_informasi_is_open(
    silent: InformationRequest, still: Any, monkeypatch: Any
) -> None:
    objection = an_objection(request=silent, now=still)
    receipts.for_request(silent.pk, now=still)
    receipts.for_objection(objection.pk, now=still)
    due = objection.clocks.get().due_on
    for day, shown in ((due, False), (due + dt.timedelta(days=1), True)):
        moment = dt.datetime.combine(day, dt.time(9), still.tzinfo)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        client = _holder(objection)
        page = client.get(f"/ppid/keberatan/surat/{objection.code}/").content.decode()
        assert ("Unduh semua surat" in page) is shown
    bundle = client.get(f"/ppid/keberatan/surat/{objection.code}/berkas.zip")
    names = zipfile.ZipFile(io.BytesIO(bundle.content)).namelist()
    assert len(names) == 2
    assert names[0].startswith("01 ")


@pytest.fixture
def berkala(city: Any, still: Any) -> Item:
    """A regular entry that should have been renewed in January."""
    decree = Decree.objects.create(
        kind="DIP", number="1/2025", title="DIP", signed_on=dt.date(2025, 1, 2), signer="Atasan", office=city.intake,
        made_at=still,
    )  # fmt: skip
    return Item.objects.create(
        slug="lapkeu", title="Laporan keuangan", summary="Neraca", category=Category.BERKALA, status="FIXED",
        office=city.works, holder="Sekretariat", responsible="Sekretaris", made_on=dt.date(2025, 1, 1),
        made_place="Kota Uji", retention="5 tahun", cycle="SEMIANNUAL", next_due_on=dt.date(2026, 1, 31),
        decree=decree, published_at=still, modified_at=still, created_at=still,
    )  # fmt: skip


def test_a_late_regular_entry_is_objected_to_without_a_request(berkala: Item, still: Any) -> None:
    client = Client()
    address = "/ppid/keberatan/berkala/lapkeu/"
    assert "31 Januari 2026" in client.get(address).content.decode()
    page = "/ppid/informasi/lapkeu/"
    assert address in client.get(page).content.decode(), "the entry's own page leads there"
    for category in ("SETIAP_SAAT", "DIKECUALIKAN"):  # those are asked for, not announced regularly
        Item.objects.filter(pk=berkala.pk).update(category=category)
        assert address not in client.get(page).content.decode()
    Item.objects.filter(pk=berkala.pk).update(category="BERKALA")
    form = {
        "position": POSITION,
        "name": "Rina Marlina",
        "address": "Jalan Melati 7",
        "key": str(uuid.uuid4()),
    }
    missing = client.post(address, form)
    assert missing.status_code == 422
    assert "Tulis surel atau nomor telepon" in missing.content.decode()
    sent = client.post(address, {**form, "email": "rina@contoh.example"})
    assert client.post(address, {**form, "email": "rina@contoh.example"}).url == sent.url
    objection = Objection.objects.get()
    assert (objection.ground, objection.item, objection.request) == ("b", berkala, None)
    assert client.get(sent.url).status_code == 200
    Item.objects.filter(pk=berkala.pk).update(next_due_on=dt.date(2026, 3, 9))  # due today is not late
    assert address not in client.get(page).content.decode()
    refused = client.post(address, {**form, "email": "rina@contoh.example", "key": str(uuid.uuid4())})
    assert refused.status_code == 422
    assert "Informasi ini tidak terlambat" in refused.content.decode()
    assert "Informasi berkala ini terlambat" not in refused.content.decode()
    with pytest.raises(Refused):
        objecting.object_to_item(
            item_id=berkala.pk, position=POSITION, objector=objecting.NewObjector("Rina"), by=None, now=still
        )
    assert Objection.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_on_a_late_entry_are_one_objection(berkala: Item, still: Any) -> None:
    key, made = uuid.uuid4(), []

    def click() -> None:
        try:
            objection = objecting.object_to_item(
                item_id=berkala.pk, position=POSITION, key=key, by=None, now=still,
                objector=objecting.NewObjector("Rina Marlina", email="rina@contoh.example"),
            )  # fmt: skip
            made.append(objection.pk)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert made == [Objection.objects.get().pk] * 2
