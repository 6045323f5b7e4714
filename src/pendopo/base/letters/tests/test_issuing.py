"""Issuing: one letter for one act, all or nothing, and a past that stays as it was."""

import datetime as dt
import hashlib
import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from pendopo.base.accounts.models import User
from pendopo.base.audit.models import Entry
from pendopo.base.files.models import File
from pendopo.base.letters import public, seeds, testing
from pendopo.base.letters.actions import managing
from pendopo.base.letters.models import Letter, LetterTemplate, NumberCounter, NumberPattern, Status
from pendopo.base.organizations.testing import Government
from pendopo.kernel.errors import NotAllowed, Refused
from pendopo.kernel.states import RefusedTransition


def verbs_of(letter: Letter) -> list[str]:
    found = Entry.objects.filter(subject_kind="letters.letter", subject_id=letter.pk).order_by("pk")
    return [entry.verb for entry in found]


def test_a_receipt_is_numbered_printed_kept_and_sealed(
    government: Government, now: dt.datetime, sari: User
) -> None:
    testing.a_seal(now=now)
    letter = testing.a_letter(office=government.intake, now=now, by=sari)
    again = testing.a_letter(office=government.works, now=now, by=sari, to="Orang lain")
    assert again.pk == letter.pk and Letter.objects.count() == 1
    assert (letter.status, letter.written, letter.number) == (Status.SIGNED, "487/0001/PPID/III/2026", 1)
    assert letter.signed_how == "segel elektronik (sertifikat uji)" and not letter.last_error
    pdf = public.bytes_of(letter)
    assert letter.sha256 == hashlib.sha256(pdf).hexdigest() == letter.file.sha256
    assert len(letter.slug) == 16 and letter.shown_slug.count("-") == 3
    assert verbs_of(letter) == ["letters.issued", "letters.signed"]
    assert "Rina" not in str(list(Entry.objects.values_list("facts", flat=True)))
    assert public.letters_of(*testing.ABOUT) == [letter]
    assert public.letter_url(letter, now=now).startswith("/berkas/")


def test_without_a_seal_the_letter_waits_and_says_why(government: Government, now: dt.datetime) -> None:
    letter = testing.a_letter(office=government.intake, now=now)
    assert letter.status == Status.ISSUED and letter.last_error == "Sertifikat segel belum dipasang."
    assert verbs_of(letter) == ["letters.issued", "letters.sign_failed"]
    unsigned = testing.a_letter(office=government.intake, now=now, once="lain", sign=False)
    assert unsigned.status == Status.ISSUED and not unsigned.last_error and unsigned.number == 2


def test_an_act_that_fails_leaves_no_number_and_no_letter(government: Government, now: dt.datetime) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        testing.a_letter(office=government.intake, now=now)
        raise RuntimeError("the room's act failed")
    assert not Letter.objects.exists() and not NumberCounter.objects.exists() and not File.objects.exists()
    assert testing.a_letter(office=government.intake, now=now).number == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_act_twice_at_once_makes_one_letter(government: Government, now: dt.datetime) -> None:
    start, made = threading.Barrier(4), []

    def post() -> None:
        start.wait(timeout=30)
        try:
            made.append(testing.a_letter(office=government.intake, now=now).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(made) == 4 and len(set(made)) == 1 and NumberCounter.objects.get().last == 1


@pytest.mark.parametrize(
    "context",
    [{}, {"nama": "a", "rincian": "b", "batas": {"head": [], "rows": []}}, {"nama": "a", "lain": "b"}],
)
def test_a_context_that_does_not_fit_is_a_fault_of_the_room(
    government: Government, now: dt.datetime, context: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"uji\.tanda-bukti"):
        testing.a_letter(office=government.intake, now=now, context=context)
    with pytest.raises(LookupError):
        public.issue(
            kind="tak.ada",
            about=("a", 1),
            office=government.intake,
            to="",
            context={},
            by=None,
            now=now,
            once="x",
        )


def test_a_revoked_letter_keeps_its_number_and_names_its_successor(
    government: Government, now: dt.datetime
) -> None:
    old = testing.a_letter(office=government.intake, now=now)
    new = testing.a_letter(office=government.intake, now=now, once="pengganti")
    gone = public.revoke(letter_id=old.pk, reason="Salah alamat", by=None, now=now, replaced_by=new)
    assert gone.status == Status.REVOKED and gone.replaced_by == new and (old.number, new.number) == (1, 2)
    assert verbs_of(old)[-1] == "letters.revoked"
    with pytest.raises(RefusedTransition):
        public.revoke(letter_id=old.pk, reason="lagi", by=None, now=now)


def test_forgetting_wipes_people_and_keeps_the_register(government: Government, now: dt.datetime) -> None:
    letter = testing.a_letter(office=government.intake, now=now)
    assert public.forget(about=testing.ABOUT, now=now) == 1
    letter.refresh_from_db()
    assert (letter.addressee, letter.context, letter.file) == ("", {}, None)
    assert letter.written and letter.sha256 and public.letter_url(letter) == ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM letters_letter AS l WHERE l::text LIKE '%%Rina%%'")
        assert cursor.fetchone()[0] == 0
    with pytest.raises(Refused):
        public.bytes_of(letter)


def test_an_edit_is_a_new_version_and_old_ones_never_change(
    government: Government, now: dt.datetime, koordinator: User, sari: User
) -> None:
    seeds.load()
    seeds.load()
    key = testing.RECEIPT.key
    assert (
        LetterTemplate.objects.filter(key=key).count()
        == NumberPattern.objects.filter(series="uji").count()
        == 1
    )
    before = testing.a_letter(office=government.intake, now=now)
    words = {"key": key, "title": "Bukti untuk {{ nama }}", "body": "Halo {{ nama }}.", "now": now}
    with pytest.raises(NotAllowed):
        managing.write_template(**words, seen=1, by=sari)
    assert managing.write_template(**words, seen=1, by=koordinator).version == 2
    assert managing.write_template(**words, seen=1, by=koordinator).version == 2  # a double click
    with pytest.raises(Refused, match="Orang lain"):
        managing.write_template(**{**words, "body": "Lain"}, seen=1, by=koordinator)
    with pytest.raises(Refused, match="tidak dikenal") as refused:
        managing.write_template(**{**words, "body": "{{ settings }}"}, seen=2, by=koordinator)
    assert refused.value.field == "body"
    after = testing.a_letter(office=government.intake, now=now, once="baru")
    assert (before.template.version, after.template.version, after.title) == (1, 2, "Bukti untuk Rina Contoh")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        LetterTemplate.objects.filter(version=1).update(body="diam-diam")


def test_who_works_where_sees_which_letters(
    government: Government, now: dt.datetime, everyone: dict[str, Any]
) -> None:
    letter = testing.a_letter(testing.NOTICE, office=government.works, now=now)
    seen = {name for name, person in everyone.items() if letter in Letter.objects.visible_to(person)}
    signs = {name for name, person in everyone.items() if public.may_sign(person, letter)}
    assert seen == {"sari", "budi", "ibu_ratna", "koordinator"}
    assert signs == {"ibu_ratna"}
