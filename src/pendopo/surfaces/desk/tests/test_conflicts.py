"""Two officers at one case: the later one is shown what changed, keeps the words, and decides."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from pendopo.base.organizations.testing import Government
from pendopo.domains.reports.actions import closing, moderation, routing, work
from pendopo.domains.reports.models import Report, Status
from pendopo.domains.reports.testing import a_report
from pendopo.surfaces.desk import conflict


@pytest.fixture
def report(government: Government, everyone: dict[str, Any]) -> Report:
    return a_report(status=Status.IN_PROGRESS, office=government.works)


def act_url(report: Report, verb: str) -> str:
    return reverse("desk:act", args=["reports", report.code, verb])


def opened(client: Client, report: Report, verb: str) -> dict[str, str]:
    """The hidden fields of a form as the browser keeps them."""
    words = client.get(act_url(report, verb)).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(version|seen)" value="([^"]*)"', words))


def test_a_clash_shows_old_and_new_who_did_it_and_the_typed_words(
    report: Report, sari: Any, budi: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(sari)
    form = opened(client, report, "jawab")
    moderation.set_urgency(report_id=report.pk, urgency=2, by=budi, now=report.received_at)
    work.note(report_id=report.pk, body="Suku cadang ada di gudang.", by=budi, now=report.received_at)
    answer = client.post(act_url(report, "jawab"), {**form, "body": "Tim sudah ke lokasi."})
    words = answer.content.decode()
    assert answer.status_code == 409
    difference = answer.context["difference"]
    assert [(c.label, c.before, c.after) for c in difference.changes] == [
        ("Kemendesakan", "biasa", "mendesak")
    ]
    assert any("Budi Santoso" in act.what for act in difference.acts)
    assert any(act.quote == "Suku cadang ada di gudang." for act in difference.acts)
    assert "Tim sudah ke lokasi." in words and "Tetap kirim" in words and "Batalkan" in words
    again = dict(re.findall(r'<input type="hidden" name="(version|seen)" value="([^"]*)"', words))
    assert client.post(act_url(report, "jawab"), {**again, "body": "Tim sudah ke lokasi."}).status_code == 302
    assert report.messages.filter(kind="ANSWER").count() == 1


def test_a_refused_form_does_not_hide_a_clash(
    report: Report, sari: Any, budi: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(sari)
    form = opened(client, report, "jawab")
    moderation.set_urgency(report_id=report.pk, urgency=2, by=budi, now=report.received_at)
    refused = client.post(act_url(report, "jawab"), {**form, "body": ""})
    assert refused.status_code == 422
    kept = dict(
        re.findall(r'<input type="hidden" name="(version|seen)" value="([^"]*)"', refused.content.decode())
    )
    assert kept == form
    assert client.post(act_url(report, "jawab"), {**kept, "body": "Halo warga."}).status_code == 409


def test_a_verb_that_ended_meanwhile_gives_the_words_back(
    report: Report, sari: Any, budi: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(sari)
    form = opened(client, report, "tutup")
    closing.propose_closing(
        report_id=report.pk,
        summary="Lampu sudah kami ganti semua tadi.",
        files=(),
        by=budi,
        now=report.received_at,
    )
    answer = client.post(act_url(report, "tutup"), {**form, "summary": "Saya sudah menggantinya."})
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "Tindakan ini tidak dapat dilakukan lagi" in words and "Saya sudah menggantinya." in words
    assert "Budi Santoso" in words


def test_a_case_that_left_the_desk_tells_nothing_but_gives_the_words_back(
    report: Report, sari: Any, budi: Any, government: Government, as_user: Callable[..., Client]
) -> None:
    client = as_user(sari)
    form = opened(client, report, "catat")
    routing.give_back(report_id=report.pk, reason="Milik dinas lain", by=budi, now=report.received_at)
    answer = client.post(act_url(report, "catat"), {**form, "body": "Catatan panjang saya."})
    words = answer.content.decode()
    assert answer.status_code == 404
    assert "Catatan panjang saya." in words and "Milik dinas lain" not in words
    assert government.intake.name not in words and report.text[:30] not in words


@pytest.mark.parametrize(
    "seal",
    ["", "x", "x" * 50_000, "a:b:c", signing.dumps({"u": 1}, salt="lain"), "\x00"],
    ids=["empty", "short", "long", "three parts", "of something else", "NUL"],
)
def test_a_broken_seal_is_never_an_error_and_opens_nothing(
    seal: str, report: Report, sari: Any, tono: Any, as_user: Callable[..., Client]
) -> None:
    data = {"body": "Halo.", "version": "0", "seen": seal}
    answer = as_user(sari).post(act_url(report, "catat"), data)
    assert answer.status_code == 409 and not answer.context["difference"].known
    assert as_user(tono).post(act_url(report, "catat"), data).status_code == 404


def test_the_seal_of_another_person_opens_nothing(
    report: Report, sari: Any, tono: Any, as_user: Callable[..., Client]
) -> None:
    form = opened(as_user(sari), report, "catat")
    assert conflict.opened(form["seen"], user=sari, code=report.code)
    assert conflict.opened(form["seen"], user=tono, code=report.code) is None
    assert conflict.opened(form["seen"], user=sari, code="LAP-7K2M-Q9XA") is None
    assert as_user(tono).post(act_url(report, "catat"), {**form, "body": "x"}).status_code == 404


def test_every_verb_with_a_form_carries_the_seal(
    report: Report, ibu_ratna: Any, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    for person in (ibu_ratna, koordinator):
        client = as_user(person)
        page = client.get(reverse("desk:case", args=["reports", report.code])).context
        for verb in [*page["verbs"], *page["folded_verbs"]]:
            if verb.form:
                assert set(opened(client, report, verb.key)) == {"version", "seen"}, verb.key
