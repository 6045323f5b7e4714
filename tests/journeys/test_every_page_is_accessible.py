"""WCAG 2.2 A and AA on every page, 360 and 1366 px, light and dark, without sideways scrolling.

The list of pages is the URL table itself: a page that somebody adds tomorrow is looked at without a line here,
by the first person to whom it answers. Left out: /pengaturan/, whose markup is Django's own, and /api/v… and /open311/,
which answer programs.
"""

import datetime as dt
import time
from collections.abc import Callable
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import signing
from django.test import Client
from playwright.sync_api import Page

from pendopo.base.accounts import invitations
from pendopo.base.cases.desk import Verb, desk_kinds
from pendopo.base.clients.actions import webhooks
from pendopo.base.clients.models import WebhookDelivery
from pendopo.base.clients.testing import a_client
from pendopo.base.clients.webhook_events import webhook_events
from pendopo.base.notices.models import Notice, State
from pendopo.base.organizations.models import Role
from pendopo.base.privacy import actions as privacy
from pendopo.base.privacy import proof as privacy_proof
from pendopo.base.privacy import seeds
from pendopo.base.registries.personal import Subject
from pendopo.domains.information import testing_catalogue as information
from pendopo.domains.information.models import Category as InformationCategory
from pendopo.domains.information.models import Item
from pendopo.domains.reports.actions import closing, moderation, snoozing, tasks, work
from pendopo.domains.reports.actions.tasks import Part
from pendopo.domains.reports.models import CannedAnswer, Report, ReportFollower, RoutingRule, Status
from pendopo.domains.reports.sp4n import importing
from pendopo.domains.reports.telling import CONFIRM_SALT, UNFOLLOW_SALT
from pendopo.domains.reports.testing import a_report, worker
from pendopo.kernel import clock
from pendopo.surfaces.desk import actions
from pendopo.surfaces.desk.models import Batch, SavedView
from tests.journeys.conftest import City
from tests.journeys.steps import EMAIL
from tests.journeys.walk import NEVER_A_PAGE, SignIn, look, one_in_every_state, pages_in, reporter_of, writing
from tests.secrecy.addresses import every_route

__all__ = ["look"]  # a fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_what_is_never_a_page_still_exists() -> None:
    assert set(NEVER_A_PAGE) <= set(every_route())


def test_public_pages(city: City, look: Callable[..., None]) -> None:
    reports = one_in_every_state(city)
    follower = ReportFollower.objects.create(
        case=reports["RECEIVED"], email="tetangga@contoh.example", since=clock.now()
    )
    tokens = [signing.dumps(follower.pk, salt=salt) for salt in (CONFIRM_SALT, UNFOLLOW_SALT)]
    tokens.append(privacy_proof.link_token("tetangga@contoh.example"))
    told = ("RECEIVED", "CLOSED_BY_OFFICER", "FORWARDED")
    values = {
        "slug": [reports[state].slug for state in told],
        "token": tokens,
        "request_code": ["x"],
        "action": ["status_show"],
    }
    values["slug"] += [item.slug for item in entries_of_the_catalogue(city)]
    visitor = Client()
    extra = ["/laporan/?q=zebra", "/cari/?q=lampu", "/tidak-ada/", "/laporan/?m=salah", "/laporan/ikuti/x/",
             "/akun/undangan/x/", "/gaya/?salah=1", "/?hl=en",
             "/ppid/informasi/?q=angaran&kantor=dpu", "/ppid/informasi/?q=zebraxyz", "/ppid/informasi/?m=salah",
             "/ppid/dip/?kantor=salah", "/data-saya/bukti/x/", "/angka/beres/?per=kantor"]  # fmt: skip
    look([*pages_in("public", [visitor], values), *((visitor, path) for path in extra)])


def entries_of_the_catalogue(city: City) -> list[Item]:
    """An entry with a file and one that is withheld."""
    office = city.government.works
    return [
        information.an_item(
            title=f"Rencana anggaran {'pemeliharaan ' * 9}", text="Isi rencana.", office=office
        ),
        information.an_item(category=InformationCategory.DIKECUALIKAN, title="Data pasien", office=office),
    ]


