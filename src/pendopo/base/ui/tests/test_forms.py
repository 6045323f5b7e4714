"""Fields come out with label, hint, error and the ARIA that ties them together."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from pendopo.base.ui.fields import DateInput, HintedChecks, HintedRadios, PhotoInput, PhotosField, Tiles


class ReportForm(forms.Form):
    kind = forms.ChoiceField(
        label="Apa?", choices=[("sampah", "Sampah"), ("jalan-rusak", "Jalan rusak")], widget=Tiles()
    )
    place = forms.CharField(label="Di mana?", help_text="Alamat atau patokan.", max_length=20)
    note = forms.CharField(label="Catatan", required=False, max_length=1000, widget=forms.Textarea())
    by = forms.ChoiceField(
        label="Kabari lewat",
        choices=[("email", "Surel")],
        widget=HintedRadios(hints={"email": "Tiap kabar."}),
    )
    topics = forms.MultipleChoiceField(
        label="Topik",
        required=False,
        choices=[("a", "A"), ("b", "B")],
        widget=HintedChecks(hints={"a": "Yang pertama."}),
    )
    when = forms.DateField(label="Kapan?", required=False, widget=DateInput())
    agree = forms.BooleanField(label="Setuju", help_text="Kenapa kami bertanya.")
    photos = PhotosField(label="Foto", required=False, max_files=2)


def rendered(name: str, data: dict[str, Any] | None = None) -> str:
    return str(ReportForm(data)[name].as_field_group())


def test_a_text_field_ties_hint_and_error_to_the_input() -> None:
    html = rendered("place", {"place": ""})
    assert '<label class="label" for="id_place">Di mana?' in html
    assert 'aria-describedby="id_place_helptext id_place_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<p class="hint" id="id_place_helptext">Alamat atau patokan.</p>' in html
    assert html.index('id="id_place_error"') < html.index("<input"), "the error stands above the input"
    assert "Bagian ini belum diisi." in html


def test_an_optional_field_says_that_it_may_stay_empty() -> None:
    assert "(boleh kosong)" in rendered("note")
    assert "(boleh kosong)" not in rendered("place")


def test_a_long_text_shows_how_many_letters_fit() -> None:
    assert "Paling banyak 1.000 huruf" in rendered("note")


def test_tiles_are_radio_buttons_in_a_named_group_with_icons() -> None:
    html = rendered("kind", {})
    assert "<fieldset" in html
    assert 'aria-describedby="id_kind_error"' in html
    assert "<legend>Apa?</legend>" in html
    assert html.count('type="radio"') == 2
    assert html.count('<svg class="icon"') == 2


def test_choices_carry_their_hints() -> None:
    assert "<small>Tiap kabar.</small>" in rendered("by")
    html = rendered("topics")
    assert html.count('type="checkbox"') == 2
    assert "<small>Yang pertama.</small>" in html


def test_a_single_check_box_keeps_its_label_beside_it() -> None:
    html = rendered("agree")
    assert html.index("<input") < html.index("Setuju")
    assert 'aria-describedby="id_agree_helptext"' in html


def test_a_date_is_iso_for_the_browser() -> None:
    assert 'type="date"' in rendered("when")
    assert 'value="2026-03-09"' in rendered("when", {"when": "2026-03-09"})


def test_a_label_from_a_person_is_escaped() -> None:
    form = forms.Form()
    form.fields["x"] = forms.CharField(label="<script>", help_text="<b>")
    html = str(form["x"].as_field_group())
    assert "<script>" not in html
    assert "<b>" not in html


def test_the_error_summary_links_to_each_field() -> None:
    page = Template('{% include "components/error_summary.html" %}')
    html = page.render(Context({"form": ReportForm({"place": ""})}))
    assert 'role="alert"' in html
    assert 'href="#id_place"' in html
    assert 'href="#id_kind_0"' in html, "a group is reached at its first choice"
    assert page.render(Context({"form": ReportForm()})).strip() == ""


def photos(*names: str, body: bytes = b"x") -> MultiValueDict[str, SimpleUploadedFile]:
    return MultiValueDict({"photos": [SimpleUploadedFile(name, body, "image/jpeg") for name in names]})


def test_several_photos_come_as_a_list() -> None:
    field = PhotosField(max_files=2)
    given = field.widget.value_from_datadict({}, photos("a.jpg", "b.jpg"), "photos")
    assert [photo.name for photo in field.clean(given)] == ["a.jpg", "b.jpg"]


def test_no_photo_is_an_empty_list_unless_one_is_needed() -> None:
    assert PhotosField(required=False).clean([]) == []
    with pytest.raises(forms.ValidationError):
        PhotosField().clean([])


def test_too_many_or_empty_photos_are_refused_in_words() -> None:
    field = PhotosField(max_files=2)
    with pytest.raises(forms.ValidationError, match="paling banyak 2 foto"):
        field.clean(photos("a", "b", "c").getlist("photos"))
    with pytest.raises(forms.ValidationError, match="kosong"):
        field.clean(photos("a.jpg", body=b"").getlist("photos"))


def test_a_photo_button_has_a_native_input_for_browsers_without_scripts() -> None:
    html = str(PhotoInput(max_files=2).render("photos", None, {"id": "id_photos"}))
    assert 'type="file"' in html
    assert "multiple" in html
    assert 'for="id_photos"' in html


def test_fields_speak_english_when_asked() -> None:
    with translation.override("en"):
        assert "(optional)" in rendered("note")
        assert "At most 1,000 characters" in rendered("note")
        assert "This field is required." in rendered("place", {"place": ""})
