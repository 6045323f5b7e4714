"""When demo citizens write: months, Ramadan, weekdays, hours, as a real office sees them in a year."""

import datetime as dt
from functools import lru_cache

import holidays

# Shares of a day by the hour (00 … 23): mornings are busy, nights are quiet.
HOURS = (
    1.2, 0.9, 0.7, 0.8, 1.2, 2.3, 4.1, 5.8, 7.6, 8.0, 7.9, 7.5,
    6.2, 6.0, 5.6, 5.2, 4.9, 4.3, 4.2, 4.6, 4.2, 3.3, 2.0, 1.5,
)  # fmt: skip
NIGHT_HOURS = tuple(share * (2.2 if hour >= 19 or hour < 3 else 0.75) for hour, share in enumerate(HOURS))
FLOOD_HOURS = tuple(share * (3.0 if 3 <= hour <= 13 else 0.5) for hour, share in enumerate(HOURS))
WEEKDAYS = (16.2, 16.1, 15.9, 15.9, 15.9, 11.0, 9.0)  # Monday … Sunday

_RAIN = (2.3, 2.2, 1.7, 1.2, 0.8, 0.5, 0.35, 0.3, 0.45, 0.9, 1.5, 1.9)  # January … December
_SEASONS: dict[str, tuple[float, ...]] = {
    "flat": (1.0,) * 12,
    "rain": _RAIN,
    "rain_late": (1.4, 1.6, 1.5, 1.2, 1.0, 0.8, 0.7, 0.6, 0.7, 0.8, 1.0, 1.2),  # roads break after the rain
    "wind": (1.9, 1.7, 1.3, 0.9, 0.6, 0.6, 0.7, 0.8, 0.8, 1.0, 1.4, 1.6),
    "dry": (0.6, 0.6, 0.7, 0.8, 0.9, 1.1, 1.3, 1.6, 1.8, 1.5, 1.0, 0.7),
    "mosquito": (1.7, 2.0, 1.9, 1.4, 0.9, 0.6, 0.4, 0.4, 0.4, 0.5, 0.9, 1.3),
    "enrolment": (0.3, 0.3, 0.4, 0.6, 1.6, 4.0, 3.0, 0.7, 0.3, 0.2, 0.2, 0.3),
    "holiday": (1.0, 0.8, 0.9, 1.0, 1.1, 1.4, 1.4, 1.0, 0.9, 0.9, 0.9, 1.3),
    "tax": (0.5, 0.7, 1.2, 1.2, 1.1, 1.0, 1.1, 1.7, 2.0, 0.9, 0.7, 0.6),
    "ramadan": (1.0,) * 12,
    "prices": (1.0, 1.0, 1.0, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 1.0, 1.1, 1.5),
}
_FASTING = {"ramadan": 2.3, "prices": 2.0, "flat": 0.93}


@lru_cache(maxsize=4)
def closed_days(first: int, last: int) -> frozenset[dt.date]:
    """Public holidays of the years; offices are closed and people write less."""
    return frozenset(holidays.country_holidays("ID", years=range(first, last + 1)))


@lru_cache(maxsize=4)
def fasting_days(first: int, last: int) -> frozenset[dt.date]:
    """About thirty days before each Idulfitri."""
    days = holidays.country_holidays("ID", years=range(first, last + 2), language="en_US")
    feasts = sorted(day for day, name in days.items() if name.startswith("Eid al-Fitr"))
    starts = [day for day in feasts if day - dt.timedelta(days=1) not in feasts]
    return frozenset(start - dt.timedelta(days=back) for start in starts for back in range(1, 31))


def factor(season: str, day: dt.date) -> float:
    """How much more (or less) than on an average day a season's topics are written about."""
    share = _SEASONS[season][day.month - 1]
    if season in _FASTING and day in fasting_days(day.year, day.year):
        share *= _FASTING[season]
    return share


def rain(day: dt.date) -> float:
    return _RAIN[day.month - 1]


def daypart(hour: int) -> str:
    return "pagi" if 4 <= hour < 11 else "siang" if hour < 15 else "sore" if hour < 18 else "malam"
