"""The official table: its columns, and its words for our states, classes and channels, in both directions."""

from dataclasses import dataclass

from pendopo.domains.reports.models import ArchiveReason, Channel, Report, ReportClass, Status

S = Status

COLUMNS = (
    "Tracking ID",
    "Tanggal Laporan Masuk",
    "Waktu Laporan Masuk",
    "Nama Pelapor",
    "Klasifikasi Laporan",
    "ID Kategori",
    "Kategori",
    "Judul Laporan",
    "Isi Laporan Awal",
    "Isi Laporan Akhir",
    "Tipe Laporan (Anonim/Rahasia)",
    "Sumber Laporan",
    "Instansi Induk",
    "ID Instansi Terdisposisi",
    "Instansi Terdisposisi",
    "Status Laporan",
    "Alasan Tunda/Arsip",
    "Provinsi",
    "Kota/Kabupaten",
    "Kecamatan",
    "Kelurahan",
)
# Without these a row cannot become a report; the others may be missing from a file.
NEEDED = ("Tracking ID", "Tanggal Laporan Masuk", "Isi Laporan Awal", "Status Laporan")


@dataclass(frozen=True)
class StatusWord:
    """One of SP4N's status words. `confirmed` when an official export or page showed it."""

    words: str
    status: Status
    confirmed: bool = True


# An official export of 2024 and the public flow of lapor.go.id show the confirmed ones.
STATUS_WORDS = (
    StatusWord("Belum Terverifikasi", S.RECEIVED, confirmed=False),
    StatusWord("Terverifikasi", S.VERIFIED, confirmed=False),
    StatusWord("Terdisposisi", S.ASSIGNED),
    StatusWord("Ditindaklanjuti oleh Instansi", S.IN_PROGRESS),
    StatusWord("Ditanggapi oleh Pelapor", S.IN_PROGRESS),
    StatusWord("Menunggu Kelengkapan Informasi", S.AWAITING_INFO),
    StatusWord("Ditutup oleh Pelapor", S.CLOSED_BY_CITIZEN),
    StatusWord("Ditutup oleh Admin", S.CLOSED_BY_OFFICER),
    StatusWord("Ditutup oleh Sistem", S.CLOSED_BY_SYSTEM),
    StatusWord("Diarsipkan oleh Admin", S.ARCHIVED),
    StatusWord("Diarsipkan oleh Sistem", S.ARCHIVED),
    StatusWord("Diarsipkan oleh Pelapor", S.ARCHIVED),
    StatusWord("Diteruskan ke Instansi Lain", S.FORWARDED, confirmed=False),
)
_STATUS_OUT = {
    S.RECEIVED: "Belum Terverifikasi",
    S.VERIFIED: "Terverifikasi",
    S.ASSIGNED: "Terdisposisi",
    S.IN_PROGRESS: "Ditindaklanjuti oleh Instansi",
    S.REOPENED: "Ditindaklanjuti oleh Instansi",
    S.ANSWERED: "Ditindaklanjuti oleh Instansi",
    S.AWAITING_INFO: "Menunggu Kelengkapan Informasi",
    S.CLOSED_BY_CITIZEN: "Ditutup oleh Pelapor",
    S.CLOSED_BY_OFFICER: "Ditutup oleh Admin",
    S.CLOSED_BY_SYSTEM: "Ditutup oleh Sistem",
    S.FORWARDED: "Diteruskan ke Instansi Lain",
}
_ARCHIVED_OUT = {
    ArchiveReason.EXPIRED: "Diarsipkan oleh Sistem",
    ArchiveReason.WITHDRAWN: "Diarsipkan oleh Pelapor",
}
CLASS_WORDS = {
    ReportClass.SUPERVISORY: "Pengaduan Berkadar Pengawasan",
    ReportClass.ORDINARY: "Pengaduan Tidak Berkadar Pengawasan",
    ReportClass.ASPIRATION: "Aspirasi",
    ReportClass.INFORMATION: "Permintaan Informasi",
}
# A piece of SP4N's own sentence and the reason it means; the first that fits counts.
_REASONS = (
    ("kadaluarsa", ArchiveReason.EXPIRED),
    ("kedaluwarsa", ArchiveReason.EXPIRED),
    ("keinginan pelapor", ArchiveReason.WITHDRAWN),
    # SP4N has one sentence for four reasons (SARA, bukti, tidak jelas, tidak relevan).
    ("tidak jelas, dan tidak relevan", ArchiveReason.UNCLEAR),
)
_SOURCE_OUT = {
    Channel.WEB: "Website",
    Channel.WHATSAPP: "Whatsapp",
    Channel.PHONE: "Telepon",
    Channel.WALK_IN: "Datang langsung",
    Channel.LETTER: "Surat",
    Channel.SOCIAL: "Media sosial",
    Channel.SP4N: "SP4N-LAPOR!",
}


def status_from(words: str) -> Status | None:
    """Our state for one of SP4N's status words, None when it is unknown."""
    wanted = _plain(words)
    return next((word.status for word in STATUS_WORDS if _plain(word.words) == wanted), None)


def status_words(report: Report) -> str:
    """SP4N's word for the state of a report."""
    if report.status == S.MERGED:  # SP4N has no word for a duplicate; it files it away by hand
        return "Diarsipkan oleh Admin"
    if report.status == S.ARCHIVED:
        return _ARCHIVED_OUT.get(ArchiveReason(report.archive_reason), "Diarsipkan oleh Admin")
    return _STATUS_OUT[S(report.status)]


def class_from(words: str) -> ReportClass | None:
    wanted = _plain(words)
    return next((key for key, label in CLASS_WORDS.items() if _plain(label) == wanted), None)


def reason_from(words: str, status_words: str) -> ArchiveReason:
    """Why an archived report was archived, read from SP4N's sentence or, without one, from who archived it."""
    said = _plain(words)
    for piece, reason in _REASONS:
        if piece in said:
            return reason
    own = next((reason for reason in ArchiveReason if _plain(str(reason.label)) == said), None)
    if own is not None:
        return own
    who = _plain(status_words).rpartition(" ")[2]
    return {"sistem": ArchiveReason.EXPIRED, "pelapor": ArchiveReason.WITHDRAWN}.get(
        who, ArchiveReason.UNCLEAR
    )


def kind_words(report: Report) -> str:
    """`Anonim|Rahasia`, one of both, or empty."""
    marks = (("Anonim", report.anonymous), ("Rahasia", report.secret))
    return "|".join(word for word, yes in marks if yes)


def source_words(channel: str) -> str:
    return _SOURCE_OUT.get(Channel(channel), str(Channel(channel).label))


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
