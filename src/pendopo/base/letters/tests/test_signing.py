"""Signing with the seal and by uploading: what is signed is proved, what is not is refused with a sentence."""

import datetime as dt
import io
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader, PdfWriter

from pendopo.base.accounts.models import User
from pendopo.base.letters import public, testing
from pendopo.base.letters.actions import signing
from pendopo.base.letters.models import Letter, Status
from pendopo.base.letters.signing import certificates, checking
from pendopo.base.letters.signing.upload import same_letter
from pendopo.base.letters.signing.ways import SEAL, UPLOAD, SigningFailed, SignSecret, signer_of
from pendopo.base.organizations.testing import Government
from pendopo.kernel.errors import NotAllowed, Refused


@pytest.fixture
def waiting(government: Government, now: dt.datetime) -> Letter:
    return testing.a_letter(testing.NOTICE, office=government.works, now=now)


def sealed(pdf: bytes, now: dt.datetime) -> bytes:
    return signer_of(SEAL).sign(pdf, reason="uji", place="Uji", secret=None, now=now).pdf


def test_the_seal_covers_everything_and_a_changed_byte_breaks_it(waiting: Letter, now: dt.datetime) -> None:
    testing.a_seal(now=now)
    plain = public.bytes_of(waiting)
    signed = sealed(plain, now)
    (seen,) = checking.signatures(signed)
    assert seen.intact and seen.whole and seen.signer == "Kota Uji (sertifikat uji)" == seen.issuer
    assert signed.startswith(plain)
    for place in (200, len(plain) // 2, len(plain) - 50):
        broken = bytearray(signed)
        broken[place] ^= 1
        assert not any(one.intact for one in checking.signatures(bytes(broken)))
    (longer,) = checking.signatures(signed + b"\n% tambahan")
    assert not longer.whole
    assert checking.signatures(plain) == checking.signatures(b"bukan PDF") == []


def test_the_certificate_is_private_and_named_a_test(now: dt.datetime, settings: Any, capsys: Any) -> None:
    with pytest.raises(CommandError, match="certificate create"):
        call_command("letters", "certificate", "show")
    call_command("letters", "certificate", "create", "--name", "Pemerintah Kota Uji")
    call_command("letters", "certificate", "show")
    assert "Pemerintah Kota Uji (sertifikat uji) (uji)" in capsys.readouterr().out
    path = Path(settings.SEAL_P12)
    for file in (path, path.with_suffix(".passphrase")):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="sudah ada"):
        call_command("letters", "certificate", "create", "--name", "Lain")
    settings.SEAL_PASSPHRASE = "salah"
    with pytest.raises(certificates.Unusable, match="SEAL_PASSPHRASE"):
        certificates.state()
    with pytest.raises(SigningFailed, match="SEAL_PASSPHRASE"):
        sealed(b"%PDF-1.7", now)


def test_an_expired_certificate_seals_nothing(waiting: Letter, now: dt.datetime) -> None:
    testing.a_seal(now=now)
    with pytest.raises(SigningFailed, match="habis"):
        sealed(public.bytes_of(waiting), now + certificates.LIVES + dt.timedelta(days=1))


def test_what_could_not_be_sealed_is_sealed_later(government: Government, now: dt.datetime) -> None:
    letter = testing.a_letter(office=government.intake, now=now)
    assert signing.seal_waiting(now=now) == 0
    testing.a_seal(now=now)
    assert signing.seal_waiting(now=now) == 1
    letter.refresh_from_db()
    assert letter.status == Status.SIGNED and letter.last_error == ""
    assert checking.signatures(public.bytes_of(letter))[0].intact


def test_only_who_may_signs_and_only_once(
    waiting: Letter, now: dt.datetime, sari: User, tono: User, ibu_ratna: User
) -> None:
    testing.a_seal(now=now)
    act = {"letter_id": waiting.pk, "signer": SEAL, "now": now}
    with pytest.raises(NotAllowed):
        public.sign(**act, by=sari)
    with pytest.raises(Letter.DoesNotExist):
        public.sign(**act, by=tono)
    letter = public.sign(**act, by=ibu_ratna)
    assert letter.status == Status.SIGNED and letter.signed_by == ibu_ratna and letter.signed_at == now
    with pytest.raises(Refused, match="sudah ditandatangani"):
        public.sign(**act, by=ibu_ratna)


def test_a_letter_signed_elsewhere_is_taken_back(waiting: Letter, now: dt.datetime, ibu_ratna: User) -> None:
    testing.a_seal(now=now)
    ours = public.bytes_of(waiting)
    letter = public.sign(letter_id=waiting.pk, signer=UPLOAD, upload=sealed(ours, now), by=ibu_ratna, now=now)
    assert letter.status == Status.SIGNED and "diunggah" in letter.signed_how
    assert letter.signer_name == "Kota Uji (sertifikat uji)"


def rewritten(pdf: bytes, *, drop_last: bool = False) -> bytes:
    """The same pages in a new file, as another program would save them."""
    reader, out = PdfReader(io.BytesIO(pdf)), PdfWriter()
    for page in reader.pages[: -1 if drop_last else None]:
        out.add_page(page)
    made = io.BytesIO()
    out.write(made)
    return made.getvalue()


def test_another_file_or_a_broken_signature_is_not_taken(
    waiting: Letter, government: Government, now: dt.datetime, ibu_ratna: User
) -> None:
    testing.a_seal(now=now)
    ours = public.bytes_of(waiting)
    other = public.bytes_of(testing.a_letter(testing.NOTICE, office=government.works, now=now, once="lain"))
    tampered = bytearray(sealed(ours, now))
    tampered[len(ours) // 2] ^= 1
    for upload, words in (
        (ours, "belum ditandatangani"),
        (b"%PDF-1.4 bukan apa-apa", "belum ditandatangani"),
        (sealed(other, now), "bukan surat yang diunduh"),
        (bytes(tampered), "tidak sah"),
        (sealed(ours, now) + b"% tambahan", "tidak sah"),
    ):
        with pytest.raises(SigningFailed, match=words) as refused:
            public.sign(letter_id=waiting.pk, signer=UPLOAD, upload=upload, by=ibu_ratna, now=now)
        assert refused.value.field == "upload"
    waiting.refresh_from_db()
    assert waiting.status == Status.ISSUED and "tidak sah" in waiting.last_error
    assert same_letter(ours, rewritten(ours)) and not same_letter(ours, b"")


def test_a_secret_cannot_be_kept() -> None:
    import_words = SignSecret("1234567890123456", "kata-rahasia", "123456")
    assert "kata-rahasia" not in repr(import_words) and "123456" not in repr(import_words)
    with pytest.raises(TypeError):
        import_words.__reduce__()
