"""The demo government: offices, service areas, staff in every role, one seat empty, one head away."""

import datetime as dt
from collections.abc import Sequence

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.utils.text import slugify

from pendopo.base.accounts.models import User
from pendopo.base.organizations.demo_offices import AGENCIES, GOVERNMENT, INTAKE, SECRETARIAT
from pendopo.base.organizations.demo_staff import (
    CITIZEN,
    DOMAIN,
    HEAD_AWAY,
    OFFICER_AWAY,
    VACANT,
    Post,
    posts,
    sign_ins,
)
from pendopo.base.organizations.models import (
    ActingHead,
    ActingKind,
    Identity,
    Kind,
    Leave,
    Membership,
    Organization,
    Role,
    ServiceArea,
)
from pendopo.base.regions.demo import CITY_CODE, Geography, geography
from pendopo.base.registries.demo import City
from pendopo.kernel import clock

# Nobody can sign in with a password; the sign-in switch of demo mode is the only door.
NO_PASSWORD = UNUSABLE_PASSWORD_PREFIX + "kota-contoh"


def village_slug(name: str) -> str:
    return f"kel-{slugify(name)}"


def district_slug(name: str) -> str:
    return f"kec-{slugify(name)}"


def home_village(ground: Geography) -> str:
    """Code of the kelurahan whose officer stands in the sign-in list: by the river, in the middle of town."""
    wet = (village for village in ground.villages if village.riverside)
    return min(wet, key=lambda v: (v.latitude - ground.city.polygon.centroid.y) ** 2).code


@transaction.atomic
def build(city: City) -> None:
    """Offices, people and seats. Rows that stand are left alone."""
    ground = geography(city.seed)
    city.record("kantor", _offices(ground))
    offices = {office.slug: office for office in Organization.objects.all()}
    city.record("wilayah layanan", _service_areas(ground, offices))
    city.record("identitas", _identity(offices[GOVERNMENT]))
    home = next(v for v in ground.villages if v.code == home_village(ground))
    local = [office.slug for office in offices.values() if office.kind in (Kind.DISTRICT, Kind.VILLAGE)]
    staff = list(posts(city.rng("staff"), sorted(local), village_slug(home.name)))
    city.record("akun", _accounts(city, staff))
    people = {user.email: user for user in User.objects.filter(is_demo=True)}
    city.record("keanggotaan", _memberships(city, staff, offices, people))
    city.record("pejabat pengganti", _seats(city, offices, people))


def _offices(ground: Geography) -> int:
    """One tree in three plantings, since a child's path needs its parent's number."""
    root = Organization(
        slug=GOVERNMENT, name="Pemerintah Kota Sukamaju", short_name="Pemkot", kind=Kind.GOVERNMENT
    )
    root.region_id = CITY_CODE
    count = _plant([(root, None)])
    second = [
        Organization(
            slug=SECRETARIAT, name="Sekretariat Daerah", short_name="Setda", kind=Kind.SECRETARIAT,
            duties="membantu wali kota menyusun kebijakan dan mengoordinasikan perangkat daerah",
        )
    ]  # fmt: skip
    for agency in AGENCIES:
        second.append(
            Organization(
                slug=agency.slug, name=agency.name, short_name=agency.short, kind=Kind.AGENCY,
                duties=agency.duties, is_intake=agency.slug == INTAKE,
            )
        )  # fmt: skip
    names = {area.code: area.name for area in ground.districts}
    for area in ground.districts:
        second.append(
            Organization(
                slug=district_slug(area.name), name=f"Kecamatan {area.name}", short_name=f"Kec. {area.name}",
                kind=Kind.DISTRICT, region_id=area.code,
                duties="mengoordinasikan kelurahan, ketertiban, dan pelayanan umum di kecamatan",
            )
        )  # fmt: skip
    count += _plant([(office, GOVERNMENT) for office in second])
    third = [
        (
            Organization(
                slug=village_slug(v.name), name=f"Kelurahan {v.name}", short_name=f"Kel. {v.name}",
                kind=Kind.VILLAGE, region_id=v.code,
                duties="pelayanan surat, RT dan RW, serta kebersihan dan ketertiban di kelurahan",
            ),
            district_slug(names[v.district]),
        )
        for v in ground.villages
    ]  # fmt: skip
    return count + _plant(third)


