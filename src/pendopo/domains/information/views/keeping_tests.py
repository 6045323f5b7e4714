"""Staff pages of consequence tests: the list, one sheet, its form."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.base.audit.timelines import officer_timeline
from pendopo.domains.information import letter_texts, letters, sheets
from pendopo.domains.information.actions import tests as actions
from pendopo.domains.information.forms.keeping import ReasonForm
from pendopo.domains.information.forms.tests import OpinionForm, SearchForm, SheetForm
from pendopo.domains.information.models import ConsequenceTest, Item, TestStatus, UnitTask
from pendopo.domains.information.policy import keeping as policy
from pendopo.domains.information.policy import who
from pendopo.domains.information.views.pressing import Verbs, press
from pendopo.domains.information.views.staff import me, once, staff_page
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused
from pendopo.kernel.lists import counts_up_to

MOST = 100
_OPEN = (TestStatus.DRAFT, TestStatus.RETURNED)
VERBS: Verbs = {
    "usulkan": (actions.propose_test, False, gettext_lazy("Lembar diusulkan kepada PPID Utama.")),
    "kembalikan": (actions.return_test, True, gettext_lazy("Lembar dikembalikan.")),
    "akhiri": (actions.end_test, True, gettext_lazy("Lembar uji berakhir.")),
}


@staff_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/meja/ppid/uji/`: sheets by state, or those that hold the words."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    rows = ConsequenceTest.objects.visible_to(request.user)
    numbers = counts_up_to([rows.filter(status=status) for status in TestStatus.values])
    wanted = request.GET.get("keadaan", "")
    if words:
        found = sheets.alike(request.user, words)
    elif wanted in TestStatus.values:
        found = rows.filter(status=wanted)
    else:
        found = rows
    context = {
        "form": form, "wanted": wanted, "words": words,
        "tests": found.select_related("office", "ground").order_by("-made_at", "-pk")[:MOST],
        "tabs": list(zip(TestStatus.choices, numbers, strict=True)),
        "may_fix": who.decides(request.user), "may_keep": who.is_ppid(request.user),
    }  # fmt: skip
    return render(request, "information/keeping/tests.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new sheet, empty, for an entry (`?entri=`), for a unit's task (`?tugas=`) or like an earlier one (`?dari=`)."""
    if not who.is_ppid(request.user):
        raise Http404
    like = _asked(ConsequenceTest.objects.visible_to(request.user), request.GET.get("dari", ""))
    item = _asked(Item.objects.desk_of(request.user).light(), request.GET.get("entri", ""))
    tasks = UnitTask.objects.visible_to(request.user).select_related("case")
    task: UnitTask | None = _asked(tasks, request.GET.get("tugas", ""))
    bound = request.POST if request.method == "POST" else None
    form = SheetForm(bound, user=request.user, like=like, item=item, task=task)
    if form.is_valid():
        given = {**form.target(), "sheet": form.sheet(), "by": me(request), "based_on": like}
        given["request"] = task.case if task else None
        try:
            made = once(
                str(form.cleaned_data["key"]), lambda: actions.draft_test(**given, now=clock.now()).pk
            )
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(request, _("Lembar uji tersimpan. Periksa, lalu usulkan."))
            return redirect("information:test", made) if made else redirect("information:tests")
    context = {"form": form, "like": like, "item": item, "task": task}
    return render(request, "information/keeping/sheet.html", context, status=422 if form.is_bound else 200)


@staff_page
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a sheet that is not fixed."""
    test = ConsequenceTest.objects.visible_to(request.user).get(pk=pk)
    if test.status not in _OPEN or not policy.may_test(request.user, test.office_id):
        raise Http404
    form = SheetForm(request.POST if request.method == "POST" else None, user=request.user, test=test)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.edit_test(test_id=pk, seen=seen, sheet=form.sheet(), by=me(request), now=clock.now())
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("information:test", pk)
    context = {"form": form, "test": test}
    return render(request, "information/keeping/sheet.html", context, status=422 if form.is_bound else 200)


@staff_page
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet: what it says, where it was invoked, what may be done with it."""
    return _page(request, pk)


@staff_page
@require_POST
def act(request: HttpRequest, pk: int, test_verb: str) -> HttpResponse:
    """One of `VERBS` on a sheet."""
    return press(request, VERBS, test_verb, subject="test_id", pk=pk, page=_page, back="information:test")


@staff_page
@require_POST
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """What the council said."""
    form = OpinionForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.note_opinion(
                test_id=pk, seen=given["seen"], opinion=given["council_opinion"], met_on=given["council_on"],
                by=me(request), now=clock.now(),
            )  # fmt: skip
        except Refused as no:
            form.add_error(no.field or None, str(no))
        else:
            messages.success(request, _("Pendapat tim pertimbangan dicatat."))
            return redirect("information:test", pk)
    return _page(request, pk, status=422, refused={"opinion": form})


def _asked(rows: Any, pk: str) -> Any:
    """The row an address names; None without one. Raises ObjectDoesNotExist."""
    return rows.get(pk=int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 10 else None


def _page(
    request: HttpRequest, pk: int, *, status: int = 200, refused: dict[str, Any] | None = None
) -> HttpResponse:
    rows = ConsequenceTest.objects.visible_to(request.user)
    test = rows.select_related("office", "ground", "decree", "item", "based_on", "request").get(pk=pk)
    context = _context(request.user, test, refused or {})
    return render(request, "information/keeping/test.html", context, status=status)


def _context(user: Any, test: ConsequenceTest, bound: dict[str, Any]) -> dict[str, Any]:
    """What the page of a sheet shows to this person."""
    keeps, fixes = policy.may_test(user, test.office_id), policy.may_fix(user)
    can = {
        "usulkan": keeps and test.status in _OPEN,
        "kembalikan": fixes and test.status == TestStatus.PROPOSED,
        "akhiri": test.status != TestStatus.ENDED and policy.may_drop_test(user, test),
    }
    seen = {"seen": test.version}
    notes = test.status == TestStatus.PROPOSED and policy.may_note_opinion(user)
    told = {"council_on": test.council_on, "council_opinion": test.council_opinion} | seen
    return {
        "test": test, "form": next(iter(bound.values()), None),
        "verbs": {
            verb: bound.get(verb) or ReasonForm(auto_id=f"{verb}_%s", initial=seen)
            for verb, allowed in can.items() if allowed
        },
        "opinion": (bound.get("opinion") or OpinionForm(initial=told)) if notes else None,
        "may_fix": fixes and test.status == TestStatus.PROPOSED and bool(test.council_opinion),
        "may_edit": keeps and test.status in _OPEN, "may_reuse": who.is_ppid(user),
        "invoked": test.invocations.select_related("decision__case").order_by("-decision__at")[:MOST],
        "letters": letters.links(letter_texts.TEST, test.pk, clock.now()),
        "history": officer_timeline(test)[::-1],
    }  # fmt: skip
