"""Charter and standard for everybody, and their versions for the koordinator."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.base.files.fields import ask_for_files_again
from pendopo.base.files.public import serve
from pendopo.base.ui.keeping import may_be_kept
from pendopo.domains.information import service_pages
from pendopo.domains.information.actions import service_pages as actions
from pendopo.domains.information.actions.service_pages import NewPage
from pendopo.domains.information.forms.openness_pages import PageForm
from pendopo.domains.information.models import PageKind
from pendopo.domains.information.policy import who
from pendopo.domains.information.views.staff import staff_page
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

WORDS = {"maklumat": PageKind.CHARTER, "standar": PageKind.STANDARD}


@may_be_kept
@require_safe
def page(request: HttpRequest, word: str) -> HttpResponse:
    """`/ppid/maklumat/`, `/ppid/standar/`: the version that holds today."""
    today = clock.local_date(clock.now())
    found = service_pages.current(WORDS[word], today)
    title, body = service_pages.drawn(found, today) if found else (str(WORDS[word].label), "")
    context = {"page": found, "word": word, "title": title, "body": body}
    return render(request, "information/openness/service_page.html", context)


@require_safe
def audio(request: HttpRequest, word: str, pk: str) -> HttpResponseBase:
    """The recording of the version that holds today, at an address of its own."""
    found = service_pages.current(WORDS[word], clock.local_date(clock.now()))
    if found is None or found.audio is None or found.pk != int(pk):
        raise Http404
    return serve(request, found.audio, name=word)


@staff_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/meja/ppid/halaman/`: every version."""
    today = clock.local_date(clock.now())
    versions = service_pages.versions()
    shown = {word: service_pages.current(kind, today) for word, kind in WORDS.items()}
    context = {
        "kinds": [
            (word, kind.label, shown[word], [one for one in versions if one.kind == kind])
            for word, kind in WORDS.items()
        ],
        "may_write": who.decides(request.user),
        "today": today,
    }
    return render(request, "information/openness/service_pages.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, word: str) -> HttpResponse:
    """Write a new version, beginning with the words of the last one."""
    if not who.decides(request.user):
        raise Http404
    if request.method != "POST":
        return _form(request, word, PageForm(initial=_last(WORDS[word])))
    form = PageForm(request.POST, request.FILES)
    if not form.is_valid():
        ask_for_files_again(form)
        return _form(request, word, form, status=422)
    given = dict(form.cleaned_data)
    key = given.pop("key")
    try:
        actions.publish(kind=WORDS[word], page=NewPage(**given), key=key, by=request.user, now=clock.now())  # type: ignore[arg-type]
    except Refused as no:
        form.add_error(no.field or None, str(no))
        return _form(request, word, form, status=422)
    messages.success(request, _("Versi baru tersimpan."))
    return redirect("information:service-pages")


def _last(kind: PageKind) -> dict[str, Any]:
    last = next((one for one in service_pages.versions() if one.kind == kind), None)
    names = ("title", "body", "title_en", "body_en", "sign_url")
    return {"valid_from": clock.local_date(clock.now())} | {name: getattr(last, name, "") for name in names}


def _form(request: HttpRequest, word: str, form: PageForm, *, status: int = 200) -> HttpResponse:
    names = sorted(service_pages.values(clock.local_date(clock.now())))
    context = {"form": form, "word": word, "label": WORDS[word].label, "names": names}
    return render(request, "information/openness/service_page_form.html", context, status=status)
