"""A small government and its people for tests, as real rows in eight statements."""

import datetime as dt
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from pendopo.base.accounts.models import User
from pendopo.base.organizations import tree
from pendopo.base.organizations.models import Identity, Kind, Membership, Organization, Role, ServiceArea
from pendopo.base.regions.models import Level, Region
from pendopo.kernel.testing import again

SINCE = dt.date(2020, 1, 1)


@dataclass(frozen=True)
class Government:
    """Kota Uji: the offices that tests name."""

    root: Organization
    secretariat: Organization
    intake: Organization  # Dinas Komunikasi dan Informatika
    works: Organization  # Dinas Pekerjaan Umum
    environment: Organization  # Dinas Lingkungan Hidup
    district: Organization  # Kecamatan Melati
    villages: tuple[Organization, Organization]  # Kelurahan Mawar, Kelurahan Kenanga
    regions: dict[str, Region]  # by code


_REGIONS = [
    ("99", "Provinsi Contoh", Level.PROVINCE, None),
    ("99.71", "Kota Uji", Level.REGENCY, "99"),
    ("99.71.01", "Melati", Level.DISTRICT, "99.71"),
    ("99.71.01.1001", "Mawar", Level.VILLAGE, "99.71.01"),
    ("99.71.01.1002", "Kenanga", Level.VILLAGE, "99.71.01"),
    ("99.71.02", "Anggrek", Level.DISTRICT, "99.71"),
    ("99.71.02.1001", "Cempaka", Level.VILLAGE, "99.71.02"),
    ("99.71.02.1002", "Flamboyan", Level.VILLAGE, "99.71.02"),
]

_OFFICES = [  # slug, name, short name, kind, region, position of the parent in this list
    ("kota-uji", "Kota Uji", "", Kind.GOVERNMENT, "99.71", None),
    ("setda", "Sekretariat Daerah", "Setda", Kind.SECRETARIAT, None, 0),
    ("diskominfo", "Dinas Komunikasi dan Informatika", "Diskominfo", Kind.AGENCY, None, 0),
    ("dpu", "Dinas Pekerjaan Umum", "DPU", Kind.AGENCY, None, 0),
    ("dlh", "Dinas Lingkungan Hidup", "DLH", Kind.AGENCY, None, 0),
    ("kecamatan-melati", "Kecamatan Melati", "", Kind.DISTRICT, "99.71.01", 0),
    ("kelurahan-mawar", "Kelurahan Mawar", "", Kind.VILLAGE, "99.71.01.1001", 5),
    ("kelurahan-kenanga", "Kelurahan Kenanga", "", Kind.VILLAGE, "99.71.01.1002", 5),
]

PEOPLE = {  # fixture name: full name, office slug, role
    "sari": ("Sari Wulandari", "dpu", Role.OFFICER),
    "budi": ("Budi Santoso", "dpu", Role.OFFICER),
    "ibu_ratna": ("Ratna Kusuma", "dpu", Role.HEAD),
    "tono": ("Tono Prasetyo", "dlh", Role.OFFICER),
    "koordinator": ("Wahyu Hidayat", "diskominfo", Role.COORDINATOR),
    "pengamat": ("Nur Aini", "diskominfo", Role.OBSERVER),
    "administrator": ("Dewi Lestari", "kota-uji", Role.ADMINISTRATOR),
    "sekda": ("Hadi Sutrisno", "setda", Role.HEAD),
    "lurah_officer": ("Joko Susilo", "kelurahan-mawar", Role.OFFICER),
    "warga": ("Rina Marlina", None, None),
}


def build_government() -> Government:
    """Write Kota Uji: eight regions, eight offices, three service areas."""
    return again("government", _write_government)


def build_people(government: Government) -> dict[str, User]:
    """Write everybody of `PEOPLE` with a verified e-mail address and no usable password."""
    return again("people", lambda: _write_people(government))


def _write_government() -> Government:
    regions = Region.objects.bulk_create(
        Region(code=code, name=name, level=level, parent_id=parent, served=parent is not None,
               latitude=-7.57, longitude=110.82)
        for code, name, level, parent in _REGIONS
    )  # fmt: skip
    ids = tree.reserve_ids(Organization, len(_OFFICES))
    offices: list[Organization] = []
    for pk, (slug, name, short, kind, region, above) in zip(ids, _OFFICES, strict=True):
        parent = None if above is None else offices[above]
        path = f"{parent.path if parent else ''}{pk}."
        offices.append(
            Organization(pk=pk, slug=slug, name=name, short_name=short, kind=kind, region_id=region,
                         parent=parent, path=path, is_intake=slug == "diskominfo")
        )  # fmt: skip
    Organization.objects.bulk_create(offices)
    Identity.objects.create(organization=offices[0], display_name="Kota Uji")
    ServiceArea.objects.bulk_create(
        ServiceArea(organization=office, region_id=office.region_id)
        for office in offices[5:]
        if office.region_id
    )
    root, secretariat, intake, works, environment, district, mawar, kenanga = offices
    return Government(
        root, secretariat, intake, works, environment, district, (mawar, kenanga),
        {region.code: region for region in regions},
    )  # fmt: skip


def _write_people(government: Government) -> dict[str, User]:
    users = {
        key: User(email=f"{key.replace('_', '.')}@uji.example", name=name, password="!")
        for key, (name, _office, _role) in PEOPLE.items()
    }
    User.objects.bulk_create(users.values())
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users.values()
    )
    offices = {
        office.slug: office
        for office in (
            government.root, government.secretariat, government.intake, government.works,
            government.environment, government.district, *government.villages,
        )
    }  # fmt: skip
    Membership.objects.bulk_create(
        Membership(user=users[key], organization=offices[slug], role=role, since=SINCE)
        for key, (_name, slug, role) in PEOPLE.items()
        if slug and role
    )
    return users
