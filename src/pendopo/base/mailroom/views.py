"""The staff pages about mails that came in: a list by state, one mail as plain text, and what to do with it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.base.accounts.models import User
from pendopo.base.mailroom import actions, policy
from pendopo.base.mailroom.forms import AddForm, DiscardForm
from pendopo.base.mailroom.handlers import handlers
from pendopo.base.mailroom.models import Mail, Status
from pendopo.base.notices.masks import masked
from pendopo.kernel import clock
from pendopo.kernel.errors import NotAllowed, Refused

PAGE = 50
_TABS = (Status.HELD, Status.DEAD, Status.RECEIVED, Status.IGNORED, Status.HANDLED, Status.DISCARDED)
FORMS: dict[str, type[forms.Form]] = {"add": AddForm, "discard": DiscardForm}
DONE = {
    "make": _("Surat menjadi laporan."),
    "add": _("Surat ditambahkan ke laporan."),
    "discard": _("Surat dibuang."),
    "again": _("Surat akan dibaca ulang."),
}
TONES = {
    Status.RECEIVED: "new",
    Status.HELD: "waiting",
    Status.DEAD: "late",
    Status.IGNORED: "closed",
    Status.HANDLED: "done",
    Status.DISCARDED: "closed",
}


@never_cache
@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Mails in one state, newest first; senders are masked here."""
    found = Mail.objects.visible_to(request.user)
    counts = dict(found.order_by().values_list("status").annotate(Count("pk")))
    if not policy.may_open(request.user) and not counts:
        raise Http404
    wanted = request.GET.get("keadaan", "")
    state = Status(wanted) if wanted in Status.values else Status.HELD
    page = Paginator(found.filter(status=state).defer("words"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(mail, masked(mail.sender) if mail.sender else "") for mail in page],
        "tabs": [(one.value, one.label, counts.get(one.value, 0), one == state) for one in _TABS],
        "state": state,
    }
    return render(request, "mailroom/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as plain text, and the ways out of waiting. Opening it is written down."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    mail = get_object_or_404(Mail.objects.visible_to(user), pk=pk)
    if request.method == "POST":
        return _decide(request, mail, user)
    return _page(request, actions.look(mail_id=mail.pk, by=user, now=clock.now()))


def _decide(request: HttpRequest, mail: Mail, user: User) -> HttpResponse:
    """Do what the button says; what cannot be done is said beside the field, and nothing typed is lost."""
    act = request.POST.get("act", "")
    kind = FORMS.get(act)
    form = kind(request.POST) if kind else None
    if form is not None and not form.is_valid():
        return _page(request, mail, status=422, form=form)
    words = next(iter(form.cleaned_data.values()), "") if form else ""
    try:
        actions.decide(mail_id=mail.pk, act=act, words=words, by=user, now=clock.now())
    except (NotAllowed, Mail.DoesNotExist):
        raise Http404 from None
    except Refused as no:
        if form is None or no.field not in form.fields:
            messages.error(request, str(no))
        else:
            form.add_error(no.field, str(no))
        return _page(request, mail, status=422, form=form)
    messages.success(request, DONE[act])
    return redirect("mailroom:detail", mail.pk)


def _page(
    request: HttpRequest, mail: Mail, *, status: int = 200, form: forms.Form | None = None
) -> HttpResponse:
    table = Mail.TRANSITIONS
    about = ("", "")
    for handler in handlers:
        if handler.about_kind == mail.about_kind and mail.about_id is not None:
            about = handler.named(request.user, [mail.about_id]).get(mail.about_id, about)
    context = {
        "mail": mail,
        "about_code": about[0],
        "about_url": about[1],
        "tone": TONES[Status(mail.status)],
        "may_handle": table.allows(mail.status, Status.HANDLED),
        "may_discard": table.allows(mail.status, Status.DISCARDED),
        "may_retry": table.allows(mail.status, Status.RECEIVED),
        "add_form": form if isinstance(form, AddForm) else AddForm(initial={"code": about[0]}),
        "discard_form": form if isinstance(form, DiscardForm) else DiscardForm(),
        "form": form,
    }
    return render(request, "mailroom/detail.html", context, status=status)
