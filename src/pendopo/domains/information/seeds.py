"""Statutory rows of the room: letters of Pasal 17, limits of each step with their articles, who is warned when."""

import datetime as dt

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from pendopo.base.cases.models import EscalationStep, Unit
from pendopo.base.cases.seeds import RuleSeed, load_rules
from pendopo.domains.information.models import (
    Dispute,
    ExemptionGround,
    InformationRequest,
    KeepingRule,
    Objection,
)
from pendopo.domains.information.rules import DUE_ITEMS

# UU 14/2008 was promulgated on 30 April 2008 and holds from two years later (Pasal 64).
IN_FORCE = dt.date(2010, 4, 30)
_WORK = Unit.WORKING_DAYS
_LOCAL = _("Kebijakan bawaan, dapat diubah koordinator")

STEP_LABELS = {
    "answer": gettext_lazy("pemberitahuan tertulis"),
    "complete": gettext_lazy("pemohon melengkapi permohonan"),
    "deliver": gettext_lazy("penyerahan informasi"),
    "objection": gettext_lazy("kesempatan pemohon mengajukan keberatan"),
    "unit": gettext_lazy("jawaban PPID Pelaksana"),
}
OBJECTION_LABELS = {
    "reply": gettext_lazy("tanggapan Atasan PPID"),
    "dispute": gettext_lazy("kesempatan pemohon ke Komisi Informasi"),
}
DISPUTE_LABELS = {
    "register": gettext_lazy("registrasi di Komisi Informasi"),
    "begin": gettext_lazy("sidang pertama"),
    "finish": gettext_lazy("penyelesaian sengketa"),
    "court": gettext_lazy("gugatan ke pengadilan"),
    "cassation": gettext_lazy("permohonan kasasi"),
    "execute": gettext_lazy("pelaksanaan putusan"),
}
# Steps in which the requester, the commission or a court acts, and nobody in an office is late.
REQUESTER_STEPS = frozenset({"complete", "objection"})
OBJECTION_REQUESTER_STEPS = frozenset({"dispute"})
OUTSIDE_STEPS = frozenset({"register", "begin", "finish", "court", "cassation"})


def _law(article: str) -> str:
    return f"UU 14/2008 {article}"


REQUEST_RULES = (
    RuleSeed("answer", "", 10, _WORK, _("tanggal permohonan diterima"), _law("Pasal 22 ayat (7)"), False, IN_FORCE, 10),
    RuleSeed("extend", "", 7, _WORK, _("akhir batas pertama"), _law("Pasal 22 ayat (8)"), False, IN_FORCE, 7),
    RuleSeed("complete", "", 3, _WORK, _("tanggal permintaan melengkapi"),
             _("Kebiasaan PPID (Peraturan KPU tentang layanan informasi; naskah belum dicocokkan)"), False, IN_FORCE),
    RuleSeed("deliver", "", 10, _WORK, _("tanggal pemberitahuan tertulis"), _LOCAL, False, IN_FORCE),
    RuleSeed("objection", "", 30, _WORK, _("tanggal alasan keberatan ditemukan"),
             _law("Pasal 36 ayat (1)"), False, IN_FORCE),
    RuleSeed("unit", "", 5, _WORK, _("tanggal tugas diminta"), _LOCAL, False, IN_FORCE),
)  # fmt: skip
OBJECTION_RULES = (
    RuleSeed("reply", "", 30, _WORK, _("tanggal keberatan tertulis diterima"),
             _law("Pasal 36 ayat (2)"), False, IN_FORCE, 30),
    RuleSeed("dispute", "", 14, _WORK, _("tanggal tanggapan Atasan PPID, atau akhir batasnya"),
             _law("Pasal 37 ayat (2)"), False, IN_FORCE),
)  # fmt: skip
DISPUTE_RULES = (
    RuleSeed("register", "", 3, _WORK, _("tanggal sengketa diajukan"),
             _("Standar layanan Komisi Informasi provinsi (naskah belum dicocokkan)"), False, IN_FORCE),
    RuleSeed("begin", "", 14, _WORK, _("tanggal sengketa diregistrasi"), _law("Pasal 38 ayat (1)"), False, IN_FORCE),
    RuleSeed("finish", "", 100, _WORK, _("tanggal penyelesaian dimulai"), _law("Pasal 38 ayat (2)"), False, IN_FORCE),
    RuleSeed("court", "", 14, _WORK, _("tanggal putusan diterima"), _law("Pasal 48 ayat (1)"), False, IN_FORCE),
    RuleSeed("cassation", "", 14, _WORK, _("tanggal putusan pengadilan diterima"), _law("Pasal 50"), False, IN_FORCE),
    RuleSeed("execute", "", 14, _WORK, _("tanggal putusan berkekuatan hukum tetap"), _LOCAL, False, IN_FORCE),
)  # fmt: skip

