"""One person known in every room, with marks that stand nowhere else."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pendopo.base.accounts.models import User
from pendopo.base.audit import actions as audit
from pendopo.base.files.actions import store_image
from pendopo.base.mailroom.testing import taken_in
from pendopo.base.mailroom.tests.letters import a_mail
from pendopo.base.notices import delivery
from pendopo.base.notices.models import Notice, State
from pendopo.base.privacy import seeds
from pendopo.base.registries.personal import Subject
from pendopo.domains.information.actions import drafts as asking
from pendopo.domains.information.actions import ending, objecting
from pendopo.domains.information.testing import a_request, an_objection
from pendopo.domains.reports.actions import closing, drafts, following, moderation, work
from pendopo.domains.reports.models import Report, ReportFollower, Status
from pendopo.domains.reports.telling import CONFIRM_SALT
from pendopo.domains.reports.testing import a_report
from pendopo.kernel import clock

NAME, EMAIL, PHONE = "Wulandari Kusumawardhani", "wulan.rahasia@contoh.example", "+6281355577799"
OTHER, OTHER_PHONE = "wulan.telepon@contoh.example", "+6281299988877"
MARKS = (NAME, "wulan.rahasia", "81355577799", "wulan.telepon", "81299988877")


@dataclass
class Known:
    """A person with an account, reports by account and by contact, a follow, a draft, a rating, photos."""

    user: User
    own: Report
    by_contact: Report
    parent: Report
    subject: Subject


@pytest.fixture
def city(government: Any, everyone: Any) -> Any:
    seeds.load()
    return government


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> dt.datetime:
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


def photo(name: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 120, 110)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@pytest.fixture
def known(city: Any, everyone: dict[str, Any], now: dt.datetime, settings: Any, tmp_path: Any) -> Known:
    settings.MEDIA_ROOT = tmp_path
    user = User.objects.create_user(EMAIL, "pagi cerah di pendopo", name=NAME, phone=PHONE)
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    audit.record(actor=user, verb="accounts.signed_in", subject=user, at=now)
    pictures = [store_image(upload=photo(f"{NAME}.jpg"), by=user, now=now)]
    own = a_report(
        status=Status.ANSWERED, office=city.works, reporter=user, anonymous=False, photos=pictures,
        name=NAME, email=EMAIL, phone=PHONE, now=now, text=f"Saya {NAME}, hubungi 0813-5557-7799. Lampu mati.",
    )  # fmt: skip
    closing.confirm(
        report_id=own.pk, holding=[own.pk], by=None, stars=5, comment=f"Terima kasih dari {NAME}", now=now
    )
    by_contact = a_report(
        status=Status.CLOSED_BY_OFFICER, office=city.works, name=NAME, email=EMAIL, phone=PHONE, now=now
    )
    sari = everyone["sari"]
    moderation.open_contact(report_id=own.pk, purpose="menelepon", by=sari, now=now)
    work.note(report_id=own.pk, body=f"Sudah menelepon {NAME} ({PHONE}).", by=sari, now=now)
    parent = a_report(status=Status.IN_PROGRESS, office=city.works, email="lain@contoh.example", now=now)
    following.follow(slug=parent.slug, by=None, email=EMAIL, language="id", now=now)
    follower = ReportFollower.objects.get(email=EMAIL)
    signing.dumps(follower.pk, salt=CONFIRM_SALT)
    following.confirm_following(follower_id=follower.pk, now=now)
    drafts.keep_answers(
        draft=drafts.open_draft(None, now=now),
        answers={"name": NAME, "email": EMAIL, "phone": PHONE},
        now=now,
    )
    _asks_for_information(user, now)
    taken_in(a_mail(sender=f"{NAME} <{EMAIL}>", proof="", text=f"Saya {NAME}, {PHONE}."), now=now)
    send_everything(now)
    own.refresh_from_db()
    by_contact.refresh_from_db()
    subject = Subject(user.pk, frozenset({EMAIL}), frozenset())
    return Known(user, own, by_contact, parent, subject)


def _asks_for_information(user: User, now: dt.datetime) -> None:
    """A request that was left unanswered, an objection, both taken back; and another request being written."""
    asked = a_request(reporter=user, name=NAME, email=EMAIL, phone=PHONE, now=now - dt.timedelta(days=40))
    objection = an_objection(request=asked, now=now)
    objecting.withdraw(objection_id=objection.pk, holding=[objection.pk], by=None, now=now)
    ending.withdraw(request_id=asked.pk, holding=[asked.pk], by=None, now=now)
    asking.keep_answers(
        draft=asking.open_draft(None, now=now),
        answers={"name": NAME, "email": EMAIL, "phone": PHONE},
        now=now,
    )


def send_everything(now: dt.datetime) -> None:
    """What the worker would deliver now."""
    for notice in Notice.objects.filter(state=State.QUEUED):
        delivery.attempt(notice_id=notice.pk, now=now)


@pytest.fixture
def phone_only(city: Any, now: dt.datetime) -> Report:
    """A closed report of somebody known by phone and a second address."""
    return a_report(
        status=Status.CLOSED_BY_SYSTEM, office=city.works, name=NAME, email=OTHER, phone=OTHER_PHONE, now=now
    )


@pytest.fixture
def citizen(as_user: Callable[[Any], Client], known: Known) -> Client:
    return as_user(known.user)
