"""Pages for the words of letters: templates with a preview, number patterns, letterheads."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.base.accounts.models import User
from pendopo.base.letters import markup, numbers, papers, policy
from pendopo.base.letters.actions import issuing, managing
from pendopo.base.letters.forms import LetterheadForm, PatternForm, TemplateForm
from pendopo.base.letters.kinds import LetterKind, letter_kinds
from pendopo.base.letters.models import Letterhead, LetterTemplate, NumberPattern
from pendopo.base.organizations.models import Kind, Organization
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused


def manager(request: HttpRequest) -> User:
    """The koordinator or administrator; everybody else finds nothing here."""
    user = request.user
    if not isinstance(user, User) or not policy.may_manage(user):
        raise Http404
    return user


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Every kind of letter, every register, and the letterheads of the offices."""
    user, today = manager(request), clock.local_date(clock.now())
    versions = (
        LetterTemplate.objects.visible_to(user).select_related("created_by").order_by("version").defer("body")
    )
    latest = {row.key: row for row in versions}
    come = NumberPattern.objects.visible_to(user).filter(valid_from__lte=today).order_by("valid_from", "pk")
    patterns = {row.series: row for row in come}
    series = sorted({kind.series: kind for kind in letter_kinds}.items())
    heads = Letterhead.objects.visible_to(user).in_bulk()
    offices = Organization.objects.visible_to(user).filter(active=True).exclude(kind=Kind.VILLAGE)
    context = {
        "kinds": [(kind, latest.get(kind.key)) for kind in letter_kinds],
        "series": [(name, patterns.get(name) or kind.number_pattern) for name, kind in series],
        "offices": [(office, heads.get(office.pk)) for office in offices],
    }
    return render(request, "letters/templates.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The words of one kind: write, look at a sample, keep as a new version."""
    user, now = manager(request), clock.now()
    kind = _kind(key)
    versions = list(LetterTemplate.objects.visible_to(user).filter(key=key).select_related("created_by"))
    form = TemplateForm(request.POST or None, initial=_first_words(kind, versions))
    act = request.POST.get("act", "")
    if form.is_bound and form.is_valid():
        if act == "pdf" and (page := _sample(kind, form, user)):
            return HttpResponse(page, content_type="application/pdf")
        if act == "save" and _written(kind, form, user):
            messages.success(request, _("Versi baru tersimpan. Surat berikutnya memakainya."))
            return redirect("letters:template", key)
        _show_faults(kind, form)
    context = {"kind": kind, "form": form, "versions": versions, "now": now, **_preview(kind, form)}
    page_name = "letters/_preview.html" if request.htmx and act == "preview" else "letters/template.html"  # type: ignore[attr-defined]
    return render(request, page_name, context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pattern(request: HttpRequest, key: str) -> HttpResponse:
    """How a register's numbers are written."""
    user, now = manager(request), clock.now()
    kind = next((one for one in letter_kinds if one.series == key), None)
    if kind is None:
        raise Http404
    row = NumberPattern.objects.visible_to(user).in_force(key, on=clock.local_date(now))
    form = PatternForm(request.POST or None, initial={"pattern": row.pattern if row else kind.number_pattern})
    if form.is_bound and form.is_valid():
        try:
            managing.write_pattern(series=key, pattern=form.cleaned_data["pattern"], by=user, now=now)
        except Refused as no:
            form.add_error(no.field or None, str(no))
        else:
            messages.success(request, _("Pola nomor tersimpan."))
            return redirect("letters:templates")
    context = {"form": form, "series": key, "example": _example(form, user)}
    return render(request, "letters/pattern.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def letterhead(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands at the head of an office's letters."""
    user = manager(request)
    office = get_object_or_404(Organization.objects.visible_to(user), pk=pk)
    head = Letterhead.objects.visible_to(user).filter(pk=pk).first()
    form = LetterheadForm(
        request.POST or None, initial={"address": head.address, "place": head.place} if head else None
    )
    if form.is_bound and form.is_valid():
        managing.write_letterhead(office=office, by=user, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("Kop surat tersimpan."))
        return redirect("letters:templates")
    context = {"form": form, "office": office}
    return render(request, "letters/letterhead.html", context, status=422 if form.is_bound else 200)


def _kind(key: str) -> LetterKind:
    kind = letter_kinds.get(key)
    if kind is None:
        raise Http404
    return kind


def _first_words(kind: LetterKind, versions: list[LetterTemplate]) -> dict[str, Any]:
    if not versions:
        return {"seen": 0, "title": kind.default_title, "body": kind.default_body}
    return {"seen": versions[0].version, "title": versions[0].title, "body": versions[0].body}


def _written(kind: LetterKind, form: TemplateForm, user: User) -> bool:
    words = form.cleaned_data
    try:
        managing.write_template(
            key=kind.key,
            title=words["title"],
            body=words["body"],
            seen=words["seen"] or 0,
            by=user,
            now=clock.now(),
        )
    except Refused as no:
        if not no.field:
            form.add_error(None, str(no))
        return False
    return True


def _sample(kind: LetterKind, form: TemplateForm, user: User) -> bytes:
    """The sample as PDF; b"" when its words have faults."""
    office = Organization.objects.visible_to(user).filter(is_intake=True).first()
    words = form.cleaned_data
    if office is None or markup.faults(words["title"], words["body"], kind.samples):
        return b""
    paper = issuing.preview(
        kind=kind, title=words["title"], body=words["body"], office=office, now=clock.now()
    )
    return papers.pdf_of(paper)


def _show_faults(kind: LetterKind, form: TemplateForm) -> None:
    words = form.cleaned_data
    for name, sentence in markup.faults(words["title"], words["body"], kind.samples):
        form.add_error(name, sentence)


def _preview(kind: LetterKind, form: TemplateForm) -> dict[str, Any]:
    words = {name: form[name].value() or "" for name in ("title", "body")}
    return {
        "sample_title": markup.line_of(words["title"], kind.samples),
        "sample_body": markup.html_of(words["body"][: markup.MOST], kind.samples),
    }


def _example(form: PatternForm, user: User) -> str:
    office = Organization.objects.visible_to(user).filter(is_intake=True).first()
    typed = form["pattern"].value() or ""
    if office is None or numbers.fault(typed):
        return ""
    return numbers.written(typed, 12, clock.local_date(clock.now()), office)
