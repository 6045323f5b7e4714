"""POST Service Request: the standard fields become the answers of our own forms; the same action makes the report."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendopo.base.clients import public as clients
from pendopo.domains.reports import api_intake, geo
from pendopo.domains.reports.actions.intake import NewReport
from pendopo.domains.reports.actions.machine import receive_from_client
from pendopo.domains.reports.actions.media import fetch_later, readable_address
from pendopo.domains.reports.categories_in_use import categories
from pendopo.domains.reports.models import Channel, Report
from pendopo.domains.reports.open311 import shapes
from pendopo.domains.reports.open311.calls import as_refusal
from pendopo.domains.reports.open311.errors import Open311Refused, Said, bad, missing
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused
from pendopo.kernel.text import clean_line

CREATE = "reports:create"
_SALT = "reports.open311.token"
_IDENTITIES = {"": (True, False), "terbuka": (False, False), "anonim": (True, False), "rahasia": (True, True)}
# Our fields in the words of the specification, so that a refusal names what the client sent.
_NAMES = {"text": "description", "address": "address_string", "region": "address_id", "name": "first_name"}
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


def create(request: HttpRequest) -> dict[str, Any]:
    """Make the report and tell its number. Raises Open311Refused.

    With an `Idempotency-Key` header (our addition) a repeat within a day gets the same answer.
    """
    now = clock.now()
    given = {name: str(value) for name, value in request.POST.items()}
    try:
        client = _client(request, given.get("api_key", ""), now)
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return json.loads(_made(given, client).body)  # type: ignore[no-any-return]
        if not _KEY.fullmatch(key):
            raise bad(_("Idempotency-Key tidak terbaca."))
        asked = {name: value for name, value in given.items() if name != "api_key"}
        kept = clients.once(
            client=client, key=f"o311:{key}", asked=asked, make=lambda: _made(given, client), now=now
        )
        return json.loads(kept.body)  # type: ignore[no-any-return]
    except clients.Problem as problem:
        raise as_refusal(problem, _NAMES) from None


def _client(request: HttpRequest, api_key: str, now: dt.datetime) -> clients.ApiClient:
    caller = clients.authenticate(request, now=now, token=api_key.strip() or None)
    clients.charge(caller, now=now)
    if caller.client is None:
        raise Open311Refused(Said(403, _("api_key belum diisi. Mintalah kepada pengelola situs ini.")))
    clients.require_scope(caller, CREATE)
    return caller.client


def _made(given: Mapping[str, str], client: clients.ApiClient) -> clients.Answer:
    new, media = _read(given), given.get("media_url", "").strip()
    if media and not readable_address(media):
        raise bad(_("media_url harus alamat https:// di internet terbuka."))
    try:
        report = receive_from_client(new=new, client=client, now=clock.now())
    except Refused as no:
        raise bad(str(no)) from None
    if media:
        fetch_later(report_id=report.pk, url=media)
    return clients.Answer(201, json.dumps(receipt(report), ensure_ascii=False))


def receipt(report: Report) -> dict[str, Any]:
    """The answer to the sender: a public number, or a token for a report that has no public page."""
    named = (
        {"token": signing.dumps(report.pk, salt=_SALT)}
        if report.secret
        else {"service_request_id": report.slug}
    )
    notice = _(
        "Simpan kode laporan %(code)s. Dengan kode itu pelapor dapat membaca jawabannya di %(page)s."
    ) % {
        "code": report.code,
        "page": settings.PUBLIC_URL + reverse("reports:follow"),
    }
    return {**named, "service_notice": notice, "account_id": None}


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


def _read(given: Mapping[str, str]) -> NewReport:
    code = given.get("service_code", "").strip()
    if not code:
        raise bad(_("service_code belum diisi."))
    category = next((one for one in categories() if one.pk == code), None)
    if category is None:
        raise missing(_("service_code %(code)s tidak ada.") % {"code": code[:40]})
    identity = given.get(f"attribute[{shapes.IDENTITY}]", "").strip().lower()
    if identity not in _IDENTITIES:
        raise bad(f"attribute[{shapes.IDENTITY}]: " + _("Pilihan ini tidak ada. Pilih dari daftar."))
    anonymous, secret = _IDENTITIES[identity]
    judged = api_intake.judge(
        {"category": code, "text": given.get("description", ""), **_place(given), **_who(given)}
    )
    return NewReport(
        category=category,
        text=judged["text"],
        region_code=judged["region"],
        address=judged["address"],
        latitude=judged["latitude"],
        longitude=judged["longitude"],
        anonymous=anonymous,
        secret=secret,
        name=judged["name"],
        email=judged["email"],
        phone=judged["phone"],
        language="en" if (get_language() or "id").startswith("en") else "id",
        channel=Channel.API,
    )


def _place(given: Mapping[str, str]) -> dict[str, str]:
    """lat and long, or address_id (a kelurahan's official code), or an address that names one kelurahan."""
    landmark = given.get(f"attribute[{shapes.LANDMARK}]", "").strip()
    address = ", ".join(part for part in (given.get("address_string", "").strip(), landmark) if part)
    region = given.get("address_id", "").strip()
    latitude, longitude = given.get("lat", "").strip(), given.get("long", "").strip()
    if not (latitude or longitude or region):
        region = village_in(address)
        if not region:
            raise bad(
                _(
                    "Isi lat dan long, atau address_id (kode kelurahan), atau sebut kelurahannya di address_string."
                )
            )
    elif region and not (address or latitude):
        address = geo.villages().get(region, "")  # the specification lets an address_id stand alone
    decision = "pilihan" if region else "titik"
    return {
        "address": address,
        "region": region,
        "latitude": latitude,
        "longitude": longitude,
        "decision": decision,
    }


def village_in(address: str) -> str:
    """The code of the one kelurahan whose name stands in an address, "" when none or several could be meant."""
    words = f" {' '.join(re.findall(r'[a-z0-9]+', address.lower()))} "
    named = [code for code, name in geo.villages().items() if f" {name.lower()} " in words]
    if len(named) > 1:
        districts = {code for code, name in geo.districts().items() if f" {name.lower()} " in words}
        named = [code for code in named if code.rpartition(".")[0] in districts]
    return named[0] if len(named) == 1 else ""


def _who(given: Mapping[str, str]) -> dict[str, str]:
    names = (clean_line(given.get(part, "")) for part in ("first_name", "last_name"))
    return {
        "name": " ".join(name for name in names if name),
        "email": given.get("email", ""),
        "phone": given.get("phone", ""),
    }
