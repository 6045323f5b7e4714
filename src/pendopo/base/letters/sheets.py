"""Papers that are no letters (registers, reports): a room's own page of HTML as a tagged PDF.

They have no number, no seal and no row; whoever shows them has asked who may read them.
"""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import override

from pendopo.base.letters.papers import LANGUAGE


def pdf_of(template: str, context: Mapping[str, Any]) -> bytes:
    """The template, drawn in Indonesian, as PDF/UA-1 and PDF/A-2a. The printing library is loaded by the first one."""
    with override(LANGUAGE):
        html = render_to_string(template, dict(context))
    made: bytes = import_string("pendopo.base.letters.printer.printed")(html, {})
    return made
