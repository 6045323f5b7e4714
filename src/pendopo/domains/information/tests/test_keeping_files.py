"""Files of an entry: looked through, published, found by their words, replaced, withdrawn."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from pendopo.base.files.testing import docx_file
from pendopo.domains.information import tasks_keeping
from pendopo.domains.information.actions import keeping_versions
from pendopo.domains.information.actions.looking import check_version
from pendopo.domains.information.actions.reading import read_text
from pendopo.domains.information.models import Item, ItemStatus, ItemVersion
from pendopo.domains.information.testing_catalogue import a_version, an_item
from pendopo.domains.information.tests.test_keeping_entries import UPDATED, verbs_of
from pendopo.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def document(words: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("laporan.docx", docx_file(words))


def test_versions_follow_each_other_and_the_search_reads_the_current_one(
    everyone: Any, government: Any, now: Any
) -> None:
    sari, anon = everyone["sari"], everyone["anon"]
    item = an_item(office=government.works, text="Pembangunan gorong-gorong tahap pertama", now=now)
    first = item.versions.get()
    found = Item.objects.visible_to(anon).search("gorong-gorong")
    assert (item.modified_at, list(found)) == (now, [item])
    again = keeping_versions.add_version(
        item_id=item.pk, upload=document("Pembangunan gorong-gorong tahap pertama"), by=sari, now=now
    )
    second = a_version(item, text="Perbaikan trotoar sekolah", now=now + UPDATED)
    assert (second.number, again.number) in {(3, 2), (2, 1)}
    item.refresh_from_db()
    assert (item.modified_at, "trotoar" in item.file_text, "gorong" in item.file_text) == (
        now + UPDATED,
        True,
        False,
    )
    assert set(ItemVersion.objects.visible_to(anon)) == {first, second}, "old versions stay readable"
    keeping_versions.withdraw_version(
        version_id=second.pk, reason="Salah berkas.", by=sari, now=now + UPDATED * 2
    )
    read_text(version_id=first.pk)
    item.refresh_from_db()
    assert "gorong" in item.file_text and item.modified_at == now + UPDATED * 2
    assert set(ItemVersion.objects.visible_to(anon)) == {first}
    assert verbs_of(item)[-1] == "version_withdrawn"
    with pytest.raises(Refused, match="sudah ditarik"):
        keeping_versions.withdraw_version(version_id=second.pk, reason="Salah berkas.", by=sari, now=now)


def test_what_blocks_is_not_published_and_a_warning_needs_words(
    everyone: Any, government: Any, now: Any
) -> None:
    sari = everyone["sari"]
    item = an_item(office=government.works, now=now)

    def add(words: str) -> ItemVersion:
        return keeping_versions.add_version(
            item_id=item.pk, upload=document(words), note="Daftar penerima.", by=sari, now=now
        )

    blocked = add("Penerima: NIK 3372014507900001, Kota Uji")
    with pytest.raises(Refused, match="masih diperiksa"):
        keeping_versions.publish_version(version_id=blocked.pk, by=sari, now=now)
    check_version(version_id=blocked.pk)
    with pytest.raises(Refused, match="NIK"):
        keeping_versions.publish_version(
            version_id=blocked.pk, looked_through="Sudah dibaca.", by=sari, now=now
        )
    warned = add("Hubungi bapak camat di camat@contoh.example setiap hari kerja")
    check_version(version_id=warned.pk)
    warned.refresh_from_db()
    assert warned.verdict["warnings"] and warned.verdict["ok"]
    with pytest.raises(Refused) as no:
        keeping_versions.publish_version(version_id=warned.pk, by=sari, now=now)
    assert no.value.field == "looked_through"
    with pytest.raises(ItemVersion.DoesNotExist):
        keeping_versions.publish_version(version_id=warned.pk, by=everyone["tono"], now=now)
    done = keeping_versions.publish_version(
        version_id=warned.pk, looked_through="Surel itu alamat dinas.", by=sari, now=now
    )
    assert (done.published_at, done.looked_through) == (now, "Surel itu alamat dinas.")
    assert not ItemVersion.objects.visible_to(everyone["anon"]).filter(pk=blocked.pk).exists()


def test_a_file_of_a_draft_waits_for_the_decree(everyone: Any, government: Any, now: Any) -> None:
    item = an_item(status=ItemStatus.PROPOSED, office=government.works, text="Rencana strategis", now=now)
    assert not ItemVersion.objects.visible_to(everyone["anon"]).exists()
    with pytest.raises(NotAllowed):
        keeping_versions.add_version(
            item_id=item.pk, upload=document("lain"), by=everyone["pengamat"], now=now
        )


def test_files_whose_jobs_died_are_found_again(everyone: Any, government: Any, now: Any) -> None:
    item = an_item(office=government.works, text="Rencana strategis", now=now)
    version = item.versions.get()
    ItemVersion.objects.update(extracted_at=None)
    waiting = keeping_versions.add_version(
        item_id=item.pk, upload=document("kedua"), note="Baru.", by=everyone["sari"], now=now
    )
    later = now + tasks_keeping.UNREAD + UPDATED
    assert (tasks_keeping.read_forgotten(now=now), tasks_keeping.check_forgotten(now=now)) == (0, 0)
    assert (tasks_keeping.read_forgotten(now=later), tasks_keeping.check_forgotten(now=later)) == (1, 1)
    tasks_keeping.read_forgotten(now=later)
    jobs = ProcrastinateJob.objects.all()
    assert jobs.filter(task_name="information.read_text", args__version_id=version.pk).count() == 1
    assert jobs.filter(task_name="information.check_version", args__version_id=waiting.pk).count() == 1
