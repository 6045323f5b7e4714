"""Form fields for files. A refused file is an error beside the field, and every other field keeps its words.

Their cleaned values are `Examined` files: hand them to `files.actions.store` as they are.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.base.files.examine import IMAGES, IMAGES_AND_PDFS, PDFS, Examined, examine, limit_of
from pendopo.base.files.models import FileKind
from pendopo.base.files.refusals import FileRefused

_PHOTO_TYPES = "image/jpeg,image/png,image/webp,image/heic,image/heif"
_ACCEPT = {FileKind.IMAGE: _PHOTO_TYPES, FileKind.PDF: "application/pdf"}


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class CheckedFileField(forms.FileField):
    """One photo or PDF, checked by content. Cleans to `Examined`, or None when left empty."""

    allowed: frozenset[FileKind] = IMAGES_AND_PDFS
    words = gettext_lazy("Foto atau PDF")
    widget = forms.FileInput
    default_error_messages = {
        "required": gettext_lazy("Pilih berkasnya dulu."),
        "invalid": gettext_lazy("Berkasnya belum terkirim. Pilih lagi."),
        "missing": gettext_lazy("Berkasnya belum terkirim. Pilih lagi."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", self._help())
        kwargs["allow_empty_file"] = True  # `examine` says it better
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        accepted = ",".join(_ACCEPT[kind] for kind in sorted(self.allowed))
        return {**super().widget_attrs(widget), "accept": accepted}

    def clean(self, data: Any, initial: Any = None) -> Any:
        return self._examined(super().clean(data, initial))

    def _examined(self, upload: Any) -> Examined | None:
        if not upload:
            return None
        try:
            return examine(upload, self.allowed)
        except FileRefused as refused:
            raise ValidationError(refused.message, code="refused") from None

    def _help(self) -> Any:
        largest = max(limit_of(kind) for kind in self.allowed) // (1024 * 1024)
        return format_lazy(
            gettext_lazy("{what}, paling besar {megabytes} MB."), what=self.words, megabytes=largest
        )


class PhotoField(CheckedFileField):
    allowed = IMAGES
    words = gettext_lazy("Foto JPG, PNG, WebP, atau HEIC")


class DocumentField(CheckedFileField):
    allowed = PDFS
    words = gettext_lazy("PDF")


class SeveralFilesField(CheckedFileField):
    """Several photos or PDFs in one field. Cleans to a list, empty when left empty."""

    widget = SeveralFilesInput

    def __init__(self, *, at_most: int = 5, **kwargs: Any) -> None:
        self.at_most = at_most
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Examined]:
        uploads = [
            upload for upload in (data if isinstance(data, list | tuple) else [data]) if upload is not None
        ]
        if not uploads:
            super().clean(None, initial)  # says so when the field is required
            return []
        if len(uploads) > self.at_most:
            message = _("Paling banyak %(most)d berkas; Anda memilih %(chosen)d.")
            raise ValidationError(message % {"most": self.at_most, "chosen": len(uploads)}, code="too_many")
        return self._all(uploads, initial)

    def _all(self, uploads: list[Any], initial: Any) -> list[Examined]:
        files: list[Examined] = []
        problems: list[ValidationError] = []
        for upload in uploads:
            try:
                files.append(super().clean(upload, initial))
            except ValidationError as problem:
                problems.append(problem)
        if problems:
            raise ValidationError(problems)
        return files


class SeveralPhotosField(SeveralFilesField):
    allowed = IMAGES
    words = gettext_lazy("Foto JPG, PNG, WebP, atau HEIC")


def ask_for_files_again(form: forms.BaseForm) -> None:
    """Beside the file fields of a form that goes back to its writer: browsers cannot fill them in again."""
    for name in form.fields if form.is_bound else ():
        chosen = name in form.files and isinstance(form.fields[name], forms.FileField)
        if chosen and form.errors and name not in form.errors:
            form.add_error(name, _("Berkas yang tadi Anda pilih belum terkirim. Pilih lagi berkasnya."))
