"""Registers, reports, the public log, the service charter, the figures, the counter."""

import uuid
from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.audit import looks, verbs
from pendopo.base.files import owners
from pendopo.base.organizations.roles import roles_of
from pendopo.domains.information import service_pages, staff_pages
from pendopo.domains.information.doors import Door, doors
from pendopo.domains.information.models import ServicePage

VERBS = (
    (
        "information.register_opened",
        _("{actor} membuka {register} dengan data pemohon ({rows} baris). Keperluan: {purpose}"),
    ),
    ("information.register_exported", _("{actor} mengunduh {register} ({rows} baris). Keperluan: {purpose}")),
    ("information.register_seen", _("{actor} melihat data pemohon di register. Keperluan: {purpose}")),
    ("objections.register_seen", _("{actor} melihat data pengaju di register. Keperluan: {purpose}")),
    ("information.report_written", _("{actor} menulis laporan tahunan {year}.")),
    (
        "information.report_fixed",
        _("{actor} menetapkan laporan tahunan {year}; sidiknya dimulai dengan {digest}."),
    ),
    ("information.report_reopened", _("{actor} membuka lagi laporan tahunan {year}: {reason}")),
    ("information.page_published", _("{actor} menerbitkan {page}, berlaku sejak {day}.")),
)
DOORS = (
    Door(
        "log",
        _("Catatan permohonan"),
        _("Apa yang pernah diminta orang, dan jawabannya."),
        "information:log",
        "daftar",
        order=70,
    ),
    Door(
        "figures",
        _("PPID dalam angka"),
        _("Waktu menjawab, putusan, dan penolakan."),
        "information:figures",
        "grafik",
        order=80,
    ),
    Door(
        "charter",
        _("Maklumat pelayanan"),
        _("Janji kami, dapat dibaca dan didengarkan."),
        "information:charter",
        "centang",
        order=90,
    ),
    Door(
        "standard",
        _("Standar layanan"),
        _("Syarat, cara, waktu, dan biaya."),
        "information:standard",
        "huruf-i",
        order=95,
    ),
    Door(
        "report",
        _("Laporan tahunan"),
        _("Laporan layanan informasi yang sudah ditetapkan."),
        "information:reports-public",
        "dokumen",
        order=99,
    ),
)


def _linked(ids: Collection[uuid.UUID]) -> Iterable[uuid.UUID]:
    return ServicePage.objects.filter(audio__in=ids).values_list("audio", flat=True)


def _is_staff(user: object) -> bool:
    return roles_of(user).is_staff


def register() -> None:
    """Fill the registries. Called from `registration.register` only."""
    for verb, sentence in VERBS:
        verbs.register(verb, sentence)
    looks.register("information.register_seen")
    looks.register("objections.register_seen")
    owners.register("information-pages", _linked)
    staff_pages.register()
    for door in DOORS:
        doors.register(door)
    registries.seeds.register(
        registries.Seed(
            "information-pages", _("Maklumat dan standar layanan PPID"), service_pages.load, order=62
        )
    )
    registries.menu.register(
        registries.MenuItem(
            "information-work",
            _("PPID"),
            "information:work",
            audience="staff",
            icon="dokumen",
            order=34,
            for_whom=_is_staff,
        )
    )
