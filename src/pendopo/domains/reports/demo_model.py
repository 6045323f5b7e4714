"""Teaching the demo city's text model, and what it says about the reports that wait for the koordinator."""

from pendopo.base.registries.demo import City
from pendopo.domains.reports import routing
from pendopo.domains.reports.learning import train
from pendopo.domains.reports.models import Report, RoutingModel, Status, Suggestion
from pendopo.kernel import caches
from pendopo.kernel.errors import Refused

EXAMPLES = 2_500  # the latest closed reports: enough to show it, and the first start stays short


def build(city: City) -> None:
    """Train once; suggest for new reports that nobody suggested anything for."""
    if not RoutingModel.objects.filter(in_use=True).exists():
        try:
            model = train(now=city.now, most=EXAMPLES)
        except Refused as refusal:
            city.say(f"  {refusal}")
        else:
            city.record("model saran", 1)
            city.say(f"  belajar dari {model.examples} laporan: tepat pada saran pertama {model.top1:.0%}")
    caches.clear_all()  # a model read before this one was trained
    city.record("saran disposisi", suggest_for_new())


def suggest_for_new() -> int:
    """Suggestions of the real routing, as of the moment each report arrived; returns how many rows."""
    waiting = Report.objects.filter(
        status__in=(Status.RECEIVED, Status.VERIFIED, Status.AWAITING_INFO), suggestions=None
    )
    rows = [
        Suggestion(case=report, rank=rank, **found.as_fields())
        for report in waiting
        for rank, found in enumerate(routing.suggest(report, now=report.received_at), start=1)
    ]
    Suggestion.objects.bulk_create(rows)
    return len(rows)
