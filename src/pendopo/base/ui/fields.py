"""Fields and widgets that Django has no shape for: picture tiles, choices with a hint, photos."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class Tiles(forms.RadioSelect):
    """Radio buttons as big tiles. `icons` maps a value to an icon name, or is asked for one."""

    template_name = "components/widget_tiles.html"
    shape = "tiles"

    def __init__(
        self, *args: Any, icons: Mapping[str, str] | Callable[[str], str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.icons = icons or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        key = str(value)
        option["icon"] = self.icons(key) if callable(self.icons) else self.icons.get(key, key)
        return option


class _Hints(forms.widgets.ChoiceWidget):
    def __init__(self, *args: Any, hints: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(str(value), "")
        return option


class HintedRadios(_Hints, forms.RadioSelect):
    """Radio rows, each with a sentence under its label. `hints` maps a value to the sentence."""


class HintedChecks(_Hints, forms.CheckboxSelectMultiple):
    """Check boxes, each with a sentence under its label."""


class DateInput(forms.DateInput):
    """The browser's own date picker; the value is always ISO."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PhotoInput(forms.FileInput):
    """ "Ambil atau pilih foto": a big button over a native file input that works without JavaScript."""

    template_name = "components/widget_photo.html"
    shape = "file"
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None, max_files: int = 1) -> None:
        self.max_files = max_files
        many = {"multiple": True} if max_files > 1 else {}
        super().__init__({"accept": "image/*", **many, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["max_files"] = self.max_files
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PhotosField(forms.FileField):
    """Up to `max_files` uploads as a list. What is inside them is judged by the files room, not here."""

    default_error_messages = {
        "too_many": ngettext_lazy(
            "Pilih paling banyak %(max)d foto.", "Pilih paling banyak %(max)d foto.", "max"
        ),
        "empty": _("Berkas ini kosong. Pilih foto lain."),
        "missing": _("Foto tidak ikut terkirim. Pilih lagi fotonya."),
    }

    def __init__(self, *, max_files: int = 3, **kwargs: Any) -> None:
        self.max_files = max_files
        kwargs.setdefault("widget", PhotoInput(max_files=max_files))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            super().clean(None, initial)
            return []
        if len(given) > self.max_files:
            raise forms.ValidationError(
                self.error_messages["too_many"], "too_many", params={"max": self.max_files}
            )
        return [super(PhotosField, self).clean(one, initial) for one in given]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)
