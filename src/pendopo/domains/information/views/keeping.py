"""Staff pages of the list: what is to be done, one entry, its form."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.domains.information import listing
from pendopo.domains.information.actions import keeping, keeping_due, keeping_versions
from pendopo.domains.information.forms.keeping import EntryForm, FilterForm
from pendopo.domains.information.models import Item
from pendopo.domains.information.policy import keeping as policy
from pendopo.domains.information.policy import who
from pendopo.domains.information.views.entry_page import entry_page
from pendopo.domains.information.views.pressing import Verbs, press
from pendopo.domains.information.views.staff import me, once, staff_page
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused

VERBS: Verbs = {
    "usulkan": (keeping.propose, False, gettext_lazy("Entri diusulkan kepada PPID Utama.")),
    "kembalikan": (keeping.send_back, True, gettext_lazy("Usulan dikembalikan.")),
    "terbitkan": (keeping.publish_at_once, False, gettext_lazy("Informasi serta merta sudah terbit.")),
    "tarik": (keeping.withdraw, True, gettext_lazy("Entri ditarik.")),
    "pulihkan": (keeping.restore, False, gettext_lazy("Entri diusulkan lagi.")),
    "berlaku": (keeping_due.confirm, True, gettext_lazy("Dicatat: informasi masih berlaku.")),
    "buka": (keeping_versions.opened_without_file, True, gettext_lazy("Dicatat: informasi sudah terbuka.")),
}


@staff_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/meja/ppid/informasi/`: the lists with their counts."""
    today = clock.local_date(clock.now())
    tab = listing.BY_KEY.get(request.GET.get("tab", ""))
    form = FilterForm(request.GET, user=request.user)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = listing.narrowed(Item.objects.desk_of(request.user), asked)
    counts = listing.counts(rows, today, worded=bool(asked.get("q")))
    tab = tab or next((one for one in listing.TABS if counts[one.key]), listing.TABS[0])
    items, after = listing.page_of(rows, tab, request.GET.get("sesudah", ""), today)
    context = {
        "form": form, "tab": tab, "items": items, "after": after, "today": today,
        "query": request.GET.urlencode(),
        "tabs": [(one, counts[one.key]) for one in listing.TABS],
        "may_fix": who.decides(request.user),
        "may_keep": who.is_ppid(request.user),
    }  # fmt: skip
    return render(request, "information/keeping/items.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new entry."""
    if not who.is_ppid(request.user):
        raise Http404
    form = EntryForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = {"entry": form.entry(), "office_id": form.cleaned_data["office"].pk, "by": me(request)}
        try:
            made = once(str(form.cleaned_data["key"]), lambda: keeping.draft(**given, now=clock.now()).pk)
        except Refused as no:
            form.add_error(no.field or None, str(no))
        else:
            messages.success(request, _("Draf tersimpan. Tambahkan berkasnya, lalu usulkan."))
            return redirect("information:entry", made) if made else redirect("information:items")
    context = {"form": form}
    return render(request, "information/keeping/entry.html", context, status=422 if form.is_bound else 200)


@staff_page
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an entry."""
    item = Item.objects.desk_of(request.user).light().select_related("office").get(pk=pk)
    if not policy.may_keep(request.user, item.office_id):
        raise Http404
    form = EntryForm(request.POST if request.method == "POST" else None, user=request.user, item=item)
    if request.method == "POST" and form.is_valid():
        try:
            keeping.edit(
                item_id=pk,
                seen=form.cleaned_data["seen"],
                entry=form.entry(),
                by=me(request),
                now=clock.now(),
            )
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("information:entry", pk)
    context = {"form": form, "item": item}
    return render(request, "information/keeping/entry.html", context, status=422 if form.is_bound else 200)


@staff_page
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with its files, tests and history."""
    return entry_page(request, pk)


@staff_page
@require_POST
def act(request: HttpRequest, pk: int, entry_verb: str) -> HttpResponse:
    """One of `VERBS` on an entry."""
    return press(
        request, VERBS, entry_verb, subject="item_id", pk=pk, page=entry_page, back="information:entry"
    )