def _plant(offices: Sequence[tuple[Organization, str | None]]) -> int:
    standing = set(Organization.objects.values_list("slug", flat=True))
    parents = {office.slug: office for office in Organization.objects.all()}
    new = []
    for number, (office, parent) in enumerate(offices):
        if office.slug in standing:
            continue
        office.parent = parents[parent] if parent else None
        office.email = f"{office.slug}@{DOMAIN}"
        office.phone = f"0800-000-{len(standing) + number:04}"
        new.append(office)
    Organization.objects.bulk_create(new)
    for office in new:
        office.path = f"{office.parent.path if office.parent else ''}{office.pk}."
    Organization.objects.bulk_update(new, ["path"])
    return len(new)


def _service_areas(ground: Geography, offices: dict[str, Organization]) -> int:
    standing = set(ServiceArea.objects.values_list("organization_id", flat=True))
    new = [
        ServiceArea(organization=office, region_id=office.region_id or CITY_CODE)
        for office in offices.values()
        if office.pk not in standing
    ]
    ServiceArea.objects.bulk_create(new)
    return len(new)


def _identity(root: Organization) -> int:
    _row, made = Identity.objects.get_or_create(
        organization=root,
        defaults={
            "display_name": "Kota Sukamaju",
            "tagline": "Satu pintu untuk bertanya, melapor, dan terjawab",
            "colour": "#0f6b57",
            "contact_email": f"halo@{DOMAIN}",
            "contact_phone": "0800-000-0112",
        },
    )
    return int(made)


def _accounts(city: City, staff: list[Post]) -> int:
    wanted = {post.email: post.name for post in staff} | {CITIZEN.email: CITIZEN.name}
    standing = set(User.objects.filter(email__in=wanted).values_list("email", flat=True))
    joined = city.now - dt.timedelta(days=500)
    notes = {star.email: star.role for star in sign_ins()}
    administrators = {post.email for post in staff if post.role == Role.ADMINISTRATOR}
    new = [
        User(
            email=email,
            name=name,
            is_demo=True,
            demo_note=notes.get(email, ""),
            is_staff=email in administrators,
            password=NO_PASSWORD,
            date_joined=joined,
        )
        for email, name in wanted.items()
        if email not in standing
    ]  # fmt: skip
    User.objects.bulk_create(new)
    return len(new)


def _memberships(
    city: City, staff: list[Post], offices: dict[str, Organization], people: dict[str, User]
) -> int:
    """Everybody has worked since before the year of reports, so that no story meets a stranger."""
    since = clock.local_date(city.now) - dt.timedelta(days=480)
    standing = set(Membership.objects.values_list("user_id", "organization_id", "role"))
    new = [
        Membership(user=people[p.email], organization=offices[p.office], role=p.role, since=since)
        for p in staff
        if (people[p.email].pk, offices[p.office].pk, p.role) not in standing
    ]
    Membership.objects.bulk_create(new)
    return len(new)


def _seats(city: City, offices: dict[str, Organization], people: dict[str, User]) -> int:
    """An empty seat (Plt), a head on leave (Plh) and an officer on leave, around the day of building."""
    if ActingHead.objects.filter(organization__in=(offices[VACANT], offices[HEAD_AWAY])).exists():
        return 0
    today = clock.local_date(city.now)
    week = (today - dt.timedelta(days=3), today + dt.timedelta(days=11))
    ActingHead.objects.bulk_create(
        [
            ActingHead(
                organization=offices[VACANT], user=_officer(offices[VACANT]), kind=ActingKind.PLT,
                decree="821.2/114/BKPSDM", since=today - dt.timedelta(days=70),
            ),
            ActingHead(
                organization=offices[HEAD_AWAY], user=_officer(offices[HEAD_AWAY]), kind=ActingKind.PLH,
                decree="800/207/BKPSDM", since=week[0], until=week[1],
            ),
        ]
    )  # fmt: skip
    away = _officer(offices[OFFICER_AWAY], skip=1)
    head = people[f"kepala.{HEAD_AWAY}@{DOMAIN}"]
    Leave.objects.bulk_create(
        [
            Leave(user=head, since=week[0], until=week[1], note="cuti tahunan"),
            Leave(user=away, since=week[0], until=week[1], note="cuti melahirkan"),
        ]
    )
    return 4


def _officer(office: Organization, *, skip: int = 0) -> User:
    rows = Membership.objects.filter(organization=office, role=Role.OFFICER).select_related("user")
    return rows.order_by("pk")[skip].user
