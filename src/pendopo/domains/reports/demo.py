"""The reports of the demo city: a year of them, written batch by batch. Safe to interrupt, safe to repeat."""

import datetime as dt
import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.audit.models import Entry
from pendopo.base.files.actions import store
from pendopo.base.files.models import File, FileKind
from pendopo.base.organizations import tree
from pendopo.base.organizations.demo import home_village
from pendopo.base.organizations.models import Organization
from pendopo.base.regions.demo import geography
from pendopo.base.regions.models import Region
from pendopo.base.registries.demo import City
from pendopo.domains.reports.demo_build import Batch
from pendopo.domains.reports.demo_build_context import Context
from pendopo.domains.reports.demo_build_intake import arrived
from pendopo.domains.reports.demo_build_people import Cast, cast_for
from pendopo.domains.reports.demo_build_replay import Replay
from pendopo.domains.reports.demo_desks import sampled
from pendopo.domains.reports.demo_photos import SCENES, draw
from pendopo.domains.reports.demo_rules import (
    AUTOMATIC_SINCE,
    MIN_CASES,
    MIN_PRECISION,
    RULES,
    RULES_SINCE,
    unsaved,
)
from pendopo.domains.reports.demo_sampling import ReportDraft
from pendopo.domains.reports.models import Category, Report, RoutingPolicy, RoutingRule
from pendopo.kernel.ids import ALPHABET

REPORTS = 12_000
AT_ONCE = 1000  # reports of one transaction
PHOTOS = 40
BEGUN = "reports.demo_begun"


def build(city: City) -> None:
    """Twelve months of reports with everything that hangs on them."""
    build_year(city, REPORTS)


def build_year(city: City, n: int) -> None:
    """`n` reports. A report whose number stands already is skipped, so a run that was cut off goes on."""
    codes = _codes(city, n)
    standing = dict(Report.objects.filter(code__in=[code for code, _slug in codes]).values_list("code", "pk"))
    if len(standing) == n:
        return
    city = _begun(city)
    city.say("  menulis cerita setahun …")
    year = sampled(city, n)
    context = _context(city, cast_for(year))
    parents = {draft.same_as for draft in year.drafts}
    with _without_collecting():
        for start in range(0, n, AT_ONCE):
            made = _write(context, year.drafts[start : start + AT_ONCE], codes, standing, parents)
            city.record("laporan", made)
            city.say(f"  {min(start + AT_ONCE, n)} dari {n} laporan")


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Rows live until they are written, so looking for garbage among them is a fifth of the time for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _codes(city: City, n: int) -> list[tuple[str, str]]:
    """Code and slug of each report: the same seed gives the same numbers, so that a second run finds them."""
    rng = city.rng("codes")

    def signs(count: int) -> str:
        return "".join(rng.choices(ALPHABET, k=count))

    return [(f"LAP-{signs(4)}-{signs(4)}", signs(10).lower()) for _ in range(n)]


@transaction.atomic
def _begun(city: City) -> City:
    """The city at the moment its first report was written: a run that goes on counts days from there."""
    entry = Entry.objects.filter(verb=BEGUN).first()
    if entry is None:
        entry = record(actor=None, verb=BEGUN, subject=None, at=city.now, facts={"seed": city.seed})
    return City(now=entry.at, seed=city.seed, say=city.say, made=city.made)


def _context(city: City, cast: Cast) -> Context:
    city.record("foto", _draw_photos(city))
    city.record("aturan disposisi", _save_rules(city, cast))
    photos: dict[str, list[File]] = {scene: [] for scene in SCENES}
    for file in File.objects.filter(name__startswith="contoh-").order_by("name"):
        photos.setdefault(file.name.removeprefix("contoh-").rpartition("-")[0], []).append(file)
    return Context(
        city=city,
        now=city.now,
        cast=cast,
        categories={category.key: category for category in Category.objects.all()},
        rules={rule.name: rule for rule in RoutingRule.objects.all()},
        photos=photos,
    )


def _draw_photos(city: City) -> int:
    """Drawn once; many reports show the same file, as many citizens photograph the same street."""
    standing = set(File.objects.filter(name__startswith="contoh-").values_list("name", flat=True))
    drawn = 0
    for number in range(PHOTOS):
        scene = list(SCENES)[number % len(SCENES)]
        name = f"contoh-{scene}-{number // len(SCENES) + 1}.jpg"
        if name not in standing:
            data = draw(scene, city.rng(f"photo {name}"))
            upload = SimpleUploadedFile(name, data, "image/jpeg")
            store(upload=upload, by=None, now=city.now, allowed=frozenset({FileKind.IMAGE}))
            drawn += 1
    return drawn


@transaction.atomic
def _save_rules(city: City, cast: Cast) -> int:
    """The koordinator's rules and threshold; what stands already stays as it is."""
    standing = set(RoutingRule.objects.values_list("name", flat=True))
    new = [seed for seed in RULES if seed.name not in standing]
    if not new:
        return 0
    by, home = cast.coordinators[0], home_village(geography(city.seed))
    since = city.now - dt.timedelta(days=RULES_SINCE)
    for seed in new:
        rule = unsaved(seed)
        rule.office = cast.offices[seed.office] if seed.office else None
        rule.changed_by, rule.changed_at = by, since
        rule.save()
        rule.categories.set(Category.objects.filter(key=seed.category))
        rule.regions.set(Region.objects.filter(code=home) if seed.at_home else [])
        _remember(cast.intake, by, "rule_saved", rule, since, {"name": rule.name})
    row, _new = RoutingPolicy.objects.get_or_create(pk=1)
    row.automatic, row.min_precision, row.min_cases = True, MIN_PRECISION, MIN_CASES
    row.changed_by, row.changed_at = by, city.now - dt.timedelta(days=AUTOMATIC_SINCE)
    row.save()
    facts = {"automatic": True, "percent": round(MIN_PRECISION * 100)}
    _remember(cast.intake, by, "policy_saved", row, row.changed_at, facts)
    return len(new)


def _remember(
    office: Organization, by: User, verb: str, row: RoutingRule | RoutingPolicy, at: dt.datetime,
    facts: Mapping[str, object],
) -> None:  # fmt: skip
    record(actor=by, verb=f"reports.{verb}", subject=row, organization=office, facts=facts, at=at)


def _write(
    context: Context,
    drafts: Sequence[ReportDraft],
    codes: Sequence[tuple[str, str]],
    standing: dict[str, int],
    parents: set[int | None],
) -> int:
    """Tell and insert those drafts that have no report yet; returns how many."""
    new = [draft for draft in drafts if codes[draft.number][0] not in standing]
    old = [draft.number for draft in drafts if draft.number in parents and codes[draft.number][0] in standing]
    context.told.update({n: Report.objects.get(pk=standing[codes[n][0]]) for n in old})
    batch = Batch()
    for draft, pk in zip(new, tree.reserve_ids(Report, len(new)), strict=True):
        code, slug = codes[draft.number]
        report = arrived(draft, context, batch, pk=pk, code=code, slug=slug)
        if draft.number in parents:
            context.told[draft.number] = report
        Replay(report, draft, context, batch).tell()
    return batch.write() if new else 0
