import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from pendopo.base.files import fields
from pendopo.base.files.examine import Examined
from pendopo.base.files.tests.nasty import HTML, pdf, picture, upload


class Letter(forms.Form):
    words = forms.CharField()
    photos = fields.SeveralPhotosField(required=False, max_files=3)
    photo = fields.PhotoField(required=False)
    document = fields.DocumentField(required=False)
    either = fields.SeveralFilesField(required=False)


def filled(**files) -> Letter:
    return Letter({"words": "Lampu mati"}, MultiValueDict(files))


def test_files_come_out_examined() -> None:
    form = filled(
        photos=[upload(picture(), "a.png"), upload(picture(), "b.png")], photo=[upload(picture())],
        document=[upload(pdf(), "surat.pdf")], either=[upload(pdf(), "c.pdf"), upload(picture())],
    )  # fmt: skip
    assert form.is_valid(), form.errors
    data = form.cleaned_data
    assert [file.name for file in data["photos"]] == ["a.jpg", "b.jpg"]
    assert isinstance(data["photo"], Examined)
    assert data["document"].kind == "PDF"
    assert [file.kind for file in data["either"]] == ["PDF", "IMAGE"]


def test_no_file_is_no_error_unless_one_is_needed() -> None:
    form = filled()
    assert form.is_valid()
    assert [form.cleaned_data[name] for name in ("photos", "photo", "document", "either")] == [
        [],
        None,
        None,
        [],
    ]
    needed = fields.PhotoField()
    for nothing in (None, [], ""):
        with pytest.raises(forms.ValidationError, match="Pilih berkasnya dulu"):
            needed.clean(nothing)


def test_a_refused_file_is_told_beside_its_field_and_the_words_stay() -> None:
    form = filled(
        photos=[upload(HTML, "halaman.jpg"), upload(picture()), upload(b"", "kosong.jpg")],
        document=[upload(picture(), "foto.pdf")],
    )
    assert not form.is_valid()
    assert form.errors["photos"] == [
        "“halaman.jpg” ternyata halaman web, bukan foto JPG, PNG, WebP, atau HEIC. Pilih berkas lain.",
        "“kosong.jpg” kosong. Pilih lagi berkasnya.",
    ]
    assert form.errors["document"] == ["“foto.pdf” ternyata foto, bukan PDF. Pilih berkas lain."]
    assert form["words"].value() == "Lampu mati"
    assert "Lampu mati" in form.as_p()


def test_too_many_files_are_refused_before_one_is_opened(monkeypatch) -> None:
    monkeypatch.setattr(fields, "examine", lambda *_: pytest.fail("opened"))
    form = filled(photos=[upload(picture()) for _ in range(4)])
    assert "Pilih paling banyak 3" in str(form.errors["photos"])


def test_something_that_is_no_file_is_an_error_not_a_crash() -> None:
    form = Letter({"words": "x", "photos": "halo"}, MultiValueDict({"document": ["teks"]}))
    assert "tidak ikut terkirim" in str(form.errors["document"])


def test_the_browser_is_told_what_fits(settings) -> None:
    settings.PHOTO_MAX_MB, settings.PDF_MAX_MB = 7, 9
    form = Letter()
    assert form["photos"].field.widget.attrs["accept"] == "image/*"
    assert "multiple" in str(form["photos"]) and "multiple" not in str(form["photo"])
    assert form["document"].field.widget.attrs["accept"] == "application/pdf"
    assert form["either"].field.widget.attrs["accept"] == "image/*,application/pdf"
    assert form["photo"].help_text == "Foto JPG, PNG, WebP, atau HEIC, paling besar 7 MB."
    assert form["either"].help_text == "Foto (JPG, PNG, WebP, HEIC) atau PDF, paling besar 9 MB."
    assert form["photos"].help_text == form["photo"].help_text
