"""Sending the bulk form the way a browser does, and running its job."""

import datetime as dt
import re
from typing import Any

from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from pendopo.surfaces.desk import running
from pendopo.surfaces.desk.models import Batch

LATER = dt.timedelta(seconds=11)


def bulk_url(queue: str, verb: str, *cases: Any, whole: bool = False, more: str = "") -> str:
    ticked = "".join(f"&kasus={case.code}" for case in cases)
    address = reverse("desk:bulk", args=["reports", queue])
    return f"{address}?tindakan={verb}{ticked}{'&semua=1' if whole else ''}{more}"


def hidden(page: Any) -> dict[str, str]:
    """The hidden fields of the page's own form, without the protection against forgery."""
    words = page.content.decode()
    form = words[words.index("data-warn") :] if "data-warn" in words else words
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def send(client: Client, url: str, **typed: Any) -> Any:
    """Open the page and send its form."""
    return client.post(url, {**hidden(client.get(url)), **typed})


def jobs() -> Any:
    return ProcrastinateJob.objects.filter(task_name="pendopo.surfaces.desk.run_batch")


def run(batch: Batch, now: dt.datetime) -> None:
    """What the worker does when the window is over."""
    assert running.run(batch_id=batch.pk, now=lambda: now + LATER) is None
    batch.refresh_from_db()
