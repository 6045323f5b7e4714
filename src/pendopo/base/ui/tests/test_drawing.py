"""Icons, tags, charts and other parts that templates draw with."""

import datetime as dt
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from pendopo.base.registries import MenuItem
from pendopo.base.registries import menu as menu_registry
from pendopo.base.ui import charts, icons


def draw(text: str, **context: Any) -> str:
    return Template("{% load ui %}" + text).render(Context(context))


@pytest.mark.parametrize("name", icons.ICONS)
def test_an_icon_is_a_whole_drawing_on_the_grid(name: str) -> None:
    root = ET.fromstring(icons.svg(name))
    assert root.attrib["viewBox"] == "0 0 24 24"
    assert root.attrib["aria-hidden"] == "true"
    assert len(root) >= 1


@pytest.mark.parametrize("tone", icons.TONES)
def test_every_tone_has_a_shape_of_its_own(tone: str) -> None:
    ET.fromstring(icons.tone_svg(tone))
    assert list(icons.TONES.values()).count(icons.TONES[tone]) == 1


def test_an_unknown_icon_or_tone_never_breaks_a_page() -> None:
    assert icons.ICONS["lainnya"] in draw('{% icon "<x>" %}')
    assert "tag-plain" in draw('{% tag "Aneh" "bogus" %}')


def test_what_people_typed_is_escaped_in_tags_and_icons() -> None:
    assert "<script>" not in draw("{% tag words %}", words="<script>")
    assert 'aria-label="&lt;b&gt;"' in draw('{% icon "jam" label=words %}', words="<b>")


def test_a_bar_chart_says_its_numbers_in_a_table_too() -> None:
    html = draw(
        '{% bar_chart rows "Laporan" unit="Laporan" part_label="lewat" %}',
        rows=[("PU", 1200, 30), ("DLH", 600, 0)],
    )
    assert 'width="100.0%"' in html
    assert 'width="50.0%"' in html
    assert '<td class="number">1.200</td>' in html
    assert '<td class="number">30</td>' in html


def test_charts_take_nothing_and_zeros_without_a_fuss() -> None:
    assert charts.bars([]) == []
    assert charts.bars([("a", 0)])[0].width == 0
    assert charts.spark([1]) is None
    assert charts.spark([0, 0]) is not None
    assert draw('{% sparkline values "tidak ada" %}', values=[]) == "\n"


@pytest.mark.parametrize("row", [("a", "9"), ("a", -1)])
def test_a_chart_refuses_what_is_no_number(row: tuple[object, ...]) -> None:
    with pytest.raises((TypeError, ValueError)):
        charts.bars([row])


def test_a_timeline_marks_what_only_officers_see() -> None:
    html = draw(
        "{% timeline entries %}",
        entries=[
            {"title": "Catatan", "when": dt.datetime(2026, 3, 9, tzinfo=dt.UTC), "text": "x", "private": True}
        ],
    )
    assert "Hanya petugas:" in html


def test_steps_are_said_in_words() -> None:
    html = draw('{% steps 2 4 "Tempat" %}')
    assert "Langkah 2 dari 4: Tempat" in html
    assert html.count('class="now"') == 2


def test_here_changes_one_value_of_the_address() -> None:
    request = RequestFactory().get("/laporan/", {"kata": "lubang", "hl": "id"})
    assert draw('{% here hl="en" %}', request=request) == "/laporan/?kata=lubang&amp;hl=en"
    assert draw("{% here hl=None %}", request=request) == "/laporan/?kata=lubang"


def test_the_menu_shows_what_rooms_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {
        "a": MenuItem("a", "Lapor", "portal:gaya"),
        "b": MenuItem("b", "Meja", "portal:gaya_meja", audience="staff"),
    }
    monkeypatch.setattr(menu_registry, "_entries", entries)
    assert draw('{% menu "public" as m %}{% for e in m %}{{ e.label }}{% endfor %}') == "Lapor"
    html = draw(
        '{% include "components/header.html" %}',
        request=RequestFactory().get("/gaya/"),
        site={"name": "Kota"},
    )
    assert '<a href="/gaya/" aria-current="page">Lapor</a>' in html


def test_seldom_entries_share_a_fold_and_a_lone_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {
        key: MenuItem(key, key, "portal:gaya_meja", audience="staff", seldom=key != "daily")
        for key in ("daily", "trail", "keys")
    }
    monkeypatch.setattr(menu_registry, "_entries", entries)
    both = "{% staff_menu as bar %}{{ bar.daily|length }} + {{ bar.seldom|length }}"
    assert draw(both) == "1 + 2"
    del entries["keys"]
    assert draw(both) == "2 + 0"


def test_only_the_closest_entry_is_where_we_are(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {
        "all": MenuItem("all", "Semua", "portal:gaya", audience="staff"),
        "desk": MenuItem("desk", "Meja", "portal:gaya_meja", audience="staff"),
    }
    monkeypatch.setattr(menu_registry, "_entries", entries)
    asked = "{% staff_menu as bar %}{{ bar.shown }}"
    assert draw(asked, request=RequestFactory().get("/gaya/meja/")) == "desk"
    assert draw(asked, request=RequestFactory().get("/gaya/")) == "all"
    assert draw(asked, request=RequestFactory().get("/")) == ""
