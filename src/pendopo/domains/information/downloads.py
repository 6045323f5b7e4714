"""Counting downloads without cookies and without knowing anybody: one number for each version and day."""

import datetime as dt
import re

from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest

from pendopo.base.accounts import limits
from pendopo.base.accounts.network import visitor_network
from pendopo.domains.information.models import DownloadDay, Item, ItemVersion
from pendopo.kernel import clock

ONCE_IN = dt.timedelta(hours=1)
# Programs that fetch everything say so in their name; what says nothing at all is a program too.
_ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|scan|monitor|validator|curl/|wget/|python-|libwww|java/|go-http|okhttp"
    r"|headless|facebookexternalhit|archive\.org|httpclient|axios|ckan",
    re.IGNORECASE,
)
_ADD = """
    INSERT INTO {table} AS d (version_id, day, count) VALUES (%s, %s, 1)
    ON CONFLICT (version_id, day) DO UPDATE SET count = d.count + 1
"""


def is_a_download(request: HttpRequest) -> bool:
    """Does a person begin to fetch the file? Not for HEAD, a download that goes on, a file already there, a robot."""
    starts = request.headers.get("Range", "bytes=0-").replace(" ", "").startswith("bytes=0-")
    name = request.headers.get("User-Agent", "")
    return request.method == "GET" and starts and bool(name) and not _ROBOT.search(name)


def count(request: HttpRequest, version: ItemVersion, *, now: dt.datetime) -> bool:
    """Count one download, once an hour for each network and version; says whether it was counted. Two or four
    statements; call it outside a transaction."""
    if not is_a_download(request):
        return False
    key = f"unduh:{version.pk}:{visitor_network(request)}"
    if not limits.hit(key, limit=1, window=ONCE_IN, now=now):
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _ADD.format(table=DownloadDay._meta.db_table),  # only a table name is put in
            [version.pk, clock.local_date(now)],
        )
        Item.objects.filter(pk=version.item_id).update(downloads=F("downloads") + 1)
    return True
