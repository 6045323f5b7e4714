"""What the desk shows to others, registered once when Django is ready."""

from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.audit import verbs


def register() -> None:
    """Called from `apps.ready` only."""
    verbs.register("desk.exported", _("{actor} mengunduh daftar {kind} dari meja kerja."))
    verbs.register("desk.bulk_planned", _("{actor} menyiapkan tindakan sekaligus: {verb}, {count} kasus."))
    verbs.register("desk.bulk_undone", _("{actor} membatalkan tindakan sekaligus: {verb}, {count} kasus."))
    verbs.register(
        "desk.bulk_done",
        _("Tindakan sekaligus {actor} selesai: {verb}, {count} kasus; {left} tidak dijalankan."),
    )
    verbs.register("desk.view_saved", _("{actor} menyimpan saringan {name} untuk dipakai bersama."))
    verbs.register("desk.view_removed", _("{actor} menghapus saringan bersama {name}."))
    registries.menu.register(
        registries.MenuItem("desk", _("Meja kerja"), "desk:home", audience="staff", icon="kantor", order=10)
    )
