"""`pendopo demo` builds once, says so the second time, and refuses where it would do harm."""

import io

import pytest
from django.core.management import CommandError, call_command

from pendopo.base.organizations.models import Kind, Organization
from pendopo.base.regions.models import Level, Region
from pendopo.base.registries import DemoPart, demo_parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def only_ground_and_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts of other rooms have their own tests; here two are enough."""
    few = {part.key: part for part in demo_parts if part.key in ("regions", "organizations")}
    monkeypatch.setattr(demo_parts, "_entries", few)


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("only_ground_and_offices")
def test_the_second_run_changes_nothing_and_says_so():
    assert "151" not in run("--signins")
    assert "Kota Sukamaju siap dalam" in run()
    assert "tidak ada yang diubah" in run()


@pytest.mark.usefixtures("only_ground_and_offices")
def test_an_interrupted_run_is_completed_by_the_next(monkeypatch):
    def breaks(_city):
        raise KeyboardInterrupt

    demo_parts.register(DemoPart("broken", "Bagian yang terputus", breaks, order=15))
    with pytest.raises(KeyboardInterrupt):
        run()
    assert not Organization.objects.exists()
    monkeypatch.setattr(demo_parts, "_entries", {p.key: p for p in demo_parts if p.key != "broken"})
    assert "218 kantor" in run()


def test_production_is_refused(settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="mode produksi"):
        run()
    assert not Region.objects.exists()


def test_a_database_of_another_government_is_refused():
    Organization.objects.create(slug="pemkot-lain", name="Pemerintah Kota Lain", kind=Kind.GOVERNMENT)
    with pytest.raises(CommandError, match="Pemerintah Kota Lain"):
        run()


def test_a_database_with_real_areas_is_refused():
    Region.objects.create(code="33.72", name="Surakarta", level=Level.REGENCY)
    with pytest.raises(CommandError, match="Surakarta"):
        run()


def test_the_sign_in_list_prints_role_name_and_address():
    lines = run("--signins").splitlines()
    assert len(lines) == 10
    assert any("Koordinator" in line and "koordinator@sukamaju.example" in line for line in lines)
