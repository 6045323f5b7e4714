import pytest

from pendopo.base.accounts.models import User
from pendopo.base.audit import secrecy
from pendopo.base.audit.models import Entry
from pendopo.base.audit.tests.acts import wrote
from pendopo.base.organizations.testing import Government

pytestmark = pytest.mark.django_db

STAFF = {
    "sari", "budi", "ibu_ratna", "tono", "koordinator", "pengamat", "administrator", "sekda", "lurah_officer",
}  # fmt: skip


def readers(everyone, entry: Entry) -> set[str]:
    return {name for name, user in everyone.items() if Entry.objects.visible_to(user).filter(pk=entry.pk)}


def test_an_entry_is_read_by_its_office_its_actor_and_the_administrator(
    everyone, government: Government
) -> None:
    entry = wrote(actor=everyone["tono"], organization=government.works)
    assert readers(everyone, entry) == {"sari", "budi", "ibu_ratna", "tono", "administrator"}


def test_an_entry_without_office_is_only_for_the_administrator(everyone, government: Government) -> None:
    assert readers(everyone, wrote()) == {"administrator"}


def test_a_restricted_entry_is_only_for_who_does_the_work_of_its_office(
    everyone, government: Government
) -> None:
    entry = wrote(actor=everyone["tono"], organization=government.works, restricted=True)
    assert readers(everyone, entry) == {"sari", "budi", "ibu_ratna"}
    entry = wrote(organization=government.intake, restricted=True)
    assert readers(everyone, entry) == {"koordinator"}  # not the observer of the same office
    entry = wrote(organization=government.root, restricted=True)
    assert readers(everyone, entry) == set()  # not even the administrator of that office
    entry = wrote(actor=everyone["sari"], restricted=True)
    assert readers(everyone, entry) == set()


def test_a_case_that_became_secret_later_hides_its_older_entries(
    everyone, government: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    tono, sari = everyone["tono"], everyone["sari"]
    about_tono = wrote(subject=tono, organization=government.works)
    about_sari = wrote(subject=sari, organization=government.works)
    no_subject = wrote(organization=government.works)
    monkeypatch.setattr(secrecy, "_guards", {})
    secrecy.register(
        "accounts.user",
        lambda user: User.objects.filter(pk=tono.pk).exclude(pk=user.pk).values("pk"),
    )
    assert set(Entry.objects.visible_to(sari)) == {about_sari, no_subject}
    assert about_tono not in Entry.objects.visible_to(everyone["administrator"])
    with pytest.raises(ValueError, match="guarded twice"):
        secrecy.register("accounts.user", lambda user: User.objects.none())
