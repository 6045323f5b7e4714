"""The latest news in the inboxes of those who sign in to the demo. Nothing goes out by mail."""

from django.conf import settings
from django.urls import reverse

from pendopo.base.accounts.models import User
from pendopo.base.cases.sweep import warn_all
from pendopo.base.notices.actions import Recipient, send
from pendopo.base.notices.models import Notice
from pendopo.base.organizations.demo import home_village, village_slug
from pendopo.base.organizations.demo_staff import CITIZEN
from pendopo.base.regions.demo import geography
from pendopo.base.registries.demo import City
from pendopo.domains.reports import telling
from pendopo.domains.reports.demo_desks import WORKS
from pendopo.domains.reports.models import Report, Status

LATEST = 3  # reports of each kind


def build(city: City) -> None:
    """What happened last at their offices and to the citizen's reports, and today's warnings of limits. Once."""
    if Notice.objects.filter(about_kind=Report._meta.label_lower).exists():
        return
    ground = geography(city.seed)
    home = village_slug(ground.village(home_village(ground)).name)
    _tell_offices((WORKS, "dlh", home))
    back = Report.objects.filter(status=Status.VERIFIED, handovers__returned_at__isnull=False, secret=False)
    for report in back.select_related("office", "handler").distinct():
        telling.tell_office(report, "reports.returned", now=report.updated_at, once="demo")
    _tell_citizen(User.objects.get(email=CITIZEN.email))
    warn_all(now=city.now)
    city.record("kabar", Notice.objects.filter(about_kind=Report._meta.label_lower).count())


def _tell_offices(offices: tuple[str, ...]) -> None:
    for slug in offices:
        here = Report.objects.filter(office__slug=slug, secret=False).select_related("office", "handler")
        for report in here.filter(status=Status.ASSIGNED).order_by("-updated_at")[:LATEST]:
            telling.tell_office(report, "reports.assigned", now=report.updated_at, once="demo")
        for report in here.filter(closure_proposed=True).order_by("-updated_at")[:LATEST]:
            if report.handler is not None:
                telling.tell_checkers(report, exclude=report.handler, now=report.updated_at, once="demo")
        for report in here.filter(status=Status.REOPENED).order_by("-updated_at")[:LATEST]:
            telling.tell_office(report, "reports.reopened", now=report.updated_at, once="demo")


def _tell_citizen(citizen: User) -> None:
    """As `telling.tell_reporter`, but only in the inbox: her address exists nowhere."""
    events = {Status.ANSWERED: "reports.confirm", Status.AWAITING_INFO: "reports.question"}
    for report in Report.objects.filter(reporter=citizen, status__in=events):
        link = reverse("reports:follow-own", args=[report.code])
        send(
            event=events[Status(report.status)],
            to=Recipient(user=citizen, language=report.language),
            context={
                "code": report.code,
                "status": report.get_status_display(),
                "url": settings.PUBLIC_URL + link,
                "date": telling.due_words(report),
            },
            about=report,
            link=link,
            dedupe_key=f"demo:{report.pk}:{report.status}",
            now=report.updated_at,
        )
