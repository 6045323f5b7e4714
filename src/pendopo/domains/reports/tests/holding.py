"""A browser that proved to be the reporter."""

from django.core import signing
from django.test import Client

from pendopo.domains.reports.models import Report
from pendopo.domains.reports.telling import FOLLOW_SALT


def holder_of(*reports: Report, client: Client | None = None) -> Client:
    """Opens the signed link of each report, as from an e-mail."""
    client = client or Client()
    for report in reports:
        response = client.get(f"/lacak/buka/{signing.dumps(report.pk, salt=FOLLOW_SALT)}/")
        assert response.status_code == 302
    return client
