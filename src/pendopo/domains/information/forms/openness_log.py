"""Words and filters of the public log, and the year of the figures."""

from django.utils.translation import gettext_lazy as _

from pendopo.domains.information.forms.fields import Line
from pendopo.domains.information.forms.openness_registers import FacetForm


class LogForm(FacetForm):
    """The facets of the log and words of its titles."""

    q = Line(label=_("Kata dalam judul, atau nomor pendaftaran"), required=False, max_length=100)
    field_order = ("q",)
