"""What citizens read about the state of a report: plain words, a group and a shape for each status."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.domains.reports.models import Report, Status

S = Status


@dataclass(frozen=True)
class Group:
    """Statuses that mean the same to a neighbour. `tone` is a shape and colour of the ui."""

    key: str
    label: str | Promise
    statuses: tuple[str, ...]
    tone: str


GROUPS = (
    Group("baru", gettext_lazy("Baru masuk"), (S.RECEIVED, S.VERIFIED), "new"),
    Group("proses", gettext_lazy("Sedang ditangani"), (S.ASSIGNED, S.IN_PROGRESS, S.REOPENED), "moving"),
    Group("menunggu", gettext_lazy("Menunggu pelapor"), (S.AWAITING_INFO, S.ANSWERED), "waiting"),
    Group(
        "selesai",
        gettext_lazy("Selesai"),
        (S.CLOSED_BY_CITIZEN, S.CLOSED_BY_OFFICER, S.CLOSED_BY_SYSTEM),
        "done",
    ),
    Group("diarsipkan", gettext_lazy("Diarsipkan"), (S.ARCHIVED,), "closed"),
    Group("diteruskan", gettext_lazy("Diteruskan ke pihak lain"), (S.FORWARDED,), "closed"),
    Group("digabung", gettext_lazy("Digabung dengan laporan lain"), (S.MERGED,), "closed"),
)
GROUP_OF = {status: group for group in GROUPS for status in group.statuses}
WORDS = {
    S.RECEIVED: gettext_lazy("Diterima"),
    S.VERIFIED: gettext_lazy("Diverifikasi"),
    S.ASSIGNED: gettext_lazy("Didisposisikan"),
    S.IN_PROGRESS: gettext_lazy("Ditindaklanjuti"),
    S.AWAITING_INFO: gettext_lazy("Menunggu kelengkapan informasi"),
    S.ANSWERED: gettext_lazy("Menunggu konfirmasi pelapor"),
    S.CLOSED_BY_CITIZEN: gettext_lazy("Selesai, ditutup pelapor"),
    S.CLOSED_BY_OFFICER: gettext_lazy("Selesai, ditutup petugas"),
    S.CLOSED_BY_SYSTEM: gettext_lazy("Selesai, ditutup sistem"),
    S.ARCHIVED: gettext_lazy("Diarsipkan"),
    S.REOPENED: gettext_lazy("Dibuka lagi"),
    S.FORWARDED: gettext_lazy("Diteruskan ke luar kewenangan"),
    S.MERGED: gettext_lazy("Digabung dengan laporan serupa"),
}


def tone_of(status: str) -> str:
    return GROUP_OF[S(status)].tone


def said(report: Report) -> str:
    """One sentence for the reporter: where the report is and who has to act."""
    office = report.office.name
    sentences = {
        S.RECEIVED: _("Laporan Anda sudah masuk dan menunggu diperiksa."),
        S.VERIFIED: _("Laporan Anda sudah diperiksa dan segera diteruskan ke kantor yang berwenang."),
        S.ASSIGNED: _("Laporan Anda ada di %(office)s dan menunggu ditindaklanjuti."),
        S.IN_PROGRESS: _("%(office)s sedang menindaklanjuti laporan Anda."),
        S.AWAITING_INFO: _("Petugas bertanya kepada Anda. Pekerjaan dilanjutkan setelah Anda menjawab."),
        S.ANSWERED: _("%(office)s menyatakan pekerjaan selesai. Mohon Anda periksa."),
        S.CLOSED_BY_CITIZEN: _("Anda menyatakan laporan ini selesai. Terima kasih."),
        S.CLOSED_BY_OFFICER: _("Laporan ditutup petugas setelah menghubungi pelapor."),
        S.CLOSED_BY_SYSTEM: _("Laporan ditutup otomatis karena tidak ada tanggapan sampai batas waktu."),
        S.ARCHIVED: _("Laporan diarsipkan. Alasannya: %(reason)s."),
        S.REOPENED: _("Laporan dibuka lagi dan dikerjakan kembali oleh %(office)s."),
        S.FORWARDED: _("Urusan ini bukan kewenangan kami. Laporan diteruskan kepada %(target)s."),
        S.MERGED: _("Laporan Anda digabung dengan laporan serupa dan dikerjakan bersama."),
    }
    return sentences[S(report.status)] % {
        "office": office,
        "reason": report.get_archive_reason_display() or "–",
        "target": report.forwarded_to or "–",
    }


def said_publicly(report: Report) -> str:
    """The same for neighbours: no "you", and no reason that speaks about the reporter."""
    sentences = {
        S.RECEIVED: _("Laporan menunggu diperiksa."),
        S.VERIFIED: _("Laporan sudah diperiksa dan segera diteruskan ke kantor yang berwenang."),
        S.ASSIGNED: _("Laporan ada di %(office)s dan menunggu ditindaklanjuti."),
        S.IN_PROGRESS: _("%(office)s sedang menindaklanjuti laporan ini."),
        S.AWAITING_INFO: _("Petugas menunggu keterangan dari pelapor."),
        S.ANSWERED: _("%(office)s menyatakan pekerjaan selesai. Pelapor diminta memeriksa."),
        S.CLOSED_BY_CITIZEN: _("Selesai menurut pelapor."),
        S.CLOSED_BY_OFFICER: _("Ditutup petugas setelah menghubungi pelapor."),
        S.CLOSED_BY_SYSTEM: _("Ditutup otomatis: kantor menyatakan selesai dan pelapor tidak menanggapi."),
        S.ARCHIVED: _("Diarsipkan. Alasannya: %(reason)s."),
        S.REOPENED: _("Dibuka lagi karena belum selesai."),
        S.FORWARDED: _("Bukan kewenangan pemerintah ini; diteruskan kepada %(target)s."),
        S.MERGED: _("Sama dengan laporan warga lain, jadi dikerjakan bersama laporan itu."),
    }
    return sentences[S(report.status)] % {
        "office": report.office.name,
        "reason": report.get_archive_reason_display() or "–",
        "target": report.forwarded_to or "–",
    }
