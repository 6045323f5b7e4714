"""Files of an entry: added, published, withdrawn, opened by its keepers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.base.files.public import file_url
from pendopo.base.redaction import public as redaction
from pendopo.domains.information import checking
from pendopo.domains.information.actions import keeping_versions
from pendopo.domains.information.forms.keeping import FileForm, PublishForm, ReasonForm
from pendopo.domains.information.models import Item, ItemVersion
from pendopo.domains.information.views.entry_page import entry_page
from pendopo.domains.information.views.staff import me, staff_page
from pendopo.kernel import clock
from pendopo.kernel.errors import Refused


@staff_page
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version of an entry."""
    form = FileForm(request.POST, request.FILES, auto_id="berkas_%s")
    if form.is_valid():
        try:
            keeping_versions.add_version(
                item_id=pk, upload=form.cleaned_data["file"], note=form.cleaned_data["note"],
                by=me(request), now=clock.now(),
            )  # fmt: skip
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else "file", str(no))
        else:
            messages.success(request, _("Berkas tersimpan. Terbitkan sesudah pemeriksaannya selesai."))
            return redirect("information:entry", pk)
    return entry_page(request, pk, status=422, refused={"file": form})


@staff_page
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a version public."""
    item = _item_of(request, pk)
    form = PublishForm(request.POST, auto_id=f"terbit{pk}_%s")
    if form.is_valid():
        try:
            keeping_versions.publish_version(
                version_id=pk, by=me(request), now=clock.now(), **form.cleaned_data
            )
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(request, _("Versi ini sudah diterbitkan."))
            return redirect("information:entry", item)
    return entry_page(request, item, status=422, refused={f"publish{pk}": form})


@staff_page
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a version back."""
    item = _item_of(request, pk)
    form = ReasonForm(request.POST, auto_id=f"tarik{pk}_%s")
    if form.is_valid():
        try:
            keeping_versions.withdraw_version(
                version_id=pk,
                reason=form.cleaned_data["reason"],
                by=me(request),
                now=clock.now(),
            )
        except Refused as no:
            form.add_error("reason" if no.field == "reason" else None, str(no))
        else:
            messages.success(request, _("Versi ini ditarik."))
            return redirect("information:entry", item)
    return entry_page(request, item, status=422, refused={f"withdraw{pk}": form})


@staff_page
@require_POST
def blacken(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the redaction studio with this version's PDF."""
    item = _item_of(request, pk)
    version = ItemVersion.objects.visible_to(request.user).select_related("file").get(pk=pk)
    try:
        begun = redaction.start(
            source=version.file,
            about=(checking.KIND, str(pk)),
            by=me(request),
            now=clock.now(),
        )
    except Refused as no:
        messages.error(request, str(no))
        return redirect("information:entry", item)
    return redirect(redaction.studio_url(begun))


@staff_page
@require_POST
def take_blackened(request: HttpRequest, pk: int) -> HttpResponse:
    """The proven result of the studio becomes the next version."""
    item = _item_of(request, pk)
    try:
        keeping_versions.add_blackened(version_id=pk, by=me(request), now=clock.now())
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Hasil penghitaman menjadi versi baru."))
    return redirect("information:entry", item)


@staff_page
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file itself, for who keeps the entry."""
    kept = Item.objects.desk_of(request.user).values("pk")
    version = ItemVersion.objects.visible_to(request.user).select_related("file").get(pk=pk, item__in=kept)
    return redirect(file_url(version.file))


def _item_of(request: HttpRequest, version_id: int) -> int:
    kept = Item.objects.desk_of(request.user).values("pk")
    rows = ItemVersion.objects.visible_to(request.user).filter(item__in=kept)
    found: int = rows.values_list("item_id", flat=True).get(pk=version_id)
    return found
