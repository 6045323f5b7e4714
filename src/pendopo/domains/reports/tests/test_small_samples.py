"""Where little has happened, the figures say so instead of a share."""

from typing import Any

from django.test import Client

from pendopo.domains.reports.testing import a_report


def test_small_samples_show_no_share(city: Any) -> None:
    a_report()
    words = Client().get("/angka/").content.decode()
    assert "lebih banyak kebetulan" in words
    assert "100\u00a0%" not in words
