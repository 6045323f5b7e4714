"""Prepared answers: who keeps them, where they fit, what they become, and what never slips in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.base.audit.models import Entry
from pendopo.base.organizations.testing import Government
from pendopo.domains.reports import canned, canned_seeds
from pendopo.domains.reports.actions.canned import save_canned
from pendopo.domains.reports.models import CannedAnswer, CannedAnswerVersion, Report, Status
from pendopo.domains.reports.testing import a_report, prepare
from pendopo.kernel.errors import NotAllowed, Refused

BODY = "Laporan {kode} ada di {kantor} sampai {tenggat}."


@pytest.fixture
def report(government: Government, everyone: dict[str, Any]) -> Report:
    return a_report(status=Status.IN_PROGRESS, office=government.works)


def typed(**more: Any) -> dict[str, Any]:
    return {"title": "Kabar", "body": BODY, "language": "id", "order": 5, "active": "on", "seen": 0, **more}


def an_answer(**more: Any) -> CannedAnswer:
    return CannedAnswer.objects.create(**{"title": "Kabar", "body": BODY, **more})


def act_url(report: Report, verb: str) -> str:
    return reverse("desk:act", args=["reports", report.code, verb])


def test_the_seeds_are_whole_in_both_languages_and_laid_down_once(government: Government) -> None:
    prepare()
    first = CannedAnswer.objects.count()
    assert first == 2 * len(canned_seeds.TEXTS) == CannedAnswerVersion.objects.count()
    CannedAnswer.objects.update(body="Diubah kantor.")
    assert canned_seeds.load() == 0
    assert set(CannedAnswer.objects.values_list("body", flat=True)) == {"Diubah kantor."}


@pytest.mark.parametrize("text", canned_seeds.TEXTS, ids=lambda text: text.key)
def test_each_seed_uses_known_variables_alike_in_both_languages(text: canned_seeds.Text) -> None:
    for _title, body in (text.id, text.en):
        canned.check_variables(body, text.purpose)
    assert set(canned.names_in(text.id[1])) == set(canned.names_in(text.en[1]))


def test_an_answer_is_filled_in_its_own_language(report: Report, sari: Any) -> None:
    body = "{kode}|{kantor}|{kategori}|{tempat}|{keadaan}|{nama_petugas}|{tenggat}"
    indonesian = canned.render_for(an_answer(body=body), report, sari)
    english = canned.render_for(an_answer(body=body, language="en"), report, sari)
    assert indonesian.startswith(f"{report.code}|Dinas Pekerjaan Umum|Lampu jalan|Mawar|")
    assert english.split("|")[2] == report.category.label_en and "{" not in indonesian + english
    report.due_at = None
    assert canned.render_for(an_answer(body="{tenggat}"), report, sari) == "batas waktu yang berlaku"


@pytest.mark.parametrize(
    "body", ["{kode.__class__}", "{0}", "{kode!r}", "%s {{ x }} {% now %}", "{rahasia}", "{"]
)
def test_nothing_in_a_template_is_ever_run(body: str, report: Report, sari: Any) -> None:
    assert canned.render_for(an_answer(body=body), report, sari) == body


def test_an_unknown_variable_is_refused_by_its_name(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    answer = as_user(koordinator).post(
        "/meja/laporan/jawaban/baru/", typed(body="Halo {nama_pelapor}, sabar ya.")
    )
    assert answer.status_code == 422
    assert "Isian {nama_pelapor} tidak dikenal" in answer.content.decode()
    assert not CannedAnswer.objects.filter(title="Kabar").exists()


@pytest.mark.parametrize("name", ["kode", "nama_petugas"])
def test_a_closing_never_carries_the_number_or_the_officers_name(
    name: str, report: Report, koordinator: Any, sari: Any, now: Any
) -> None:
    with pytest.raises(Refused, match="juga dibaca publik"):
        save_canned(
            answer=CannedAnswer(title="x", body=f"{{{name}}}", purpose="CLOSING"),
            seen=0,
            by=koordinator,
            now=now,
        )
    general = an_answer(title="Umum", body=f"Beres. {{{name}}}")
    assert general in canned.offers([report], sari, "jawab")
    assert general not in canned.offers([report], sari, "tutup")


def test_who_keeps_which_answers(
    government: Government, everyone: dict[str, Any], as_user: Callable[..., Client]
) -> None:
    everywhere, own, other = (
        an_answer(),
        an_answer(office=government.works),
        an_answer(office=government.environment),
    )
    for name, statuses in {
        "koordinator": (200, 200, 200, 200), "ibu_ratna": (200, 404, 200, 404), "sari": (404, 404, 404, 404),
        "pengamat": (404, 404, 404, 404), "warga": (404, 404, 404, 404), "anon": (302, 302, 302, 302),
    }.items():  # fmt: skip
        client = as_user(everyone[name])
        asked = [
            "/meja/laporan/jawaban/",
            *(f"/meja/laporan/jawaban/{one.pk}/" for one in (everywhere, own, other)),
        ]
        assert tuple(client.get(path).status_code for path in asked) == statuses, name


def test_a_head_writes_for_the_own_office_only(
    government: Government, ibu_ratna: Any, sari: Any, now: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(ibu_ratna)
    assert client.post("/meja/laporan/jawaban/baru/", typed()).status_code == 422
    assert (
        client.post("/meja/laporan/jawaban/baru/", typed(office=government.environment.pk)).status_code == 422
    )
    assert client.post("/meja/laporan/jawaban/baru/", typed(office=government.works.pk)).status_code == 302
    made = CannedAnswer.objects.get(title="Kabar")
    assert made.office == government.works and made.number == 1
    entry = Entry.objects.get(verb="reports.canned_saved")
    assert entry.facts["name"] == "Kabar" and entry.organization == government.works
    with pytest.raises(NotAllowed):
        save_canned(answer=made, seen=1, by=sari, now=now)
    made.office = None
    with pytest.raises(NotAllowed):
        save_canned(answer=made, seen=1, by=ibu_ratna, now=now)
    assert CannedAnswerVersion.objects.filter(answer=made).count() == 1


def test_a_change_is_a_version_and_an_older_form_is_refused(
    government: Government, koordinator: Any, as_user: Callable[..., Client]
) -> None:
    client = as_user(koordinator)
    client.post("/meja/laporan/jawaban/baru/", typed())
    made = CannedAnswer.objects.get(title="Kabar")
    address = f"/meja/laporan/jawaban/{made.pk}/"
    assert client.post(address, typed(body="Isi yang kedua.", seen=1)).status_code == 302
    late = client.post(address, typed(body="Isi yang ketiga.", seen=1))
    assert late.status_code == 422 and "baru saja mengubah" in late.content.decode()
    assert "Isi yang ketiga." in late.content.decode()
    made.refresh_from_db()
    assert (made.number, made.body) == (2, "Isi yang kedua.")
    assert list(made.versions.values_list("number", "body")) == [(2, "Isi yang kedua."), (1, BODY)]


def test_offers_fit_state_category_language_and_office(
    report: Report, sari: Any, government: Government
) -> None:
    CannedAnswer.objects.all().delete()
    fits = [
        an_answer(title="a", office=government.works),
        an_answer(title="b", state="IN_PROGRESS", purpose="ANSWER"),
    ]
    an_answer(title="c", state="REOPENED")
    an_answer(title="d", category_id="sampah")
    an_answer(title="e", language="en")
    an_answer(title="f", office=government.environment)
    an_answer(title="g", active=False)
    an_answer(title="h", purpose="QUESTION")
    assert canned.offers([report], sari, "jawab") == fits
    report.language = "en"
    assert [one.title for one in canned.offers([report], sari, "jawab")] == ["e"]


def test_without_javascript_answers_are_put_in_one_after_the_other_and_nothing_is_lost(
    report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    one, two = an_answer(title="Satu", body="Kabar pertama."), an_answer(title="Dua", body="Kabar kedua.")
    client, address = as_user(sari), act_url(report, "jawab")
    page = client.get(address).content.decode()
    assert 'data-words="Kabar pertama."' in page
    data = {
        "body": "Halo Ibu.",
        "jawaban-siap": one.pk,
        "sisipkan": "1",
        "version": report.version,
        "seen": "x",
    }
    first = client.post(address, data)
    assert first.status_code == 200
    assert first.context["form"]["body"].value() == "Halo Ibu.\n\nKabar pertama."
    second = client.post(
        address, {**data, "body": first.context["form"]["body"].value(), "jawaban-siap": two.pk}
    )
    assert second.context["form"]["body"].value() == "Halo Ibu.\n\nKabar pertama.\n\nKabar kedua."
    assert f'name="version" value="{report.version}"' in second.content.decode()
    assert not report.messages.filter(kind="ANSWER").exists()
    for odd in ("", "abc", "999999999999999999999", "\x00"):
        kept = client.post(address, {**data, "jawaban-siap": odd})
        assert kept.status_code == 200 and kept.context["form"]["body"].value() == "Halo Ibu."


@pytest.mark.parametrize(("verb", "field"), [("jawab", "body"), ("tanya", "body"), ("tutup", "summary")])
def test_the_preview_is_what_the_citizen_reads(
    verb: str, field: str, report: Report, sari: Any, as_user: Callable[..., Client]
) -> None:
    Report.objects.filter(pk=report.pk).update(language="en")
    client = as_user(sari)
    data = {field: "Tim ke lokasi.\n\n<b>Besok</b>", "pratinjau": "1", "version": report.version}
    page = client.post(act_url(report, verb), data).context["composer"].preview
    assert "<p>Tim ke lokasi.</p>" in page and "&lt;b&gt;Besok&lt;/b&gt;" in page
    part = client.post(act_url(report, verb), data, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="pratinjau"') and page.partition("</time>")[2] in part
    assert not report.messages.filter(kind__in=("ANSWER", "QUESTION", "CLOSING")).exists()
    empty = client.post(act_url(report, verb), {**data, field: " "}).content.decode()
    assert "Tulis dulu pesannya" in empty


def test_the_preview_is_drawn_like_the_reporters_own_page(
    report: Report, sari: Any, as_user: Callable[..., Client], now: Any
) -> None:
    words = "Tim sudah ke lokasi.\nLampu diganti besok."
    shown = canned.preview(Report.objects.get(pk=report.pk), "jawab", words)
    client = as_user(sari)
    client.post(act_url(report, "jawab"), {"body": words, "version": report.version})
    body = report.messages.get(kind="ANSWER").body
    assert body == words
    assert "<p>Tim sudah ke lokasi.<br>Lampu diganti besok.</p>" in shown
    assert "Dinas Pekerjaan Umum mengirim jawaban." in shown


def test_a_sent_message_keeps_its_words_when_the_answer_changes(
    report: Report, sari: Any, koordinator: Any, now: Any, as_user: Callable[..., Client]
) -> None:
    answer = an_answer(body="Kami segera ke sana.")
    words = canned.render_for(answer, report, sari)
    as_user(sari).post(act_url(report, "jawab"), {"body": words, "version": report.version})
    answer.body = "Kami tidak jadi ke sana."
    save_canned(answer=answer, seen=1, by=koordinator, now=now)
    assert report.messages.get(kind="ANSWER").body == "Kami segera ke sana."
