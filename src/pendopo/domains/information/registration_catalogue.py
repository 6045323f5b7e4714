"""The open catalogue: menu, search, figures, harvest."""

from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.domains.information import showing
from pendopo.domains.information.doors import Door, doors


def register() -> None:
    """Fill the registries. Called from `registration.register` only."""
    registries.menu.register(registries.MenuItem("ppid", _("PPID"), "information:home", icon="dokumen", order=50))
    registries.search_sources.register(
        registries.SearchSource("information", _("Informasi publik"), showing.find, 20)
    )
    registries.figures.register(
        registries.Figure(
            "information.items", _("Informasi publik terbuka dibaca"), _("Entri daftar yang sudah ditetapkan dan terbit."),
            count=showing.count_items, url=showing.list_url, order=50,
        )
    )  # fmt: skip
    registries.figures.register(
        registries.Figure(
            "information.downloads", _("Unduhan tahun ini"), _("Berkas informasi publik yang diunduh orang sejak Januari."),
            count=showing.count_downloads, url=showing.downloads_url, order=51,
        )
    )  # fmt: skip
    doors.register(
        Door("find", _("Cari informasi"), _("Menurut kata, jenis, kantor, tahun, atau format."), "information:list",
             "cari", order=10)
    )  # fmt: skip
    doors.register(
        Door("dip", _("Daftar Informasi Publik"), _("Daftar resmi dengan semua kolomnya, siap dicetak atau diunduh."),
             "information:dip", "daftar", order=60)
    )  # fmt: skip
