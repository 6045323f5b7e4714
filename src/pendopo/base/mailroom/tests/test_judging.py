"""Machines are not answered, and nobody is believed but the office's own mail server."""

import pytest

from pendopo.base.mailroom import judging
from pendopo.base.mailroom.models import Proof, Reason
from pendopo.base.mailroom.reading import read
from pendopo.base.mailroom.tests.letters import CORPUS, DSN, OURS, SERVER, a_mail


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({}, ""),
        ({"Auto-Submitted": "no"}, ""),
        ({"Auto-Submitted": "auto-replied; owner-email=x"}, Reason.AUTOMATIC),
        ({"X-Autoreply": "yes"}, Reason.AUTOMATIC),
        ({"Precedence": "auto_reply"}, Reason.AUTOMATIC),
        ({"Precedence": "bulk"}, Reason.BULK),
        ({"List-Id": "<warga.contoh.example>"}, Reason.BULK),
        ({"List-Unsubscribe": "<https://contoh.example>"}, Reason.BULK),
    ],
)
def test_machines_are_told_by_their_headers(headers: dict[str, str], reason: str) -> None:
    assert judging.no_letter(read(a_mail(headers=headers)), own=[OURS], bounce=False) == reason


def test_a_bounce_and_our_own_mail_are_no_letters() -> None:
    assert judging.no_letter(read(DSN), own=[OURS], bounce=False) == Reason.BOUNCE
    assert judging.no_letter(read(a_mail()), own=[OURS], bounce=True) == Reason.AUTOMATIC
    assert judging.no_letter(read(a_mail(sender=OURS.upper())), own=[OURS], bounce=False) == Reason.LOOP
    assert judging.no_letter(read(CORPUS["calendar"][0]), own=[OURS], bounce=False) == ""


@pytest.mark.parametrize(
    ("said", "proof"),
    [
        (f"{SERVER}; dmarc=pass header.from=contoh.example", Proof.PASS),
        (f"{SERVER} 1; spf=fail; dmarc=fail (p=none) header.from=contoh.example", Proof.FAIL),
        (f"{SERVER}; dkim=pass header.d=contoh.example header.s=s", Proof.PASS),
        (f"{SERVER}; spf=pass smtp.mailfrom=rina@contoh.example", Proof.PASS),
        (f"{SERVER}; dkim=pass header.d=jahat.example; spf=pass smtp.mailfrom=jahat.example", Proof.UNKNOWN),
        (f"{SERVER}; dkim=pass header.d=contoh.example.jahat.example", Proof.UNKNOWN),
        (f"{SERVER}; dkim=pass (header.d=contoh.example) header.d=jahat.example", Proof.UNKNOWN),
        (f"{SERVER}; dmarc=none", Proof.UNKNOWN),
        ("mx.jahat.example; dmarc=pass header.from=contoh.example", Proof.UNKNOWN),
        ("", Proof.UNKNOWN),
    ],
)
def test_only_the_configured_server_is_believed(said: str, proof: str) -> None:
    assert judging.proof_of(read(a_mail(proof=said)), authserv_id=SERVER) == proof


def test_a_second_header_below_the_first_is_the_senders_own() -> None:
    mail = f"Authentication-Results: {SERVER}; dmarc=fail\r\n".encode() + a_mail()
    assert judging.proof_of(read(mail), authserv_id=SERVER) == Proof.FAIL
    assert judging.proof_of(read(a_mail()), authserv_id="") == Proof.UNKNOWN


@pytest.mark.parametrize(
    ("subject", "secret", "rest"),
    [
        ("RAHASIA: pungli", True, "pungli"),
        ("Re: [Rahasia] pungli", True, "pungli"),
        ("Lampu rahasia", False, "Lampu rahasia"),
        ("Rahasianya", False, "Rahasianya"),
        ("Fwd: Re: Lampu mati", False, "Lampu mati"),
    ],
)
def test_the_word_rahasia_at_the_start_asks_for_secrecy(subject: str, secret: bool, rest: str) -> None:
    assert judging.asks_for_secrecy(subject) is secret
    assert judging.subject_without_mark(subject) == rest
