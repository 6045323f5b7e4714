"""Which offices are PPID Utama and Atasan PPID in this government."""

from django.utils.translation import gettext as _

from pendopo.base.organizations.models import Kind, Organization
from pendopo.kernel.caches import timed
from pendopo.kernel.errors import Refused


class NoPPID(Refused):
    """The government is not set up: no office receives requests yet."""


@timed(20)
def main_office() -> Organization:
    """PPID Utama's office, kept for 20 seconds in each process. Raises NoPPID."""
    office = Organization.objects.filter(is_intake=True, active=True).first()
    if office is None:
        raise NoPPID(_("Kantor PPID Utama belum diatur. Jalankan `pendopo regions load KODE` lebih dahulu."))
    return office


@timed(20)
def atasan_office() -> Organization:
    """The office of Atasan PPID: the secretariat, or the government itself where it has none."""
    found = Organization.objects.filter(kind__in=(Kind.SECRETARIAT, Kind.GOVERNMENT), active=True)
    offices = {office.kind: office for office in found}
    office = offices.get(Kind.SECRETARIAT) or offices.get(Kind.GOVERNMENT)
    if office is None:
        raise NoPPID(_("Kantor Atasan PPID belum diatur. Jalankan `pendopo regions load KODE` lebih dahulu."))
    return office


@timed(20)
def body() -> Organization:
    """The public body (badan publik) whose registers count: the government as a whole. Raises NoPPID."""
    office = Organization.objects.filter(kind=Kind.GOVERNMENT, active=True).first()
    if office is None:
        raise NoPPID(_("Pemerintah daerah belum diatur. Jalankan `pendopo regions load KODE` lebih dahulu."))
    return office
