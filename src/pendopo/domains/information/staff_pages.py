"""Pages of PPID's staff, side by side under one entry of the staff menu. Each part of the room may add its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext_lazy as _

from pendopo.base.registries import Registry, Text
from pendopo.domains.information.policy import who


@dataclass(frozen=True)
class StaffPage:
    """`url_name` is reversed with `args`; `may(user)` says who has such a page.

    Addresses below the page's own belong to it unless it is `alone`, and those of the names in `also`.
    """

    key: str
    label: Text
    url_name: str
    args: tuple[Any, ...] = ()
    may: Callable[[Any], bool] = who.is_ppid
    order: int = 0
    also: tuple[str, ...] = ()
    alone: bool = False

    @property
    def url(self) -> str:
        return reverse(self.url_name, args=self.args)


pages: Registry[StaffPage] = Registry("PPID staff pages")


def page_of(path: str, match: ResolverMatch | None) -> StaffPage | None:
    """The page that an address belongs to: by name, else the closest above it."""
    name = match.view_name if match else ""
    named = [page for page in pages if name in page.also]
    above = [page for page in pages if path == page.url or (path.startswith(page.url) and not page.alone)]
    return max(named or above, key=lambda page: len(page.url), default=None)


def everybody(_user: Any) -> bool:
    return True


def register() -> None:
    """Called once from `registration_openness.register`."""
    for page in (
        StaffPage("work", _("Pekerjaan"), "information:work", may=everybody, order=10, alone=True),
        StaffPage("counter", _("Loket"), "information:counter", may=who.serves_requests, order=20),
        StaffPage("tasks", _("Permintaan untuk unit"), "information:tasks", order=30),
        StaffPage(
            "items", _("Daftar informasi"), "information:items", may=everybody, order=40,
            also=("information:decrees", "information:decree", "information:fix-items"),
        ),
        StaffPage(
            "tests", _("Uji konsekuensi"), "information:tests", may=everybody, order=50,
            also=("information:fix-tests",),
        ),
        StaffPage(
            "register", _("Register"), "information:register", ("permohonan",), everybody, 60,
            also=("information:register", "information:register-people"),
        ),
        StaffPage("report", _("Laporan tahunan"), "information:reports", may=everybody, order=70),
        StaffPage("pages", _("Halaman layanan"), "information:service-pages", may=everybody, order=80),
        StaffPage("limits", _("Batas waktu"), "information:limits", order=90),
    ):  # fmt: skip
        pages.register(page)
