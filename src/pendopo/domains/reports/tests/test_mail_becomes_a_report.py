"""A mail becomes a report, an answer, or waits for a person; nothing is revealed to a forged sender."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.files.storage import default_storage
from PIL import Image

from pendopo.base.audit.models import Entry
from pendopo.base.mailroom.models import Mail, MailPolicy, Proof, RawMail, Reason
from pendopo.base.mailroom.models import Status as MailStatus
from pendopo.base.mailroom.tests.letters import PROVEN, STORY, a_mail
from pendopo.base.notices.models import Notice
from pendopo.domains.reports import mail_guess
from pendopo.domains.reports.models import Channel, Report, ReportAttachment, Status
from pendopo.domains.reports.testing import a_report
from pendopo.domains.reports.tests.conftest import MAWAR
from pendopo.domains.reports.tests.mails import RINA, answer_address, arrives, opened, sent
from pendopo.kernel import caches

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_comes_in(settings: Any, city: Any) -> None:
    opened(settings)


def held(mail: Mail, reason: str) -> bool:
    return (mail.status, mail.reason) == (MailStatus.HELD, reason)


def test_a_proven_mail_becomes_a_report_and_is_confirmed(now: dt.datetime) -> None:
    mail = arrives(now)
    report = Report.objects.get()
    assert (mail.status, mail.about_kind, mail.about_id) == (MailStatus.HANDLED, "reports.report", report.pk)
    assert (report.channel, report.category_id, report.region_id) == (Channel.EMAIL, "lampu-jalan", MAWAR)
    assert report.text == f"Lampu mati\n\n{STORY}"
    assert (report.anonymous, report.secret, report.shown_name) == (True, False, "")
    assert (report.contact.email, report.contact.name) == (RINA, "Rina Marlina")
    assert not RawMail.objects.exists()
    assert mail.words == ""
    (letter,) = Notice.objects.filter(event="reports.received", channel="EMAIL")
    assert letter.address == RINA


def test_our_letters_say_where_to_answer(now: dt.datetime) -> None:
    arrives(now)
    sent(now)
    (letter,) = outbox.outbox
    assert letter.reply_to == [f"Kota Uji <{answer_address('reports.received', Report.objects.get().pk)}>"]
    assert "Balas saja" in letter.body


def test_without_an_address_for_mail_letters_say_that_answers_are_not_read(
    settings: Any, now: dt.datetime
) -> None:
    settings.MAIL_IN_ADDRESS = ""
    a_report(now=now)
    sent(now)
    assert outbox.outbox[0].reply_to == []
    assert "balasannya tidak dibaca" in outbox.outbox[0].body


@pytest.mark.parametrize("proof", ["", "mx.jahat.example; dmarc=pass", "mx.kota.example; dmarc=fail"])
def test_an_unproven_sender_waits_for_a_person_and_hears_nothing(proof: str, now: dt.datetime) -> None:
    mail = arrives(now, proof=proof)
    assert held(mail, Reason.UNPROVEN)
    assert RawMail.objects.filter(mail=mail).exists()
    assert not Report.objects.exists()
    assert not Notice.objects.exists()


def test_a_place_that_nobody_names_is_the_city_as_a_whole(now: dt.datetime) -> None:
    arrives(now, text="Pelayanan di kantor lama sekali, mohon dibantu.", subject="Antre")
    report = Report.objects.get()
    assert (report.region_id, report.category_id) == ("99.71", "lainnya")


def test_the_category_follows_similar_reports(now: dt.datetime) -> None:
    for number in range(6):
        a_report(category="pohon", text=f"Dahan beringin patah menimpa pagar nomor {number}", now=now)
    assert mail_guess.category_of("Ada dahan beringin yang patah di depan pagar rumah saya").pk == "pohon"
    assert mail_guess.category_of("Apa kabar semuanya").pk == "lainnya"


def test_rahasia_in_the_subject_makes_the_report_secret(now: dt.datetime) -> None:
    arrives(now, subject="RAHASIA: pungutan liar di loket")
    report = Report.objects.get()
    assert report.secret
    assert "rahasia" not in report.text.lower()
    entry = Entry.objects.get(verb="mailroom.handled")
    assert entry.restricted


def test_an_awaited_answer_continues_the_report(city: Any, now: dt.datetime) -> None:
    report = a_report(status=Status.AWAITING_INFO, office=city.works, email=RINA, now=now)
    to = answer_address("reports.question", report.pk)
    quote = (
        "Di depan nomor 12.\n\nPada Sen, 9 Mar 2026 08.00 Kota Uji <lapor@kota.example> menulis:\n> Di mana?"
    )
    mail = arrives(now, recipient=to, to=to, text=quote, subject="Re: pertanyaan", proof="")
    report.refresh_from_db()
    assert mail.status == MailStatus.HANDLED
    assert report.status == Status.IN_PROGRESS
    assert report.messages.latest("pk").body == "Di depan nomor 12."


def test_the_message_id_of_our_letter_binds_too(city: Any, now: dt.datetime) -> None:
    report = a_report(status=Status.AWAITING_INFO, office=city.works, email=RINA, now=now)
    token = Notice.objects.get(event="reports.question", channel="EMAIL").token
    arrives(now, text="Di depan masjid.", headers={"References": f"<{token}@kota.example>"})
    report.refresh_from_db()
    assert report.status == Status.IN_PROGRESS


def test_other_words_are_added_and_the_office_is_told(city: Any, now: dt.datetime) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=city.works, email=RINA, now=now)
    to = answer_address("reports.received", report.pk)
    arrives(now, recipient=to, text="selesai, nilai 5", subject="Re: laporan")
    report.refresh_from_db()
    assert report.status == Status.IN_PROGRESS  # "selesai" is never guessed from words
    assert report.messages.latest("pk").body == "selesai, nilai 5"
    assert not report.ratings.exists()
    assert Notice.objects.filter(event="reports.replied", about_id=report.pk).exists()


def test_the_name_of_the_letter_alone_from_another_sender_waits(city: Any, now: dt.datetime) -> None:
    report = a_report(status=Status.AWAITING_INFO, office=city.works, email=RINA, now=now)
    to = answer_address("reports.question", report.pk)
    mail = arrives(now, recipient=to, sender="orang@lain.example", proof="mx.kota.example; dmarc=pass")
    report.refresh_from_db()
    assert held(mail, Reason.OTHER_SENDER)
    assert (report.status, mail.about_id) == (Status.AWAITING_INFO, report.pk)
    assert not Notice.objects.filter(address="orang@lain.example").exists()


def test_a_forged_reporter_waits_even_with_the_name_of_the_letter(city: Any, now: dt.datetime) -> None:
    report = a_report(status=Status.AWAITING_INFO, office=city.works, email=RINA, now=now)
    to = answer_address("reports.question", report.pk)
    assert held(arrives(now, recipient=to, proof="mx.kota.example; dmarc=fail"), Reason.OTHER_SENDER)


def test_an_answer_to_an_ended_report_waits(city: Any, now: dt.datetime) -> None:
    report = a_report(status=Status.CLOSED_BY_OFFICER, office=city.works, email=RINA, now=now)
    to = answer_address("reports.closed", report.pk)
    assert held(arrives(now, recipient=to), Reason.ENDED)


def test_a_number_in_words_opens_nothing(now: dt.datetime) -> None:
    report = a_report(email=RINA, now=now)
    mail = arrives(now, subject=f"Tentang {report.code}", text="Masih mati juga lampunya, mohon dicek.")
    assert held(mail, Reason.NAMES_A_CASE)
    assert mail.about_id is None
    assert not report.messages.exists()


def test_photos_lose_their_place_and_odd_files_are_named_in_a_letter(now: dt.datetime) -> None:
    picture = Image.new("RGB", (900, 700), (90, 120, 110))
    exif = Image.Exif()
    exif[0x010F] = "KameraRahasia"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    content = out.getvalue()
    assert b"KameraRahasia" in content
    files = (("foto.jpg", "image/jpeg", content), ("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22" * 9),
             ("undangan.ics", "text/calendar", b"BEGIN:VCALENDAR"),
             ("virus.exe", "application/x-msdownload", b"MZ" * 50))  # fmt: skip
    arrives(now, files=files)
    (attached,) = ReportAttachment.objects.all()
    assert attached.public
    with default_storage.open(attached.file.key) as stored:
        assert b"KameraRahasia" not in stored.read()
    (letter,) = Notice.objects.filter(event="reports.mail_files")
    for name in ("winmail.dat", "undangan.ics", "virus.exe"):
        assert name in letter.body
    assert "foto.jpg" not in letter.body


@pytest.mark.parametrize(("text", "reason"), [("a", Reason.TOO_SHORT), ("kata " * 1_500, Reason.TOO_LONG)])
def test_what_no_form_would_take_waits(text: str, reason: str, now: dt.datetime) -> None:
    assert held(arrives(now, text=text, subject=""), reason)


def test_one_address_writes_so_often_a_day_and_no_more(now: dt.datetime) -> None:
    MailPolicy.objects.create(
        valid_from=dt.date(2026, 1, 1), reports_per_day=2, letters_per_day=1, most_waiting=9, reason="uji"
    )
    caches.clear_all()
    mails = [arrives(now, number=number) for number in range(1, 4)]
    assert [mail.status for mail in mails] == [MailStatus.HANDLED, MailStatus.HANDLED, MailStatus.HELD]
    assert mails[2].reason == Reason.TOO_MANY
    assert Notice.objects.filter(event="reports.received", channel="EMAIL").count() == 2
    later = arrives(now + dt.timedelta(days=2), number=4)
    assert later.status == MailStatus.HANDLED


def test_machines_leave_a_record_and_nothing_else(now: dt.datetime) -> None:
    mail = arrives(now, headers={"Auto-Submitted": "auto-replied"})
    assert (mail.status, mail.reason) == (MailStatus.IGNORED, Reason.AUTOMATIC)
    own = arrives(now, sender="Kabar <kabar@kota.example>", number=2)
    assert own.reason == Reason.LOOP
    assert not Report.objects.exists()
    assert not Notice.objects.exists()


def test_the_same_mail_twice_makes_one_report(now: dt.datetime) -> None:
    one, again = arrives(now), arrives(now)
    assert one.pk == again.pk
    assert Report.objects.count() == 1


def test_the_proof_is_kept_with_the_mail(now: dt.datetime) -> None:
    assert arrives(now).proof == Proof.PASS
    assert a_mail().startswith(b"Authentication-Results: " + PROVEN.encode()[:20])
