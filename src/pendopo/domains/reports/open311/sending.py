"""POST Service Request: the standard fields become the answers of our own form; the same action makes the report."""

import re
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendopo.domains.reports import geo
from pendopo.domains.reports.actions.intake import NewReport
from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.forms.wizard import ContactForm, PlaceForm, StoryForm
from pendopo.domains.reports.models import Channel, Report
from pendopo.domains.reports.open311 import shapes
from pendopo.domains.reports.open311.errors import Open311Refused, Said, bad, missing

_SALT = "reports.open311.token"
_IDENTITIES = {"": (True, False), "terbuka": (False, False), "anonim": (True, False), "rahasia": (True, True)}
# Our fields in the words of the specification, so that a refusal names what the client sent.
_NAMES = {"text": "description", "address": "address_string", "region": "address_id"}


def number_of(token: str) -> str:
    """The service_request_id behind a token; Open311Refused while the report has no public page."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise missing(_("token tidak ada.")) from None
    slug: str | None = (
        Report.objects.visible_to(None).public().filter(pk=pk).values_list("slug", flat=True).first()
    )
    if slug is None:
        raise missing(_("Laporan dengan token ini tidak terbuka untuk umum."))
    return slug


def receipt(report: Report) -> dict[str, Any]:
    """The answer to the sender: a public number, or a token for a report that has no public page."""
    named = (
        {"token": signing.dumps(report.pk, salt=_SALT)}
        if report.secret
        else {"service_request_id": report.slug}
    )
    notice = _("Simpan kode laporan %(code)s. Dengan kode itu pelapor dapat melihat jawaban di %(page)s.") % {
        "code": report.code,
        "page": "/lacak/",
    }
    return {**named, "service_notice": notice, "account_id": None}


def read(request: HttpRequest) -> NewReport:
    """Judge the fields with the same forms as the site. Raises Open311Refused with every sentence at once."""
    given = request.POST
    code = given.get("service_code", "").strip()
    if not code:
        raise bad(_("service_code belum diisi."))
    category = next((one for one in categories() if one.pk == code), None)
    if category is None:
        raise missing(_("service_code %(code)s tidak ada.") % {"code": code[:40]})
    place, story, contact = _place(given), StoryForm({"text": given.get("description", "")}), _contact(given)
    identity = given.get(f"attribute[{shapes.IDENTITY}]", "").strip().lower()
    said = [sentence for form in (place, story, contact) for sentence in _sentences(form)]
    if identity not in _IDENTITIES:
        said.append(f"attribute[{shapes.IDENTITY}]: " + _("Pilihan ini tidak ada. Pilih dari daftar."))
    if said:
        raise Open311Refused(*(Said(400, sentence) for sentence in said))
    anonymous, secret = _IDENTITIES[identity]
    where, who = place.cleaned_data, contact.cleaned_data
    return NewReport(
        category=category,
        text=story.cleaned_data["text"],
        region_code=where["region"],
        address=where["address"],
        latitude=where["latitude"],
        longitude=where["longitude"],
        anonymous=anonymous,
        secret=secret,
        name=who["name"],
        email=who["email"],
        phone=who["phone"],
        language="en" if (get_language() or "id").startswith("en") else "id",
        channel=Channel.API,
    )


def _place(given: Any) -> PlaceForm:
    """lat and long, or address_id (a kelurahan's official code), or an address that names one kelurahan."""
    landmark = given.get(f"attribute[{shapes.LANDMARK}]", "").strip()
    address = ", ".join(part for part in (given.get("address_string", "").strip(), landmark) if part)
    region = given.get("address_id", "").strip()
    latitude, longitude = given.get("lat", "").strip(), given.get("long", "").strip()
    if not (latitude or longitude or region):
        region = village_in(address)
    form = PlaceForm(
        {
            "address": address,
            "region": region,
            "latitude": latitude,
            "longitude": longitude,
            "decision": "titik",
        }
    )
    form.is_valid()
    return form


def village_in(address: str) -> str:
    """The code of the one kelurahan whose name stands in an address, "" when none or several could be meant."""
    words = f" {' '.join(re.findall(r'[a-z0-9]+', address.lower()))} "
    named = [code for code, name in geo.villages().items() if f" {name.lower()} " in words]
    if len(named) > 1:
        districts = {code for code, name in geo.districts().items() if f" {name.lower()} " in words}
        named = [code for code in named if code.rpartition(".")[0] in districts]
    return named[0] if len(named) == 1 else ""


def _contact(given: Any) -> ContactForm:
    name = " ".join(
        part for part in (given.get("first_name", "").strip(), given.get("last_name", "").strip()) if part
    )
    form = ContactForm({"name": name, "email": given.get("email", ""), "phone": given.get("phone", "")})
    form.is_valid()
    return form


def _sentences(form: forms.Form) -> list[str]:
    """The form's refusals, each after the name of the field as the specification calls it."""
    doubt = getattr(form, "doubt_words", "")
    return [
        f"{_NAMES.get(name, name)}: {doubt if name == 'decision' and doubt else sentence}"
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
