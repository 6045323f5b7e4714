"""Who works in the demo government. People of the sign-in list have fixed names; the rest are dice."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from pendopo.base.organizations.demo_offices import AGENCIES, INTAKE, SECRETARIAT, person, titled
from pendopo.base.organizations.models import Role

DOMAIN = "sukamaju.example"


@dataclass(frozen=True)
class Post:
    """One person in one office. `email` is the account's name; the same e-mail is the same person."""

    email: str
    name: str
    office: str  # slug; empty for a citizen
    role: str
    note: str = ""


@dataclass(frozen=True)
class SignIn:
    """A line of the demo's one-tap sign-in list."""

    role: str
    name: str
    email: str


def _mail(local: str) -> str:
    return f"{local}@{DOMAIN}"


# The village officer's office is filled in by `posts`: it is the first kelurahan by the river.
STARS = (
    (Post(_mail("koordinator"), "Dewi Anggraini", INTAKE, Role.COORDINATOR), _("Koordinator Diskominfo")),
    (Post(_mail("petugas.dpu"), "Sari Puspitasari", "dpu", Role.OFFICER), _("Petugas DPU")),
    (Post(_mail("pemeriksa.dpu"), "Bagus Pratama", "dpu", Role.OFFICER), _("Petugas DPU kedua (pemeriksa)")),
    (Post(_mail("kepala.dpu"), "Ratna Kusumawardani, S.T., M.T.", "dpu", Role.HEAD), _("Kepala DPU")),
    (Post(_mail("petugas.dlh"), "Tono Sugiarto", "dlh", Role.OFFICER), _("Petugas DLH")),
    (Post(_mail("petugas.kelurahan"), "Lilis Suryana", "", Role.OFFICER), _("Petugas kelurahan")),
    (Post(_mail("sekda"), "Bambang Sulistyo, M.Si.", SECRETARIAT, Role.HEAD), _("Sekretaris Daerah")),
    (Post(_mail("pengamat"), "Laras Maharani", INTAKE, Role.OBSERVER), _("Pengamat")),
    (Post(_mail("administrator"), "Hendra Wijaya", INTAKE, Role.ADMINISTRATOR), _("Administrator")),
)
CITIZEN = SignIn(_("Warga"), "Siti Rahma Hidayat", "warga@contoh.example")

# Seats that tell a story: an empty seat with a Plt, a head on leave with a Plh, an officer on leave.
VACANT, HEAD_AWAY, OFFICER_AWAY = "disperindag", "dishub", "dlh"


def sign_ins() -> tuple[SignIn, ...]:
    """Role, name and e-mail of everybody the demo offers for one-tap sign-in. No password exists."""
    return (*(SignIn(label, post.name, post.email) for post, label in STARS), CITIZEN)


def posts(rng: random.Random, offices: Sequence[str], home: str) -> Iterator[Post]:
    """Everybody with an office. `offices` are kecamatan and kelurahan slugs, `home` the star's kelurahan."""
    taken = {(post.office, post.role) for post, _label in STARS}
    for post, _label in STARS:
        yield Post(post.email, post.name, post.office or home, post.role)
    for number in (2, 3):
        yield Post(_mail(f"koordinator{number}"), person(rng), INTAKE, Role.COORDINATOR)
    for agency in AGENCIES:
        if agency.slug != VACANT and (agency.slug, Role.HEAD) not in taken:
            yield Post(_mail(f"kepala.{agency.slug}"), titled(rng, person(rng)), agency.slug, Role.HEAD)
        for number in range(1, rng.choice((2, 3, 3)) + 1):
            yield Post(_mail(f"{agency.slug}{number}"), person(rng), agency.slug, Role.OFFICER)
    for slug in offices:
        yield Post(_mail(f"kepala.{slug}"), titled(rng, person(rng)), slug, Role.HEAD)
        if slug != home:
            yield Post(_mail(f"petugas.{slug}"), person(rng), slug, Role.OFFICER)
