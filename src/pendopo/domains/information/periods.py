"""How long information may be withheld (UU 14/2008 Pasal 20, PP 61/2010), from the rows of Pasal 17."""

import datetime as dt

from django.utils.translation import gettext as _

from pendopo.domains.information.models import ExemptionGround
from pendopo.domains.information.rules import add_months
from pendopo.kernel.errors import Refused


def end_after(start: dt.date, years: int) -> dt.date:
    """The last day of a period of whole years that begins on `start`."""
    return add_months(start, years * 12) - dt.timedelta(days=1)


def check(
    ground: ExemptionGround, *, permanent: bool, years: int | None, until: dt.date | None, start: dt.date
) -> None:
    """Exactly one way of saying how long, within what the letter allows. Raises Refused."""
    if [permanent, years is not None, until is not None].count(True) != 1:
        raise Refused(
            _("Isi satu saja: jumlah tahun, tanggal berakhir, atau tanpa batas waktu."), field="years"
        )
    if permanent:
        if not ground.may_be_permanent or ground.longest_years is not None:
            raise Refused(
                _("Pengecualian dengan huruf %(letter)s tidak boleh tanpa batas waktu (%(source)s).")
                % {"letter": ground.letter, "source": ground.source},
                field="permanent",
            )
        return
    if years == 0:
        raise Refused(_("Jangka waktunya paling sedikit satu tahun."), field="years")
    end = end_after(start, years) if years is not None else until
    field = "years" if years is not None else "expires_on"
    if end is None or end < start:
        raise Refused(_("Tanggal berakhir harus sesudah tanggal mulai."), field=field)
    if years is not None and years > 200:
        raise Refused(_("Jangka waktu ini tidak masuk akal."), field=field)
    if ground.longest_years is not None and end > end_after(start, ground.longest_years):
        raise Refused(
            _("Huruf %(letter)s paling lama %(years)d tahun (%(source)s).")
            % {"letter": ground.letter, "years": ground.longest_years, "source": ground.source},
            field=field,
        )
