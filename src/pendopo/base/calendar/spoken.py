"""Why a day does not count, in the language of the reader. Calendars are remembered in Indonesian."""

from typing import Final

from django.utils.translation import gettext, gettext_noop

# The words kernel.dates and kernel.workdays use, so that they have an English twin.
WORDS: Final = (
    gettext_noop("Senin"),
    gettext_noop("Selasa"),
    gettext_noop("Rabu"),
    gettext_noop("Kamis"),
    gettext_noop("Jumat"),
    gettext_noop("Sabtu"),
    gettext_noop("Minggu"),
    gettext_noop("dijeda"),
    gettext_noop("dijeda, belum dilanjutkan"),
)
_JOINT_LEAVE: Final = "Cuti bersama: "
_ESTIMATED: Final = " (perkiraan)"


def spoken(reason: str) -> str:
    """The reason of a day as a person reads it; names of holidays stay as the decree has them."""
    return "; ".join(_one(part) for part in reason.split("; ")) if reason else ""


def _one(part: str) -> str:
    name = part.removesuffix(_ESTIMATED)
    end = f" ({gettext('perkiraan')})" if name != part else ""
    if name.startswith(_JOINT_LEAVE):
        return gettext("Cuti bersama: %(name)s") % {"name": name.removeprefix(_JOINT_LEAVE)} + end
    return (gettext(name) if name in WORDS else name) + end
