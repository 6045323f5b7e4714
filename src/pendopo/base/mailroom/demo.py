"""A handful of mails of the demo city that wait for the koordinator, were not passed on, or were thrown away.

None of them became a report: those of the demo city came by the site. No address can reach anybody.
"""

import datetime as dt
import hashlib

from pendopo.base.mailroom.models import Mail, Proof, RawMail, Reason, Status, Way
from pendopo.base.registries.demo import City

# hours ago, sender, name, subject, words, end, reason, proof, remark
_MAILS: tuple[tuple[int, str, str, str, str, Status, str, str, str], ...] = (
    (3, "sumiati@warga.example", "Sumiati", "Lampu gang mati", "Selamat pagi. Lampu di gang belakang pasar mati sejak "
     "Sabtu. Mohon diperbaiki, kalau malam gelap sekali.", Status.HELD, Reason.UNPROVEN, Proof.UNKNOWN, ""),
    (9, "agus.h@warga.example", "Agus Hariyadi", "Re: laporan got", "Saya bertanya soal laporan tetangga tentang got "
     "mampet. Nomornya tidak saya hafal.", Status.HELD, Reason.OTHER_SENDER, Proof.PASS, ""),
    (20, "warga-baik@surel.example", "", "RAHASIA: pungutan di loket", "Saya diminta uang tambahan waktu mengurus "
     "surat pindah. Mohon nama saya tidak disebut.", Status.HELD, Reason.UNPROVEN, Proof.UNKNOWN, ""),
    (26, "dina@warga.example", "Dina", "Tolong", "tolong", Status.HELD, Reason.TOO_SHORT, Proof.PASS, ""),
    (31, "buletin@toko.example", "Toko Serba Ada", "Diskon akhir pekan", "Belanja hemat akhir pekan ini!",
     Status.IGNORED, Reason.BULK, Proof.PASS, ""),
    (50, "rudi@kantor.example", "Rudi", "Sedang cuti", "Saya sedang cuti sampai hari Senin.",
     Status.IGNORED, Reason.AUTOMATIC, Proof.PASS, ""),
    (74, "x9@acak.example", "", "(tak terbaca)", "", Status.DEAD, Reason.UNREADABLE, Proof.UNKNOWN, ""),
    (98, "promo@acak.example", "", "Menangkan hadiah", "", Status.DISCARDED, Reason.UNPROVEN, Proof.FAIL,
     "Penipuan hadiah, bukan laporan"),
)  # fmt: skip


def build(city: City) -> None:
    """Idempotent: when mails are there nothing is added."""
    if Mail.objects.exists():
        return
    for number, row in enumerate(_MAILS):
        _put(number, row, city.now)
    city.record("surat masuk", len(_MAILS))


def _put(number: int, row: tuple[int, str, str, str, str, Status, str, str, str], now: dt.datetime) -> None:
    hours, sender, name, subject, words, end, reason, proof, remark = row
    at = now - dt.timedelta(hours=hours)
    letter = f"From: {name} <{sender}>\r\nSubject: {subject}\r\n\r\n{words}\r\n".encode()
    mail = Mail(
        identity=hashlib.sha256(f"demo-{number}".encode()).hexdigest(),
        way=Way.IMAP,
        received_at=at,
        size=len(letter),
        sender=sender,
        sender_name=name,
        subject=subject,
        words=words,
        proof=proof,
        secret=subject.startswith("RAHASIA"),
        remark=remark,
        last_error="RecursionError" if end == Status.DEAD else "",
    )
    if end == Status.DISCARDED:
        mail.move_to(Status.HELD, now=at, reason=reason)
    mail.move_to(end, now=at + dt.timedelta(minutes=1), reason=reason)
    mail.save()
    if end in {Status.HELD, Status.DEAD}:
        RawMail.objects.create(mail=mail, content=letter)
