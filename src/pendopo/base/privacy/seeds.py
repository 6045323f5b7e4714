"""How long things are kept when an office has decided nothing yet: defaults, each marked as unconfirmed."""

import datetime as dt

from django.utils.translation import gettext_noop as _

from pendopo.base.cases.models import Unit
from pendopo.base.cases.seeds import RuleSeed, load_rules
from pendopo.base.privacy.models import RefusalGround, RetentionRule

KIND = "privacy"  # of the clock rules of requests
_POLICY = _("Kebijakan kantor, bawaan")
_LAW = _("UU 27/2022 Pasal 43–44 (naskah belum dicocokkan); lamanya kebijakan kantor")
_ARCHIVE = _(
    "UU 43/2009 tentang Kearsipan dan JRA setempat (naskah belum dicocokkan); lamanya kebijakan kantor"
)
_SINCE = dt.date(
    2024, 10, 17
)  # two years after UU 27/2022 was enacted its duties bind everybody (article 74)

# keeper, days, why
RULES: tuple[tuple[str, int, str], ...] = (
    ("reports.contact", 365, _LAW),
    ("reports.closed", 5 * 365, _POLICY),
    ("reports.archived", 365, _POLICY),
    ("reports.followers", 30, _POLICY),
    ("reports.drafts", 7, _POLICY),
    ("reports.phone_keys", 400, _POLICY),
    ("reports.verdicts", 400, _POLICY),
    ("information.proofs", 14, _LAW),
    ("information.contact", 5 * 365, _ARCHIVE),
    ("information.objector", 5 * 365, _ARCHIVE),
    ("information.drafts", 7, _POLICY),
    ("notices.sent", 30, _POLICY),
    ("notices.dead", 90, _POLICY),
    ("notices.inbox", 365, _POLICY),
    ("mailroom.done", 30, _POLICY),
    ("mailroom.ignored", 14, _POLICY),
    ("mailroom.waiting", 180, _POLICY),
)

CLOCKS = (
    RuleSeed(
        "access",
        "",
        3,
        Unit.CALENDAR_DAYS,
        _("tanggal permintaan"),
        _("UU 27/2022 Pasal 32 (3 × 24 jam; naskah belum dicocokkan)"),
        valid_from=_SINCE,
    ),
    RuleSeed(
        "erase",
        "",
        14,
        Unit.CALENDAR_DAYS,
        _("tanggal permintaan"),
        _("Kebijakan kantor; UU 27/2022 Pasal 8 dan 43 tidak menyebut jumlah hari (naskah belum dicocokkan)"),
        valid_from=_SINCE,
    ),
)

GROUNDS: tuple[tuple[str, str, str], ...] = (
    (
        "identitas",
        _("Tidak dapat dipastikan bahwa data ini milik pemohon"),
        _("UU 27/2022 Pasal 14 (naskah belum dicocokkan)"),
    ),
    (
        "penegakan-hukum",
        _("Data diperlukan untuk proses penegakan hukum"),
        _("UU 27/2022 Pasal 15 ayat (1) huruf b (naskah belum dicocokkan)"),
    ),
    (
        "kepentingan-umum",
        _("Data diperlukan untuk kepentingan umum dalam penyelenggaraan negara"),
        _("UU 27/2022 Pasal 15 ayat (1) huruf c (naskah belum dicocokkan)"),
    ),
    (
        "arsip",
        _("Data wajib disimpan sebagai arsip sampai waktunya habis"),
        _("UU 43/2009 tentang Kearsipan (naskah belum dicocokkan)"),
    ),
)


def load() -> None:
    """Insert what is missing; rows that an office changed or switched off stay as they are."""
    known = set(RetentionRule.objects.values_list("keeper", flat=True))
    RetentionRule.objects.bulk_create(
        RetentionRule(keeper=keeper, days=days, source=source, valid_from=_SINCE)
        for keeper, days, source in RULES
        if keeper not in known
    )
    load_rules(KIND, CLOCKS, ())
    grounds = set(RefusalGround.objects.values_list("key", flat=True))
    RefusalGround.objects.bulk_create(
        RefusalGround(key=key, label=label, article=article, order=number)
        for number, (key, label, article) in enumerate(GROUNDS, start=1)
        if key not in grounds
    )
