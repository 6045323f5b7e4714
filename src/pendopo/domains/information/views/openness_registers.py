"""The statutory registers on screen and as files. Columns with people open for PPID Utama, for a stated purpose."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.domains.information.actions import registers as actions
from pendopo.domains.information.forms.openness_registers import FacetForm, PurposeForm
from pendopo.domains.information.policy import who
from pendopo.domains.information.registers import columns, pages, purposes, sheets
from pendopo.domains.information.registers.kinds import REGISTERS, Register
from pendopo.domains.information.views.staff import staff_page
from pendopo.kernel import clock


def _found(key: str) -> Register:
    if key not in REGISTERS:
        raise Http404
    return REGISTERS[key]


def _form(request: HttpRequest, register: Register) -> FacetForm:
    return FacetForm(request.GET, years=register.years(request.user), facets=register.facets)


def _narrowed(request: HttpRequest, register: Register, form: FacetForm) -> Any:
    return form.narrowed(register.of_year(register.rows(request.user), form.year()))


@staff_page
@require_safe
def index(request: HttpRequest, key: str) -> HttpResponse:
    """`/meja/ppid/register/<key>/`."""
    register, now = _found(key), clock.now()
    form = _form(request, register)
    mark = _mark(request.GET.get("m", ""))
    if not form.is_valid() or mark is False:
        context = {"register": register, "form": form, "page": None, "bad_place": mark is False}
        return render(request, "information/openness/register.html", context, status=422)
    page = pages.page_of(register, _narrowed(request, register, form), mark or None)
    purpose = purposes.of(request, now=now) if register.seen_verb else ""
    if purpose and page.rows:
        actions.note_look(
            register=register,
            rows=page.rows,
            purpose=purpose,
            asked=form.query(),
            export=False,
            by=request.user,  # type: ignore[arg-type]  # a staff page
            now=now,
        )
    return render(
        request, "information/openness/register.html", _context(request, register, form, page, purpose)
    )


def _mark(words: str) -> Any:
    """The mark of the address, None without one, False when it cannot be read."""
    try:
        return pages.Mark.parse(words) if words else None
    except ValueError:
        return False


def _context(
    request: HttpRequest, register: Register, form: FacetForm, page: pages.Page, purpose: str
) -> dict[str, Any]:
    shown = columns.shown(register.columns, people=bool(purpose))
    return {
        "register": register,
        "registers": [(one, reverse("information:register", args=[one.key])) for one in REGISTERS.values()],
        "form": form,
        "page": page,
        "columns": shown,
        "lines": [[(column, column.of(row)) for column in shown] for row in page.rows],
        "query": form.query(),
        "newer_url": f"?{form.query(m=str(page.newer))}" if page.newer else "",
        "older_url": f"?{form.query(m=str(page.older))}" if page.older else "",
        "purpose": purpose,
        "purpose_form": PurposeForm() if register.seen_verb and who.serves_requests(request.user) else None,
        "most": sheets.MOST,
    }


@staff_page
@require_POST
def people(request: HttpRequest, key: str) -> HttpResponse:
    """State the purpose for which the columns with people are opened, or close them again."""
    register, back = _found(key), request.POST.get("kembali", "")
    if not (register.seen_verb and who.serves_requests(request.user)):
        raise Http404
    here = reverse("information:register", args=[key])
    target = back if back.startswith(here) and url_has_allowed_host_and_scheme(back, None) else here
    if "tutup" in request.POST:
        purposes.close(request)
        return redirect(target)
    form = PurposeForm(request.POST)
    if not form.is_valid():
        context = {"register": register, "form": form, "back": target}
        return render(request, "information/openness/purpose.html", context, status=422)
    purposes.open_for(request, form.cleaned_data["purpose"], now=clock.now())
    return redirect(target)


@staff_page
@require_safe
def export(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The whole narrowed register as a file, oldest first."""
    register, now = _found(key), clock.now()
    form = _form(request, register)
    if not form.is_valid():
        raise Http404
    rows = list(pages.oldest_first(register, _narrowed(request, register, form))[: sheets.MOST[kind] + 1])
    if len(rows) > sheets.MOST[kind]:
        messages.error(request, _("Terlalu banyak baris untuk satu berkas. Saring dulu, misalnya per bulan."))
        return redirect(f"{reverse('information:register', args=[key])}?{form.query()}")
    purpose = purposes.of(request, now=now) if register.seen_verb else ""
    shown = columns.shown(register.columns, people=bool(purpose))
    data = sheets.as_file(kind, register, shown, rows, asked=form.said())
    actions.note_taken(
        register=register,
        rows=rows,
        purpose=purpose,
        asked=form.query(),
        by=request.user,  # type: ignore[arg-type]  # a staff page
        now=now,
    )
    return _file(data, f"register-{key}-{form.year() or 'semua'}.{kind}", sheets.TYPES[kind])


def _file(data: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=content_type, headers=headers)
