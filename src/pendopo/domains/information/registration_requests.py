"""Requests and objections as citizens file them: verbs of history, notices, letters, personal data."""

from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.files import seal_hosts
from pendopo.domains.information import history_requests, numbering, personal, receipts, sealing
from pendopo.domains.information.actions import identity
from pendopo.domains.information.doors import Door, doors


def register() -> None:
    """Fill the registries. Called from `registration.register` only."""
    history_requests.register()
    receipts.register()
    personal.register()
    seal_hosts.register(sealing.HOST, seal_hosts.SealHost(linked=sealing.linked, opening=identity.opening))
    registries.seeds.register(
        registries.Seed("information-numbers", _("Pola nomor register PPID"), numbering.load, order=61)
    )
    registries.menu.register(
        registries.MenuItem(
            "ask-information", _("Minta informasi"), "information:ask", icon="surat", order=52
        )
    )
    for door in (
        Door("ask", _("Ajukan permohonan"), _("Bila yang Anda cari belum ada. Gratis, tanpa akun."),
             "information:ask", "surat", order=20, main=True),
        Door("follow", _("Lacak permohonan"), _("Dengan kode lacak dan telepon atau surel Anda."),
             "information:follow", "jam", order=30),
    ):  # fmt: skip
        doors.register(door)
