"""`{% load ui %}`: what templates of every room draw with. Each part is shown on /gaya/."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from pendopo.base.registries import MenuItem
from pendopo.base.registries import menu as menu_registry
from pendopo.base.ui import charts, css, icons, scripts, words
from pendopo.kernel import clock

register = template.Library()


@register.simple_tag
def inline_css(*names: str) -> SafeString:
    """The sheets static/css/NAME.css, minified, to stand inside <style nonce>."""
    return mark_safe(css.bundle(*names))  # noqa: S308 - our own files


@register.simple_tag
def inline_js(*names: str) -> SafeString:
    """The scripts static/js/NAME.js, to stand inside <script type="module" nonce>."""
    return mark_safe(scripts.bundle(*names))  # noqa: S308 - our own files


@register.simple_tag
def brand_css(colour: str, scope: str = "") -> SafeString:
    """Brand tokens of a city's colour; a wrong colour falls back to Pendopo's own."""
    return mark_safe(css.brand_css(str(colour), scope))  # noqa: S308 - numbers computed by us


@register.simple_tag
def icon(name: str, css_class: str = "", label: str = "") -> SafeString:
    """Inline SVG. Unknown names draw "lainnya": an icon may come from a row that a city typed."""
    known = name if name in icons.ICONS else "lainnya"
    return mark_safe(icons.svg(known, css_class=escape(css_class), label=escape(label)))  # noqa: S308 - escaped


@register.simple_tag
def tag(words_shown: str, tone: str = "plain") -> SafeString:
    """A status: shape, words and colour. Tones: new moving waiting done late closed secret plain."""
    known = tone if tone in icons.TONES else "plain"
    shape = mark_safe(icons.tone_svg(known))  # noqa: S308 - our own drawing
    return format_html('<span class="tag tag-{}">{}{}</span>', known, shape, words_shown)


@register.simple_tag
def shape(tone: str = "plain") -> SafeString:
    """Only the shape of a status, for places where the words stand beside it."""
    return mark_safe(icons.tone_svg(tone if tone in icons.TONES else "plain"))  # noqa: S308 - our own drawing


@register.simple_tag(takes_context=True)
def menu(context: template.Context, audience: str = "public") -> list[MenuItem]:
    """The entries that rooms registered for the public menu or the staff menu, for who looks at the page."""
    user = context.get("user")
    return [
        entry
        for entry in menu_registry
        if entry.audience == audience and (entry.for_whom is None or entry.for_whom(user))
    ]


@register.simple_tag(takes_context=True)
def staff_menu(context: template.Context) -> dict[str, Any]:
    """The officers' menu: `daily` entries in the bar, `seldom` ones in its fold, `shown` the key of the page's own.

    A lone seldom entry stands in the bar: a fold with one thing in it hides it for nothing. The page belongs to
    the closest entry: /meja/surat/ is not also /meja/.
    """
    entries = menu(context, "staff")
    seldom = [entry for entry in entries if entry.seldom]
    if len(seldom) == 1:
        seldom = []
    addresses = {entry.key: reverse(entry.url_name) for entry in entries}
    above = [key for key, address in addresses.items() if is_current(context, address)]
    return {
        "daily": [entry for entry in entries if entry not in seldom],
        "seldom": seldom,
        "shown": max(above, key=lambda key: len(addresses[key]), default=""),
    }


@register.simple_tag(takes_context=True)
def is_current(context: template.Context, url: str) -> bool:
    """True when the page being shown is `url` or lies below it."""
    request = context.get("request")
    path = request.path if request else ""
    return path == url or (len(url) > 1 and path.startswith(url))


@register.simple_tag(takes_context=True)
def here(context: template.Context, **changes: Any) -> str:
    """Address of this page with query values changed: `{% here hl="en" %}`; None removes a value."""
    request = context.get("request")
    if request is None:
        return "?"
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    encoded = query.urlencode()
    return f"{request.path}?{encoded}" if encoded else request.path


@register.inclusion_tag("components/steps.html")
def steps(step: int, total: int, name: str = "") -> dict[str, Any]:
    """Where the visitor is in a form of several pages: words and a bar."""
    return {"step": step, "total": total, "name": name, "parts": [number < step for number in range(total)]}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any], audience: str = "public") -> dict[str, Any]:
    """What happened, newest first as given. Entries: title, when, maybe who, text, tone, private."""
    return {"entries": entries, "audience": audience}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    rows: Sequence[Sequence[object]], title: str, unit: str = "", part_label: str = "", name: str = "chart"
) -> dict[str, Any]:
    """Bars with their numbers as a table. Rows: (label, value[, hatched part[, url]])."""
    return {
        "bars": charts.bars(rows),
        "title": title,
        "unit": unit,
        "part_label": part_label,
        "name": name,
    }


@register.inclusion_tag("components/sparkline.html")
def sparkline(values: Sequence[float], label: str) -> dict[str, Any]:
    """A line as small as a word; `label` says in words what it shows."""
    return {"spark": charts.spark(values), "label": label, "values": values}


@register.filter
def unlocal(value: object) -> str:
    """A number for SVG and attributes: always with a point, whatever the language."""
    return str(value)


@register.filter
def control(field: BoundField) -> str:
    """Our shape of a bound field: text, textarea, select, checkbox, choices, tiles or file."""
    widget = field.field.widget
    shape = getattr(widget, "shape", "")
    if shape:
        return str(shape)
    kind = getattr(widget, "input_type", "") or ("textarea" if "textarea" in field.widget_type else "text")
    if kind == "checkbox" and not field.use_fieldset:
        return "checkbox"
    if kind in {"radio", "checkbox"}:
        return "choices"
    return kind if kind in {"textarea", "select", "file"} else "text"


@register.filter
def first_id(field: BoundField) -> str:
    """The id an error summary links to: the field, or the first choice of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def described_by(field: BoundField) -> str:
    return field.aria_describedby or ""


def _now(value: object) -> dt.datetime:
    return value if isinstance(value, dt.datetime) else clock.now()


@register.filter
def number(value: int | float | Decimal | None) -> str:
    return "–" if value is None else words.number(value)


@register.filter
def rupiah(value: int | float | Decimal | None) -> str:
    return "–" if value is None else words.rupiah(value)


@register.filter
def percent_of(part: float, whole: float) -> str:
    return words.percent(part, whole)


@register.filter
def file_size(octets: int) -> str:
    return words.size(octets)


@register.filter
def long_date(value: words.Moment | None) -> str:
    """ "Senin, 9 Maret 2026"."""
    return words.long_date(value) if value else "–"


@register.filter
def short_date(value: words.Moment | None) -> str:
    """ "9 Mar 2026"."""
    return words.short_date(value) if value else "–"


@register.filter
def clock_time(value: dt.datetime | None) -> str:
    """ "14.05"."""
    return words.clock_time(value) if value else "–"


@register.filter
def moment(value: dt.datetime | None) -> str:
    """ "9 Maret 2026 pukul 14.05"."""
    return words.moment(value) if value else "–"


@register.filter
def days_left(due: words.Moment | None, now: object = None) -> str:
    """ "3 hari lagi", "hari ini", "lewat 2 hari"; measured from `now` when given."""
    return words.days_left(due, _now(now)) if due else "–"


@register.filter
def ago(value: dt.datetime | None, now: object = None) -> str:
    """ "5 menit lalu", "kemarin"; measured from `now` when given."""
    return words.ago(value, _now(now)) if value else "–"
