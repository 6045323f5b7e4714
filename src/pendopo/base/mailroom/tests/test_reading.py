"""Whatever arrives is read or refused as unreadable; nothing else ever happens."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pendopo.base.mailroom import judging
from pendopo.base.mailroom.keeping import identity_of
from pendopo.base.mailroom.plain import new_words, text_of_html
from pendopo.base.mailroom.reading import Read, Unreadable, read, tokens_in
from pendopo.base.mailroom.tests.letters import CORPUS, HEAD, a_mail, raw


@pytest.mark.parametrize("name", CORPUS)
def test_every_mail_of_the_corpus_is_read_or_refused(name: str) -> None:
    mail, words = CORPUS[name]
    begun = time.perf_counter()
    try:
        found = read(mail)
    except Unreadable:
        assert not words
        return
    assert words in found.text
    assert "\x00" not in found.text + found.subject
    assert new_words(found.text) or not found.text
    assert time.perf_counter() - begun < 5


def test_an_encoded_subject_and_name_are_read() -> None:
    found = read(CORPUS["encoded subject"][0])
    assert (found.subject, found.sender_name, found.sender) == ("Café tutup", "Rina", "rina@contoh.example")


def test_two_senders_are_nobody() -> None:
    assert read(CORPUS["two senders"][0]).sender == ""
    assert read(raw("From: a@contoh.example", "From: b@contoh.example", "", "x")).sender == ""


def test_attachments_keep_their_names_and_a_logo_is_left_out() -> None:
    found = read(
        a_mail(files=(("../../foto.jpg", "image/jpeg", b"x"), ("b.pdf", "application/pdf", b"%PDF")))
    )
    assert [one.content for one in found.files] == [b"x", b"%PDF"]
    logo = raw(
        *HEAD, "Content-Type: image/png", "Content-ID: <logo>", "Content-Disposition: inline", "", "kecil"
    )
    assert read(logo).files == []


_LINES = st.lists(
    st.one_of(
        st.sampled_from([
            "From: a@b.example", "Content-Type: multipart/mixed; boundary=b", "Content-Type: multipart/report; b",
            "--b", "--b--", "Content-Type: text/html; charset=utf-7", "Content-Transfer-Encoding: base64",
            "Content-Transfer-Encoding: quoted-printable", "Content-Type: message/rfc822", "", "=?utf-8?B?////?=",
            "Subject: =?x?q?=?=", "Content-Type: message/partial", "Content-Disposition: attachment; filename*0*=a",
            "Authentication-Results: (((;;= dmarc=pass", "<![CDATA[<!DOCTYPE x [<!ENTITY", "begin 644 x",
            "Content-Transfer-Encoding: x-uuencode", "From: \"", "References: <<<", "Pada menulis:", "> On",
        ]),
        st.text(max_size=60),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(_LINES, st.binary(max_size=80))
def test_no_mail_crashes_the_reader(lines: list[str], tail: bytes) -> None:
    mail = "\r\n".join(lines).encode("utf-8", "surrogatepass") + tail
    assert len(identity_of(mail)) == 64
    try:
        found = read(mail)
    except Unreadable:
        return
    assert isinstance(found, Read)
    found.text.encode()
    new_words(found.text)
    judging.no_letter(found, own=["lapor@kota.example"], bounce=False)
    judging.proof_of(found, authserv_id="mx.kota.example")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(noise: bytes) -> None:
    try:
        read(noise).subject.encode()
    except Unreadable:
        return


@pytest.mark.parametrize(
    "hostile",
    ["On " * 6_000, "Pada " * 4_000, ("On x\n" * 4_000) + "wrote", "> " * 9_000, "From: \n" * 2_500, "_" * 20_000,
     ("Pada " * 50 + "\n") * 80, "Terima kasih\n" * 1_500, ("Dari: a\n" * 2_400)],
)  # fmt: skip
def test_a_hostile_text_takes_no_time(hostile: str) -> None:
    begun = time.perf_counter()
    new_words(hostile)
    text_of_html("<" * 20_000 + hostile)
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("letter", "new"),
    [
        ("Di depan nomor 12.\n\nPada Sen, 9 Mar 2026 pukul 08.00 Kota Uji <lapor@kota.example> menulis:\n> Di mana?",
         "Di depan nomor 12."),
        ("Di depan nomor 12.\n\nPada Sen, 9 Mar 2026 08.00, Kota Uji\n<lapor@kota.example> menulis:\n> Di mana?",
         "Di depan nomor 12."),
        ("Sudah.\n\nOn Mon, 9 Mar 2026 at 08:00, Kota <lapor@kota.example> wrote:\n> Di mana?", "Sudah."),
        ("Sudah.\n\nDari: Kota Uji\nDikirim: Senin\nKepada: Rina\nPerihal: Tanya\n\nDi mana?", "Sudah."),
        ("Sudah.\n-- \nRina Marlina\n0812 3456 7890", "Sudah."),
        ("Sudah diperbaiki.\n\nTerima kasih,\nRina", "Sudah diperbaiki."),
        ("Terima kasih sebelumnya, lampunya di Jalan Melati.\nTolong segera.",
         "Terima kasih sebelumnya, lampunya di Jalan Melati.\nTolong segera."),
        ("Ada dua:\n- lampu mati\n- got mampet", "Ada dua:\n- lampu mati\n- got mampet"),
        ("> Di mana?\nDi depan masjid.", "Di depan masjid."),
    ],
)  # fmt: skip
def test_only_the_new_words_of_an_answer_are_taken(letter: str, new: str) -> None:
    assert new_words(letter) == new


def test_the_secret_name_of_a_letter_is_found_in_addresses_and_ids() -> None:
    name = "0123456789abcdef0123456789abcdef"
    dashed = "01234567-89ab-cdef-0123-456789abcdef"
    assert tokens_in(f"Kota <LAPOR+{name.upper()}@kota.example>", f"<{dashed}@kota.example>") == [name]
    assert tokens_in("lapor@kota.example", "<x@y>") == []


def test_a_mail_delivered_by_another_way_is_the_same_mail() -> None:
    one = a_mail()
    assert identity_of(b"Received: by mx\r\n" + one.replace(b"\n", b"\r\n")) == identity_of(one)
    assert identity_of(a_mail(number=2)) != identity_of(one)
    assert identity_of(a_mail(text="lain")) != identity_of(one)