def test_pages_of_a_reporter(city: City, look: Callable[..., None]) -> None:
    reports = one_in_every_state(city)
    different = (
        "RECEIVED",
        "AWAITING_INFO",
        "ANSWERED",
        "CLOSED_BY_CITIZEN",
        "REOPENED",
        "FORWARDED",
        "MERGED",
    )
    values = {
        "code": [reports[state].code for state in different],  # the others share their pages
        "token": ["x"],
        "slug": [reports["RECEIVED"].slug],
    }
    found = list(pages_in("wizard", [writing(), reporter_of(reports)], values))
    receipts = [page for page in found if "/terkirim/" in page[1]]
    look([page for page in found if page not in receipts[1:]] + [(Client(), "/lacak/buka/x/")])


def test_account_pages(city: City, as_user: SignIn, look: Callable[..., None]) -> None:
    people, password = city.people, "pagi cerah di pendopo"
    for name in ("warga", "sari", "budi"):
        people[name].set_password(password)
        people[name].save()
    TOTP.activate(people["sari"], "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(people["sari"])
    reset, starting, halfway, unproved = Client(), Client(), Client(), as_user(people["warga"])
    reset.post("/akun/password/reset/", {"email": people["warga"].email})
    starting.post("/akun/signup/", {"name": "Bayu", "email": "baru@contoh.example", "password1": password})
    halfway.post("/akun/login/", {"login": people["sari"].email, "password": password})
    citizen, guarded, without = (fresh(as_user, people[name]) for name in ("warga", "sari", "tono"))
    token = invitations.link_for(people["budi"]).rstrip("/").rpartition("/")[2]
    clients = [Client(), citizen, guarded, reset, starting, halfway, without, unproved]
    look(list(pages_in("account", clients, {"token": [token], "pk": [1]})))


def fresh(as_user: SignIn, person: Any) -> Client:
    """Signed in a moment ago: pages that ask for the password again after a while open at once."""
    client = as_user(person)
    session = client.session
    for method in session["account_authentication_methods"]:
        method["at"] = time.time()
    session.save()
    return client


def a_batch_of(person: Any, report: Report) -> Batch:
    """A batch that still waits, so that its pages show the button to call it back."""
    kind = next(kind for kind in desk_kinds if kind.key == "reports")
    return actions.plan(
        key=uuid4(), kind=kind, verb=next(verb for verb in kind.bulk if verb.key == "catat"), cases=[report],
        values={"body": ["Dicek bersama."]}, trail="antrean=kantor", by=person, now=clock.now(),
    )  # fmt: skip


def test_queues_and_cases(city: City, as_user: SignIn, look: Callable[..., None]) -> None:
    reports = one_in_every_state(city)
    secret = a_report(status=Status.IN_PROGRESS, office=city.government.works, secret=True, name="")
    now, sari = clock.now(), city.people["sari"]
    late = a_report(now=now - dt.timedelta(days=9), region="99.71.01.1001")
    Report.objects.filter(pk=late.pk).update(urgency=1)
    work.note(report_id=reports["IN_PROGRESS"].pk, body="Suku cadang dipesan.", by=sari, now=now)
    closing.propose_closing(
        report_id=reports["REOPENED"].pk, summary="Lampu yang tersisa sudah diganti.", by=sari, now=now
    )
    seen = ("RECEIVED", "IN_PROGRESS", "AWAITING_INFO", "REOPENED", "CLOSED_BY_CITIZEN", "FORWARDED")
    kept = SavedView.objects.create(
        kind="reports", queue="kantor", query="category=lampu-jalan", name="Lampu jalan kita", owner=sari,
        audience="OFFICE", office=city.government.works, changed_at=now,
    )  # fmt: skip
    values = {
        "kind_key": ["reports"],  # PPID's kinds are looked at in test_ppid_desk_is_accessible
        "pk": [kept.pk],
        "queue_key": ["baru", "kantor", "ditunda", "selesai"],  # all queues share one template
        "code": [*(reports[state].code for state in seen), secret.code, late.code],
        "key": [a_batch_of(sari, reports["IN_PROGRESS"]).key],
    }
    officer, coordinator = as_user(sari), as_user(city.people["koordinator"])
    extra = [
        (officer, "/meja/reports/antrean/kantor/?q=zebra"),
        (officer, "/meja/reports/antrean/kantor/?status=salah"),
        (officer, f"/meja/reports/kasus/{reports['IN_PROGRESS'].code}/?antrean=kantor"),
        (coordinator, "/meja/"),
        (coordinator, f"/meja/reports/antrean/baru/sekaligus/?semua=1&tindakan=disposisi&kasus={late.code}"),
        (coordinator, "/meja/reports/antrean/menunggu-opd/sekaligus/?semua=1&tindakan=disposisi"),
        (coordinator, "/meja/reports/antrean/baru/sekaligus/?semua=1"),
        (officer, "/meja/reports/saringan/baru/?antrean=kantor&category=lampu-jalan"),
        (officer, "/meja/reports/antrean/kantor/?category=lampu-jalan"),
        (coordinator, "/meja/reports/saringan/"),
    ]
    look([*pages_in("desk", [officer, coordinator], values), *extra])


def test_the_form_of_every_verb(city: City, as_user: SignIn, look: Callable[..., None]) -> None:
    reports = one_in_every_state(city)
    now, people = clock.now(), city.people
    closing.propose_closing(
        report_id=reports["REOPENED"].pk,
        summary="Lampu yang tersisa sudah diganti.",
        by=people["sari"],
        now=now,
    )
    parts = [Part(city.government.environment.pk, "Mohon pangkas dahan di depan lampu.")]
    tasks.share(report_id=reports["IN_PROGRESS"].pk, parts=parts, by=people["sari"], now=now)
    reports["aside"] = a_report(status=Status.IN_PROGRESS, office=city.government.works)
    snoozing.snooze(
        report_id=reports["aside"].pk, until=clock.local_date(now) + dt.timedelta(days=9),
        reason="Menunggu suku cadang.", by=people["sari"], now=now,
    )  # fmt: skip
    reports["below"] = a_report(status=Status.ASSIGNED, office=city.government.district)
    people["camat"] = worker(city.government.district, Role.OFFICER)
    for report in reports.values():
        report.refresh_from_db()
    doers = {
        name: as_user(people[name])
        for name in ("sari", "ibu_ratna", "tono", "koordinator", "administrator", "camat")
    }
    pages = []
    for kind in (kind for kind in desk_kinds if kind.key == "reports"):
        for verb in kind.verbs:
            name, code = first_to_do(verb, [(name, people[name]) for name in doers], reports.values())
            if verb.form:
                pages.append((doers[name], f"/meja/{kind.key}/kasus/{code}/{verb.key}/"))
    look(pages, every=3)


def first_to_do(verb: Verb, people: Any, reports: Any) -> tuple[str, str]:
    for (name, person), report in product(people, reports):
        if verb.may(person, report) and type(report).objects.desk_of(person).filter(pk=report.pk).exists():
            return name, report.code
    raise AssertionError(f"nobody can do {verb.key!r}: prepare a report for it here")


def test_tools_of_the_staff(city: City, as_user: SignIn, look: Callable[..., None]) -> None:
    report = a_report(status=Status.IN_PROGRESS, office=city.government.works, email=EMAIL)
    Notice.objects.filter(channel="EMAIL").update(state=State.DEAD, last_error="SMTPServerDisconnected")
    koordinator = city.people["koordinator"]
    columns = b"Tracking ID,Tanggal Laporan Masuk,Isi Laporan Awal,Status Laporan"
    table = columns + b"\nh1,kemarin,Lampu padam,Terdisposisi\n"
    batch = importing.start(name="sp4n.csv", content=table, by=koordinator, now=clock.now())
    importing.carry_out(import_id=batch.pk, now=clock.now())
    seeds.load()
    asked = privacy.ask_erasure(
        subject=Subject(None, frozenset({EMAIL})), words=True, wish="Mohon segera.", language="id", by=None,
        now=clock.now(),
    )  # fmt: skip
    coordinator_person = city.people["koordinator"]
    moderation.open_contact(report_id=report.pk, purpose="menelepon", by=city.people["sari"], now=clock.now())
    privacy.hold_case(
        code=a_report().code,
        reason="Perkara di pengadilan",
        until=None,
        by=coordinator_person,
        now=clock.now(),
    )
    values: dict[str, list[object]] = {
        "code": [report.code],
        "pk": [RoutingRule.objects.get().pk, CannedAnswer.objects.all()[0].pk, batch.pk],
        "request_code": [asked.code],
        "keeper_key": ["reports.contact"],
    }
    coordinator, administrator = as_user(city.people["koordinator"]), as_user(city.people["administrator"])
    officer = as_user(city.people["sari"])
    citizen, prover = as_user(city.people["warga"]), reporter_of({"": report})
    extra = [(prover, "/data-saya/"), (citizen, "/data-saya/"),
             (administrator, "/meja/jejak/?code=salah"), (administrator, "/kalender/?tahun=2027"),
             (administrator, "/kotak-masuk/"), (citizen, "/kotak-masuk/")]  # fmt: skip
    look([*pages_in("tools", [coordinator, administrator, officer], values), *extra])


def test_pages_about_other_programs(city: City, as_user: SignIn, look: Callable[..., None]) -> None:
    client, _words = a_client(name="Aplikasi " + "Panjangsekali" * 5)
    events = [event.key for event in webhook_events]
    calls, _secret = webhooks.subscribe(
        client_id=client.pk, url="https://penerima.example/" + "kabar" * 30, events=events, by=None,
        now=clock.now(),
    )  # fmt: skip
    webhooks.emit(event=events[0], subject_id=a_report().pk, now=clock.now())
    webhooks.pause(subscription_id=calls.pk, reason="gagal 3 hari", by=None, now=clock.now())
    dead = WebhookDelivery.objects.get().pk
    coordinator = as_user(city.people["koordinator"])
    found = list(pages_in("programs", [coordinator], {"pk": [client.pk], "key": [dead]}))
    look([*found, (coordinator, "/api/?hl=en"), (coordinator, "/api/")])


SPOIL = """() => {
    const form = [...document.querySelectorAll("main form[method=post]")].pop();
    for (const field of form.elements) {
        if (field.type === "email") field.value = "tanpa alamat";
        else if (/^(text|tel|textarea|password|number|search)$/.test(field.type)) field.value = "";
        else if (field.type === "select-one" && field.options[0].value === "") field.value = "";
        else if (field.type === "radio") field.checked = false;
    }
    form.querySelector("button:not([type=button]):not([name])").click();
}"""


def test_pages_that_refuse(city: City, as_user: SignIn, look: Callable[..., None]) -> None:
    """The same forms sent empty or wrong: the summary of errors and the words beside each field."""
    report = a_report(status=Status.ANSWERED, office=city.government.works, email=EMAIL)
    working = a_report(status=Status.IN_PROGRESS, office=city.government.works)
    officer, coordinator = as_user(city.people["sari"]), as_user(city.people["koordinator"])
    case = f"/meja/reports/kasus/{working.code}"

    def send_wrong(page: Page) -> None:
        with page.expect_navigation() as answered:
            page.evaluate(SPOIL)
        assert answered.value.status == 422, page.url

    look(
        [
            (Client(), "/lapor/"),
            (writing(until="/lapor/tempat/"), "/lapor/tempat/"),
            (writing(until="/lapor/cerita/"), "/lapor/cerita/"),
            (writing(until="/lapor/kontak/"), "/lapor/kontak/"),
            (Client(), "/lacak/"),
            (Client(), f"/laporan/{report.slug}/"),
            (reporter_of({"": report}), f"/lacak/{report.code}/"),
            (Client(), "/akun/signup/"),
            (reporter_of({"": report}), "/data-saya/"),
            (coordinator, "/meja/privasi/penahanan/"),
            (officer, f"{case}/tutup/"),
            (coordinator, "/meja/laporan/baru/"),
            (coordinator, "/meja/laporan/aturan/baru/"),
            (coordinator, "/meja/aplikasi/baru/"),
            (coordinator, "/meja/laporan/jawaban/baru/"),
            (officer, "/meja/reports/saringan/baru/?antrean=kantor"),
        ],
        before=send_wrong,
    )