_OFFICER, _HEAD = EscalationStep.Audience.OFFICER, EscalationStep.Audience.HEAD
_COORDINATOR, _SECRETARY = EscalationStep.Audience.COORDINATOR, EscalationStep.Audience.SECRETARY
ESCALATION = (
    (50, _OFFICER),
    (70, _OFFICER),
    (70, _COORDINATOR),
    (90, _HEAD),
    (90, _COORDINATOR),
    (100, _OFFICER),
    (100, _HEAD),
    (100, _COORDINATOR),
    (100, _SECRETARY),
)

# letter, words, English, may be permanent, longest years, source of the period
GROUNDS = (
    ("a", _("Menghambat proses penegakan hukum"), "Obstructs law enforcement", False, 30,
     "PP 61/2010 (paling lama 30 tahun; pasal belum dicocokkan)"),
    ("b", _("Mengganggu kekayaan intelektual dan persaingan usaha sehat"),
     "Harms intellectual property or fair competition", False, None, ""),
    ("c", _("Membahayakan pertahanan dan keamanan negara"), "Endangers defence and security", False, None, ""),
    ("d", _("Mengungkapkan kekayaan alam Indonesia"), "Reveals natural wealth", False, None, ""),
    ("e", _("Merugikan ketahanan ekonomi nasional"), "Harms national economic resilience", False, None, ""),
    ("f", _("Merugikan hubungan luar negeri"), "Harms foreign relations", False, None, ""),
    ("g", _("Mengungkapkan isi akta otentik pribadi dan wasiat"), "Reveals a private deed or will", True, None, ""),
    ("h", _("Mengungkap rahasia pribadi"), "Reveals personal secrets", True, None, ""),
    ("i", _("Memorandum atau surat antarbadan atau intrabadan yang dirahasiakan"),
     "Confidential memoranda between or inside public bodies", True, None, ""),
    ("j", _("Tidak boleh diungkapkan berdasarkan undang-undang"), "Forbidden by another law", True, None, ""),
)  # fmt: skip


# key, amount, source
KEEPING = (
    (KeepingRule.Key.BERKALA_MONTHS, 6, _law("Pasal 9 ayat (3)")),
    (KeepingRule.Key.EXPIRY_WARNING_DAYS, 30, _("Kebijakan bawaan (PP 61/2010; naskah belum dicocokkan)")),
    (KeepingRule.Key.UNIT_AT_ONCE, 0, _LOCAL),
)
# Share of the time between two updates of a periodic entry: who is told.
DUE_ITEM_ESCALATION = ((90, _OFFICER), (100, _OFFICER), (100, _HEAD), (115, _HEAD), (115, _COORDINATOR))


def load() -> None:
    """Insert what is missing; rows that an office changed stay as they are."""
    load_rules(InformationRequest.KIND, REQUEST_RULES, ESCALATION)
    load_rules(Objection.KIND, OBJECTION_RULES, ESCALATION)
    load_rules(Dispute.KIND, DISPUTE_RULES, ESCALATION)
    load_rules(DUE_ITEMS, (), DUE_ITEM_ESCALATION)
    for key, amount, source in KEEPING:
        if not KeepingRule.objects.filter(key=key).exists():
            KeepingRule.objects.create(key=key, amount=amount, source=source, valid_from=IN_FORCE)
    if not ExemptionGround.objects.exists():
        ExemptionGround.objects.bulk_create(
            ExemptionGround(
                letter=letter,
                label=label,
                label_en=english,
                article=_law(f"Pasal 17 huruf {letter}"),
                may_be_permanent=permanent,
                longest_years=years,
                source=source or _law("Pasal 20"),
                confirmed=False,
                valid_from=IN_FORCE,
            )
            for letter, label, english, permanent, years, source in GROUNDS
        )
