"""Files at addresses that stay."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pendopo.base.files import public as files
from pendopo.domains.information import downloads, reading
from pendopo.domains.information.models import ItemVersion
from pendopo.kernel import clock


@require_safe
def file(request: HttpRequest, slug: str, number: int, filename: str) -> HttpResponseBase:
    """`/ppid/berkas/<slug>/<number>/<filename>`: one version. The name is for people; an old one opens it too."""
    gone = reading.tombstones(slug).light().first()
    if gone is not None:
        return render(request, "information/catalogue/gone.html", {"item": gone}, status=410)
    opened = ItemVersion.objects.opened().select_related("item", "file").defer("item__file_text", "item__search")
    version = get_object_or_404(opened, item__slug=slug, number=min(number, 32767))
    # Asked again each time: what was withdrawn must not live on in caches.
    answer = files.serve(request, version.file, name=reading.file_name(version.item, version), immutable=False)
    answer["Access-Control-Allow-Origin"] = "*"
    if answer.status_code in (200, 206):
        downloads.count(request, version, now=clock.now())
    return answer
