"""Mails as they really come: one builder, and a corpus of odd ones."""

import datetime as dt
from email.message import EmailMessage
from email.utils import format_datetime

OURS = "lapor@kota.example"
SERVER = "mx.kota.example"
PROVEN = f"{SERVER}; dmarc=pass header.from=contoh.example"
STORY = "Lampu jalan di depan masjid Kelurahan Mawar mati tiga malam."


def a_mail(
    *,
    text: str | None = STORY,
    html: str = "",
    subject: str = "Lampu mati",
    sender: str = "Rina Marlina <rina@contoh.example>",
    to: str = OURS,
    proof: str = PROVEN,
    number: int = 1,
    headers: dict[str, str] | None = None,
    files: tuple[tuple[str, str, bytes], ...] = (),
) -> bytes:
    """A whole mail; `files` are (name, content type, bytes). `proof` is what the office's server found out."""
    mail = EmailMessage()
    if proof:
        mail["Authentication-Results"] = proof
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = format_datetime(dt.datetime(2026, 3, 9, 8, 0, tzinfo=dt.UTC))
    mail["Message-ID"] = f"<surat-{number}@contoh.example>"
    for name, value in (headers or {}).items():
        mail[name] = value
    if text is not None:
        mail.set_content(text)
    if html and text is not None:
        mail.add_alternative(html, subtype="html")
    elif html:
        mail.set_content(html, subtype="html")
    for name, kind, content in files:
        main, _slash, sub = kind.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def raw(*lines: str, encoding: str = "utf-8") -> bytes:
    """A mail written by hand, with the line ends of the network."""
    return "\r\n".join(lines).encode(encoding, "surrogateescape")


HEAD = ("From: Rina <rina@contoh.example>", "To: lapor@kota.example", "Subject: Lampu mati")
DSN = raw(
    "From: MAILER-DAEMON@mx.kota.example", "To: lapor@kota.example", "Subject: Undelivered Mail",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b", "",
    "--b", "Content-Type: text/plain", "", "tidak sampai", "--b", "Content-Type: message/delivery-status", "",
    "Final-Recipient: rfc822; rina@contoh.example", "Status: 5.1.1", "--b--", "",
)  # fmt: skip
# name: (mail, words that its text must hold)
CORPUS: dict[str, tuple[bytes, str]] = {
    "plain": (a_mail(), "Lampu jalan"),
    "multipart": (a_mail(html="<p>Lampu <b>padam</b></p>"), "Lampu jalan"),
    "html only": (a_mail(text=None, html="<style>x{}</style><p>Lampu<br>padam &amp; gelap</p><script>1</script>"),
                  "padam & gelap"),
    "quoted-printable": (raw(*HEAD, "Content-Type: text/plain; charset=utf-8",
                             "Content-Transfer-Encoding: quoted-printable", "", "Jalan caf=C3=A9 berlubang=", " besar"),
                         "café berlubang besar"),
    "base64": (raw(*HEAD, "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
                   "TGFtcHUgcGFkYW0="), "Lampu padam"),
    "encoded subject": (raw("From: =?utf-8?B?UmluYQ==?= <rina@contoh.example>",
                            "Subject: =?iso-8859-1?Q?Caf=E9?= =?utf-8?B?IHR1dHVw?=", "", "Mohon dicek"), "Mohon dicek"),
    "broken charset": (raw(*HEAD, "Content-Type: text/plain; charset=x-tidak-ada", "", "Lampu padam"), "Lampu padam"),
    "wrong charset": (raw(*HEAD, "Content-Type: text/plain; charset=utf-8", "") + b"\r\nCaf\xe9 tutup", "Café tutup"),
    "NUL": (raw(*HEAD, "", "Lampu \x00 padam"), "Lampu  padam"),
    "huge": (raw(*HEAD, "", "Lampu padam " * 200_000), "Lampu padam"),
    "one long line of HTML": (raw(*HEAD, "Content-Type: text/html", "", "<" * 50_000 + "<p>Lampu padam"), ""),
    "nested": (b"".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n".encode() for n in range(60)
    ) + b"Content-Type: text/plain\r\n\r\nLampu padam", "Lampu padam"),
    "nested beyond reason": (b"".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n".encode() for n in range(3_000)
    ) + b"Content-Type: text/plain\r\n\r\nLampu padam", ""),
    "winmail.dat": (a_mail(files=(("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22" * 40),)), "Lampu jalan"),
    "calendar": (a_mail(files=(("undangan.ics", "text/calendar", b"BEGIN:VCALENDAR"),)), "Lampu jalan"),
    "empty": (b"", ""),
    "only headers": (raw(*HEAD), ""),
    "bounce": (DSN, "tidak sampai"),
    "forwarded": (raw(*HEAD, "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain", "",
                      "Mohon ditindaklanjuti", "--b", "Content-Type: message/rfc822", "", "From: a@contoh.example",
                      "Subject: asli", "", "Got mampet di depan rumah", "--b--"), "Got mampet"),
    "two senders": (raw("From: a@contoh.example, b@contoh.example", "Subject: x", "", "halo"), "halo"),
    "no boundary": (raw(*HEAD, "Content-Type: multipart/mixed", "", "Lampu padam"), "Lampu padam"),
    "bidi": (raw(*HEAD, "", "Lampu \u202epadam\u202c"), "Lampu padam"),
    "surrogates": (raw(*HEAD) + b"\r\nX: \xff\xfe\r\n\r\n\xed\xa0\x80", ""),
    "yahoo tnef name": (raw(*HEAD, "Content-Type: application/octet-stream; name*=utf-8''foto%00.jpg",
                            "Content-Disposition: attachment; filename*=bad'x", "", "data"), ""),
}  # fmt: skip
