"""A letter as a page of HTML: letterhead, number, words, signatory, and where to check that it is genuine."""

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import override

from pendopo.base.letters import markup
from pendopo.base.letters.kinds import LetterKind, SignedBy, Value
from pendopo.base.letters.models import Letterhead
from pendopo.base.letters.signing import certificates
from pendopo.base.organizations.models import Kind, Organization
from pendopo.base.organizations.public import identity
from pendopo.kernel.dates import short_date

LANGUAGE = "id"  # letters are acts of government; the law knows them in Indonesian


@dataclass(frozen=True)
class Signatory:
    """Whom a letter names at its end. `number` is the NIP, shown when it is known."""

    title: str
    name: str = ""
    number: str = ""


@dataclass(frozen=True)
class Paper:
    """Everything that stands on a letter. `slug` is "" for a sample, which then says so."""

    kind: LetterKind
    office: Organization
    number: str
    on: dt.date
    title: str
    body: str  # the template's words, not filled yet
    values: Mapping[str, Value] = field(repr=False)
    signatory: Signatory
    addressee: str = field(default="", repr=False)
    copies: str = ""
    enclosure: str = ""
    slug: str = ""
    shown_slug: str = ""


def pdf_of(paper: Paper) -> bytes:
    """The letter as a tagged PDF (PDF/UA-1 and PDF/A-2a). The printing library is loaded by the first letter."""
    made: bytes = import_string("pendopo.base.letters.printer.printed")(html_of(paper), images_of(paper))
    return made


def html_of(paper: Paper) -> str:
    with override(LANGUAGE):
        return render_to_string("letters/paper.html", _context(paper))


def images_of(paper: Paper) -> dict[str, bytes]:
    """The pictures a letter shows, by name: the code that leads to its public page."""
    out = io.BytesIO()
    segno.make(address_of(paper.slug or "contoh"), error="m").save(out, kind="svg", border=0, xmldecl=False)
    return {"qr": out.getvalue()}


def address_of(slug: str) -> str:
    """The public page of a letter, as printed."""
    return f"{settings.PUBLIC_URL}{reverse('letters:verify', args=[slug])}"


def place_of(office: Organization, head: Letterhead | None = None) -> str:
    """Where the letter is dated: what the letterhead says, else the government's name without its rank."""
    if head is not None and head.place:
        return head.place
    name = _root(office).name
    for rank in ("Pemerintah ", "Kota ", "Kabupaten ", "Provinsi "):
        name = name.removeprefix(rank)
    return name


def _context(paper: Paper) -> dict[str, Any]:
    head = Letterhead.objects.filter(pk=paper.office.pk).first()
    root = _root(paper.office)
    sealed = paper.kind.signed_by == SignedBy.SEAL
    return {
        "paper": paper,
        "letter_layout": paper.kind.layout.value,
        "government": root.name if root.name.lower().startswith("pemerintah") else f"Pemerintah {root.name}",
        "office": "" if root.pk == paper.office.pk else paper.office.name,
        "address": head.address if head else "",
        "contacts": _contacts(paper.office),
        "place": place_of(paper.office, head),
        "date": short_date(paper.on),
        "iso_date": paper.on.isoformat(),
        "title": markup.line_of(paper.title, paper.values),
        "body": markup.html_of(paper.body, paper.values),
        "sealed": sealed,
        "test_seal": sealed and certificates.is_test(),
        "where": f"{settings.PUBLIC_URL}{reverse('letters:check')}",
        "address_url": address_of(paper.slug) if paper.slug else "",
    }


def _contacts(office: Organization) -> str:
    ours = identity()
    told = (
        ("Telepon", office.phone or ours.phone),
        ("Surel", office.email or ours.email),
        ("Laman", settings.PUBLIC_URL.partition("://")[2]),
    )
    return " · ".join(f"{name} {value}" for name, value in told if value)


def _root(office: Organization) -> Organization:
    if office.kind == Kind.GOVERNMENT:
        return office
    return Organization.objects.filter(kind=Kind.GOVERNMENT).first() or office
