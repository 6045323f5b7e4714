"""Walking the URL table with a real browser: which addresses are pages, who opens them, what is wrong on them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.telling import follow_link
from pendopo.domains.reports.testing import a_report
from tests.journeys.conftest import DESK, PHONE, City, NewPage, flaws
from tests.journeys.steps import EMAIL, LANDMARK, WORDS
from tests.secrecy.addresses import every_route, filled

SignIn = Callable[[Any], Client]
VERB_PAGE = "meja/<slug:kind_key>/kasus/<str:code>/<slug:verb_key>/"
AREAS = {  # the first that fits an address looks at it
    "excluded": re.compile(r"pengaturan/|open311/|api/v"),
    "account": re.compile(r"akun/"),
    "verbs": re.compile(re.escape(VERB_PAGE) + "$"),
    "programs": re.compile(r"meja/aplikasi/"),
    "mail": re.compile(r"meja/surat/"),
    "asking": re.compile(
        r"ppid/(minta|lacak|permohonan|keberatan)/|meja/ppid/identitas/"
    ),  # test_asking_pages_…
    "openness": re.compile(  # test_openness_is_accessible
        r"ppid/(catatan|angka|maklumat|standar|laporan|<word>)/|meja/ppid/(register|laporan|halaman|loket)/|meja/ppid/$"
    ),
    "ppid desk": re.compile(r"meja/ppid/(tugas|batas|jawaban|surat)/"),  # test_ppid_desk_is_accessible
    "letters": re.compile(r"surat/|meja/surat-resmi/"),  # test_letters_are_accessible
    "lists": re.compile(r"meja/ppid/(informasi|berkas|keputusan|uji)/"),  # test_lists_are_accessible
    "tools": re.compile(r"meja/(laporan|jejak|privasi|surat-gagal)/|kotak-masuk/|kalender/"),
    "desk": re.compile(r"meja/"),
    "wizard": re.compile(r"lapor/|lacak/"),
    "public": re.compile(r""),
}
# Addresses that only ever lead somewhere else, or belong to a library's flow that is switched off.
NEVER_A_PAGE = {
    "tugas/<str:token>/": "needs a real link: looked at in test_tasks_are_accessible",
    "meja/laporan/tugas/<int:pk>/": "needs a task: the same",
    "meja/laporan/tugas/<int:pk>/lembar/": "the same",
    "lacak/buka/<str:token>/": "a link of an e-mail, leads to the report",
    "berkas/<str:token>/": "photos and documents",
    "berkas/tersegel/<str:token>/": "proofs of identity: a download",
    "ppid/berkas/<slug:slug>/<int:number>/<str:filename>": "files of the catalogue",
    "ppid/dcat/": "leads a program to the writing it prefers",
    "meja/<slug:kind_key>/kasus/<str:code>/dibuka/": "a part of the case page",
    "meja/sekaligus/<uuid:key>/kabar/": "a part of every page of the desk",
    "meja/masuk/": "leads to the desk or to the front page",
    "meja/penghitaman/<uuid:pk>/": "needs a room's file: looked at in test_blackening",
    "meja/penghitaman/<uuid:pk>/halaman/<int:number>.png": "a part of it",
    "meja/penghitaman/<uuid:pk>/kotak/<int:box>/hapus/": "the same, only sent",
    **dict.fromkeys(
        (f"meja/penghitaman/<uuid:pk>/{act}/" for act in ("kotak", "saran", "kata", "hitamkan", "ubah")),
        "the same",
    ),
    "meja/<slug:kind_key>/": "leads to the first queue",
    "meja/<slug:kind_key>/hadir/": "a stream of events",
    "meja/<slug:kind_key>/saringan/hitung/": "a part of the list, for htmx only",
    "meja/<slug:kind_key>/saringan/baru/": "needs a queue in its address: looked at below",
    "akun/2fa/webauthn/keys/<int:pk>/remove/": "needs a real passkey: looked at in test_staff_sign_in",
    "akun/2fa/webauthn/keys/<int:pk>/edit/": "the same",
    "akun/2fa/webauthn/reauthenticate/": "the same",
    "akun/2fa/webauthn/login/": "answers scripts with JSON, everybody else with a way back",
    "akun/login/code/confirm/": "signing in by code is off",
    "akun/password/reset/complete/": "setting a new password after a code leads to signing in",
    "akun/password/reset/done/": "only for links; we send codes",
}


def area_of(route: str) -> str:
    return next(name for name, pattern in AREAS.items() if pattern.match(route))


def is_page(answer: Any) -> bool:
    return bool(answer.status_code == 200 and answer["Content-Type"].startswith("text/html"))


def pages_in(
    area: str, clients: Sequence[Client], values: Mapping[str, Sequence[object]]
) -> Iterator[tuple[Client, str]]:
    """Every page of an area with the first client to whom it answers. Fails for an address that opened to nobody."""
    for route in dict.fromkeys(every_route()):
        if area_of(route) != area or route in NEVER_A_PAGE:
            continue
        answers = []
        for path in filled(route, values):
            for client in clients:
                answer = client.get(path)
                answers.append(answer)
                if is_page(answer):
                    yield client, path
                    break
        only_posts_or_data = any(
            answer.status_code == 405
            or (answer.status_code == 200 and not answer["Content-Type"].startswith("text/html"))
            for answer in answers
        )
        assert only_posts_or_data or any(map(is_page, answers)), f"/{route}: nobody could open it"


@pytest.fixture
def look(new_page: NewPage, live_server: LiveServer) -> Callable[..., None]:
    """`look(pages)` opens each page as its client and fails with everything that is wrong on any of them.

    Both themes are looked at on every page (on every `every`-th, where all share one template), by turns at the width
    of a phone and of a desk: pages share their parts.
    """

    def look_at(
        pages: Sequence[tuple[Client, str]], before: Callable[[Page], None] | None = None, every: int = 1
    ) -> None:
        screens: dict[int, Page] = {}
        wrong: list[str] = []
        for number, (client, path) in enumerate(pages):
            if id(client) not in screens:
                screens[id(client)] = screen = new_page()
                screen.context.add_cookies(
                    [{"name": n, "value": m.value, "url": live_server.url} for n, m in client.cookies.items()]
                )
            page = screens[id(client)]
            page.goto(path)
            expect(page.locator(".htmx-request")).to_have_count(0)  # parts that come a moment later
            if before:
                before(page)
            page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
            wrong += flaws(page, colours_on=[] if number % every else [(PHONE, DESK)[number // every % 2]])
        assert not wrong, f"{len(wrong)} flaws:\n" + "\n".join(wrong)

    return look_at


def one_in_every_state(city: City) -> dict[str, Report]:
    """A report in each state at Dinas Pekerjaan Umum (the new ones still at the intake office), told at length."""
    made = {}
    for status in Status:
        new = status in {Status.RECEIVED, Status.VERIFIED}
        made[str(status)] = a_report(
            status=status, office=None if new else city.government.works, email=EMAIL, anonymous=not new,
            text=f"{WORDS} {'Panjangsekalitanpaspasi' * 6 if new else ''}", point=(-7.595, 110.805),
        )  # fmt: skip
    return made


def reporter_of(reports: Mapping[str, Report]) -> Client:
    """A browser that proved to have sent these reports."""
    client = Client()
    for report in reports.values():
        client.get(follow_link(report).removeprefix(settings.PUBLIC_URL))
    return client


def writing(*, until: str = "") -> Client:
    """A browser in the middle of a report."""
    client = Client()
    for step, answers in (
        ("/lapor/", {"category": "lampu-jalan"}),
        ("/lapor/tempat/", {"address": LANDMARK, "region": "99.71.01.1001"}),
        ("/lapor/cerita/", {"text": WORDS}),
        ("/lapor/kontak/", {"email": EMAIL}),
    ):
        if step == until:
            break
        assert client.post(step, answers).status_code == 302, step
    return client
