"""Does a text that others will read name the person who asked? Checked before it is shown."""

import re

from django.utils.translation import gettext as _

from pendopo.domains.information.models import InformationRequest, RequestContact, RequesterKind
from pendopo.kernel import phones

_LONG_NUMBER = re.compile(r"(?:\d[ .\-]?){15,16}")  # NIK, family card, NPWP
_NUMBERS = re.compile(r"\+?\d[\d ().\-]{7,}\d")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_SHORTEST = 4  # letters of a part of a name that means one person


def what_it_names(request: InformationRequest, text: str, *, parts: bool = True) -> str:
    """What of the person stands in a text, in words for the one who wrote it; "" when nothing does.

    With `parts` a single part of the name is enough, as for the public; without, only the whole name, for
    colleagues may have to write of Jalan Melati while Melati asks.
    """
    contact = RequestContact.objects.filter(case=request).first()
    if contact and _has_name(contact.name, request.requester_kind, text, parts):
        return _("nama pemohon")
    if contact and contact.proxy_for and _has_name(contact.proxy_for, request.requester_kind, text, parts):
        return _("nama pemberi kuasa")
    if _LONG_NUMBER.search(text):
        return _("nomor identitas")
    if _MAIL.search(text):
        return _("alamat surel")
    if contact and contact.phone and any(phones.normalize(n) == contact.phone for n in _NUMBERS.findall(text)):
        return _("nomor telepon pemohon")
    return ""


def names_the_person(request: InformationRequest, text: str) -> bool:
    """For words among colleagues of different offices."""
    return bool(what_it_names(request, text, parts=False))


def _has_name(name: str, kind: str, text: str, parts: bool) -> bool:
    """The whole name; of people also each longer part of it, of bodies only the whole: "Air" is a thing too."""
    said = text.casefold()
    whole = name.casefold().strip()
    if whole and whole in said:
        return True
    if not parts or kind == RequesterKind.LEGAL_ENTITY:
        return False
    words = set(re.findall(r"\w+", said))
    return any(part in words for part in re.findall(r"\w+", whole) if len(part) >= _SHORTEST)
