"""The offices a real government starts with, built from its regions. Run again, it adds what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from pendopo.base.organizations import tree
from pendopo.base.organizations.models import Identity, Kind, Organization, ServiceArea
from pendopo.base.regions.models import Level, Region

_FIRST_CITY = 71  # regency numbers from 71 on are cities (kota)
_PAPUA = {"91", "92", "93", "94", "95", "96"}  # where a kecamatan is called distrik
_VILLAGE_WORDS = {"1": "Kelurahan", "2": "Desa", "3": "Desa Adat"}
_INTAKE_DUTIES = (
    "Menerima dan mengoordinasikan laporan warga, informasi publik dan PPID, media dan kehumasan, situs dan "
    "aplikasi pemerintah, Wi-Fi publik, statistik, persandian."
)
_SECRETARIAT_DUTIES = (
    "Menyusun kebijakan dan mengoordinasikan perangkat daerah, hukum, organisasi, pengadaan, kesejahteraan "
    "rakyat."
)


@dataclass(frozen=True)
class Plan:
    """An office to open. `above` is the region of its kecamatan office, "" directly below the government."""

    slug: str
    name: str
    kind: str
    short: str = ""
    duties: str = ""
    region: str = ""
    above: str = ""
    is_intake: bool = False


@transaction.atomic
def build(region_code: str) -> None:
    """Root, secretariat, Diskominfo, the usual agencies, one office for each kecamatan and kelurahan/desa.

    `region_code` is the government's own (33.72); a province gets no territorial offices, they belong to its
    regencies. Offices that an administrator renamed or closed stay as they are.
    """
    root = _root(Region.objects.get(code=region_code))
    taken = set(Organization.objects.values_list("slug", flat=True))
    territorial = Organization.objects.filter(kind__in=[Kind.DISTRICT, Kind.VILLAGE], region__isnull=False)
    offices = {office.region_id or "": office for office in territorial}
    plans = [plan for plan in _agencies() if plan.slug not in taken and not _has_one(plan)]
    _open(root, plans, offices)
    taken.update(plan.slug for plan in plans)
    for level in (Level.DISTRICT, Level.VILLAGE):
        _open(root, list(_territory(region_code, level, offices, taken)), offices)


def _root(region: Region) -> Organization:
    root = Organization.objects.filter(kind=Kind.GOVERNMENT).first()
    if root is None:
        name = _government_name(region)
        root = Organization.objects.create(
            slug="pemerintah", name=f"Pemerintah {name}", kind=Kind.GOVERNMENT, region=region
        )
        Identity.objects.create(organization=root, display_name=name)
    return root


def _government_name(region: Region) -> str:
    if region.level == Level.PROVINCE:
        word = "Provinsi"
    else:
        word = "Kota" if int(region.code.split(".")[1]) >= _FIRST_CITY else "Kabupaten"
    return region.name if region.name.startswith(word) else f"{word} {region.name}"


def _has_one(plan: Plan) -> bool:
    """The secretariat and the intake office exist once, whatever they are called."""
    if plan.kind == Kind.SECRETARIAT:
        return Organization.objects.filter(kind=Kind.SECRETARIAT).exists()
    return plan.is_intake and Organization.objects.filter(is_intake=True).exists()


def _agencies() -> Iterator[Plan]:
    yield Plan("setda", "Sekretariat Daerah", Kind.SECRETARIAT, "Setda", _SECRETARIAT_DUTIES)
    yield Plan(
        "diskominfo", "Dinas Komunikasi dan Informatika", Kind.AGENCY, "Diskominfo", _INTAKE_DUTIES,
        is_intake=True,
    )  # fmt: skip
    for line in (Path(__file__).parent / "data" / "agencies.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            slug, short, name, duties = (part.strip() for part in line.split("|"))
            yield Plan(slug, name, Kind.AGENCY, short, duties)


def _territory(code: str, level: Level, offices: dict[str, Organization], taken: set[str]) -> Iterator[Plan]:
    """Offices of one level that are missing. Names repeat between kecamatan: slugs grow until free."""
    if code.count(".") == 0:
        return
    kind = Kind.DISTRICT if level == Level.DISTRICT else Kind.VILLAGE
    regions = Region.objects.filter(code__startswith=f"{code}.", level=level).select_related("parent")
    for region in regions.order_by("code"):
        if region.code in offices:
            continue
        name = f"{_word(region)} {region.name}"
        above = region.parent if kind == Kind.VILLAGE else None
        choices = [slugify(name)[:60], slugify(f"{name} {above.name if above else ''}")[:70]]
        slug = next((s for s in choices if s and s not in taken), f"{choices[0]}-{slugify(region.code)}")
        taken.add(slug)
        yield Plan(slug, name, kind, region=region.code, above=above.code if above else "")


def _word(region: Region) -> str:
    parts = region.code.split(".")
    if region.level == Level.DISTRICT:
        return "Distrik" if parts[0] in _PAPUA else "Kecamatan"
    return _VILLAGE_WORDS.get(parts[-1][:1], "Desa")


def _open(root: Organization, plans: list[Plan], offices: dict[str, Organization]) -> None:
    """Write the planned offices with one INSERT, and the areas they serve with another."""
    opened = []
    for pk, plan in zip(tree.reserve_ids(Organization, len(plans)), plans, strict=True):
        parent = offices.get(plan.above, root)
        opened.append(
            Organization(
                pk=pk, slug=plan.slug, name=plan.name[:160], short_name=plan.short, kind=plan.kind,
                parent=parent, path=f"{parent.path}{pk}.", region_id=plan.region or None,
                is_intake=plan.is_intake, duties=plan.duties,
            )
        )  # fmt: skip
    Organization.objects.bulk_create(opened, batch_size=1000)
    territorial = {office.region_id: office for office in opened if office.region_id}
    offices.update(territorial)
    ServiceArea.objects.bulk_create(
        (ServiceArea(organization=office, region_id=code) for code, office in territorial.items()),
        batch_size=1000,
    )
