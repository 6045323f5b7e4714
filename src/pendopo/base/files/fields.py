"""Form fields for files. A refused file is an error beside the field, and every other field keeps its words.

Their cleaned values are `Examined` files: hand them to the actions of this room as they are.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.files.examine import (
    DATA,
    DOCUMENTS,
    IMAGES,
    IMAGES_AND_PDFS,
    PDFS,
    Examined,
    examine,
    limit_of,
)
from pendopo.base.files.models import FileKind
from pendopo.base.files.refusals import FileRefused, wanted
from pendopo.base.ui import fields as ui


class SeveralFilesField(ui.PhotosField):
    """Up to `max_files` photos or PDFs, checked by content. Cleans to a list of `Examined`."""

    allowed: frozenset[FileKind] = IMAGES_AND_PDFS
    accept = "image/*,application/pdf"
    thorough = False
    default_error_messages = {
        "required": gettext_lazy("Pilih berkasnya dulu."),
        "invalid": gettext_lazy("Berkas tidak ikut terkirim. Pilih lagi berkasnya."),
        "missing": gettext_lazy("Berkas tidak ikut terkirim. Pilih lagi berkasnya."),
    }

    def __init__(self, *, max_files: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ui.PhotoInput(max_files=max_files))
        kwargs.setdefault("help_text", lazystr(_Help(self.allowed)))
        super().__init__(max_files=max_files, allow_empty_file=True, **kwargs)  # `examine` says it better

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": self.accept}

    def clean(self, data: Any, initial: Any = None) -> Any:
        return self.examined(super().clean(data, initial))

    def examined(self, uploads: list[UploadedFile]) -> list[Examined]:
        """Every upload through the gate; all refusals are told at once."""
        files: list[Examined] = []
        problems: list[ValidationError] = []
        for upload in uploads:
            try:
                files.append(examine(upload, self.allowed, thorough=self.thorough))
            except FileRefused as refused:
                problems.append(ValidationError(str(refused), code="refused"))
        if problems:
            raise ValidationError(problems)
        return files


class SeveralPhotosField(SeveralFilesField):
    """Several photos."""

    allowed = IMAGES
    accept = "image/*"


class PhotoField(SeveralPhotosField):
    """One photo. Cleans to `Examined`, or None when left empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ui.PhotoInput({"multiple": False}))
        super().__init__(max_files=1, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = super().clean(data, initial)
        return files[0] if files else None


class DocumentField(PhotoField):
    """One PDF. Cleans to `Examined`, or None when left empty."""

    allowed = PDFS
    accept = "application/pdf"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput())
        super().__init__(**kwargs)


class ProofField(PhotoField):
    """One photo or PDF that proves who somebody is, for `sealed.seal`. PDFs are looked into."""

    allowed = IMAGES_AND_PDFS
    accept = "image/*,application/pdf"
    thorough = True


class PublicDocumentField(DocumentField):
    """One PDF, DOCX, XLSX or CSV, looked into for scripts, programs and bombs. Cleans to `Examined` or None."""

    allowed = DOCUMENTS
    accept = ".pdf,.docx,.xlsx,.csv"


class DataField(DocumentField):
    """One XLSX or CSV, looked into likewise. Cleans to `Examined` or None."""

    allowed = DATA
    accept = ".xlsx,.csv"


class _Help:
    """What may be handed in, said when the form is drawn: in the visitor's language, with today's limits."""

    def __init__(self, allowed: frozenset[FileKind]) -> None:
        self.allowed = allowed

    def __str__(self) -> str:
        megabytes = max(limit_of(kind) for kind in self.allowed) // (1024 * 1024)
        what = wanted(self.allowed)
        said = _("%(what)s, paling besar %(megabytes)d MB.")
        return said % {"what": what[:1].upper() + what[1:], "megabytes": megabytes}


def ask_for_files_again(form: forms.BaseForm) -> None:
    """Beside the file fields of a form that goes back to its writer: browsers cannot fill them in again."""
    for name in form.fields if form.is_bound else ():
        chosen = name in form.files and isinstance(form.fields[name], forms.FileField)
        if chosen and form.errors and name not in form.errors:
            form.add_error(name, _("Berkas yang tadi Anda pilih belum terkirim. Pilih lagi berkasnya."))
