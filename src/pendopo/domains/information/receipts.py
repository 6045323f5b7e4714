"""The receipts (tanda bukti penerimaan) of requests and objections: sealed letters, made once each."""

import datetime as dt
import logging

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from pendopo.base.cases import clocks
from pendopo.base.letters import public as letters
from pendopo.base.letters.public import Letter, LetterKind, SignedBy
from pendopo.base.ui import words
from pendopo.domains.information import offices
from pendopo.domains.information.models import (
    InformationRequest,
    Objection,
    ObjectionContact,
    ObjectionGround,
    RequestChannel,
    RequestContact,
)
from pendopo.domains.information.spans import span

logger = logging.getLogger(__name__)
REQUEST, OBJECTION = "information.request", "information.objection"  # what letters are about

REQUEST_RECEIPT = LetterKind(
    key="information.receipt",
    label=gettext_lazy("Tanda bukti penerimaan permohonan informasi"),
    placeholders={
        "nomor": (gettext_lazy("nomor pendaftaran"), "0012/PPID/2026"),
        "kode": (gettext_lazy("kode untuk melacak"), "PPID-7K2M-Q9XA"),
        "diterima": (gettext_lazy("tanggal diterima"), "9 Maret 2026"),
        "saluran": (gettext_lazy("cara permohonan masuk"), "situs ini"),
        "nama": (gettext_lazy("nama pemohon"), "Nama Pemohon"),
        "alamat": (gettext_lazy("alamat pemohon"), "Jalan Contoh 1"),
        "pemberi_kuasa": (gettext_lazy("pemberi kuasa"), ""),
        "rincian": (gettext_lazy("informasi yang diminta"), "Anggaran pemeliharaan jalan tahun 2025"),
        "tujuan": (gettext_lazy("tujuan penggunaan"), "Penelitian"),
        "cara_memperoleh": (gettext_lazy("cara memperoleh"), "mendapat salinan, berkas digital"),
        "cara_kirim": (gettext_lazy("cara pengiriman"), "surel"),
        "batas": (gettext_lazy("batas pemberitahuan tertulis"), "30 Maret 2026"),
        "lama": (gettext_lazy("lama waktu menjawab"), "10 hari kerja"),
        "lama_perpanjangan": (gettext_lazy("perpanjangan paling lama"), "7 hari kerja"),
    },
    default_title="Tanda bukti penerimaan permohonan informasi publik nomor {{ nomor }}",
    default_body=(
        "Permohonan informasi publik berikut sudah kami terima dan daftarkan.\n\n"
        "## Pendaftaran\n\n"
        "**Nomor pendaftaran:** {{ nomor }}\n**Kode lacak:** {{ kode }}\n"
        "**Diterima:** {{ diterima }} ({{ saluran }})\n"
        "**Pemohon:** {{ nama }}\n**Alamat:** {{ alamat }}\n"
        "{% jika pemberi_kuasa %}\n**Pemberi kuasa:** {{ pemberi_kuasa }}\n{% selesai %}\n\n"
        "## Yang diminta\n\n{{ rincian }}\n\n"
        "**Tujuan penggunaan:** {{ tujuan }}\n**Cara memperoleh:** {{ cara_memperoleh }}\n"
        "**Cara pengiriman:** {{ cara_kirim }}\n\n"
        "## Yang terjadi sesudah ini\n\n"
        "Pemberitahuan tertulis kami sampaikan paling lambat **{{ batas }}**, yaitu {{ lama }} sejak permohonan"
        " diterima. Batas ini dapat diperpanjang satu kali paling lama {{ lama_perpanjangan }} dengan alasan tertulis"
        " (Undang-Undang Nomor 14 Tahun 2008 Pasal 22).\n\n"
        "Bila tidak ditanggapi, ditolak, atau tidak sesuai yang diminta, pemohon berhak mengajukan keberatan kepada"
        " Atasan PPID."
    ),
    series="information.receipt",
    number_pattern="{nomor:4}/TB-PPID/{bulan}/{tahun}",
    signed_by=SignedBy.SEAL,
    order=10,
)
OBJECTION_RECEIPT = LetterKind(
    key="information.objection_receipt",
    label=gettext_lazy("Tanda bukti penerimaan keberatan"),
    placeholders={
        "nomor": (gettext_lazy("nomor register keberatan"), "0003/KEB-PPID/2026"),
        "kode": (gettext_lazy("kode untuk melacak"), "KEB-7K2M-Q9XA"),
        "diterima": (gettext_lazy("tanggal diterima"), "9 Maret 2026"),
        "permohonan": (gettext_lazy("nomor pendaftaran permohonan"), "0012/PPID/2026"),
        "nama": (gettext_lazy("nama pengaju"), "Nama Pemohon"),
        "kuasa": (gettext_lazy("nama kuasa"), ""),
        "alasan": (gettext_lazy("alasan keberatan"), "Permintaan tidak ditanggapi"),
        "posisi": (gettext_lazy("kasus posisi"), "Sampai hari ini belum ada jawaban."),
        "batas": (gettext_lazy("batas tanggapan Atasan PPID"), "20 April 2026"),
        "lama": (gettext_lazy("lama waktu menanggapi"), "30 hari kerja"),
        "lama_sengketa": (gettext_lazy("waktu untuk ke Komisi Informasi"), "14 hari kerja"),
    },
    default_title="Tanda bukti penerimaan keberatan nomor {{ nomor }}",
    default_body=(
        "Keberatan berikut sudah kami terima dan daftarkan.\n\n"
        "**Nomor register:** {{ nomor }}\n**Kode lacak:** {{ kode }}\n**Diterima:** {{ diterima }}\n"
        "**Pengaju:** {{ nama }}\n"
        "{% jika kuasa %}\n**Melalui kuasa:** {{ kuasa }}\n{% selesai %}\n"
        "{% jika permohonan %}\n**Atas permohonan nomor:** {{ permohonan }}\n{% selesai %}\n\n"
        "## Alasan\n\n{{ alasan }}\n\n## Kasus posisi\n\n{{ posisi }}\n\n"
        "## Yang terjadi sesudah ini\n\n"
        "Atasan PPID menanggapi secara tertulis paling lambat **{{ batas }}**, yaitu {{ lama }} sejak keberatan"
        " diterima (Undang-Undang Nomor 14 Tahun 2008 Pasal 36). Sesudah tanggapan itu, atau bila sampai batas itu"
        " tidak ada tanggapan, pengaju dapat meminta penyelesaian sengketa kepada Komisi Informasi dalam"
        " {{ lama_sengketa }}."
    ),
    series="information.objection_receipt",
    number_pattern="{nomor:4}/TBK-PPID/{bulan}/{tahun}",
    signed_by=SignedBy.SEAL,
    order=60,
)


def for_request(request_id: int, *, now: dt.datetime) -> Letter:
    """The receipt of a request; made the first time, found after."""
    request = InformationRequest.objects.select_related("contact").get(pk=request_id)
    with override("id"):
        context = _request_words(request, request.contact)
    return letters.issue(
        kind=REQUEST_RECEIPT.key,
        about=(REQUEST, request.pk),
        office=offices.main_office(),
        to="\n".join(filter(None, (request.contact.name, request.contact.address))),
        context=context,
        by=None,
        now=now,
        once=f"{REQUEST_RECEIPT.key}:{request.pk}",
    )


def for_objection(objection_id: int, *, now: dt.datetime) -> Letter:
    """The receipt of an objection; made the first time, found after."""
    objection = Objection.objects.select_related("contact", "request", "item").get(pk=objection_id)
    with override("id"):
        context = _objection_words(objection, objection.contact)
    return letters.issue(
        kind=OBJECTION_RECEIPT.key,
        about=(OBJECTION, objection.pk),
        office=offices.main_office(),
        to="\n".join(filter(None, (objection.contact.name, objection.contact.address))),
        context=context,
        by=None,
        now=now,
        once=f"{OBJECTION_RECEIPT.key}:{objection.pk}",
    )


def quietly(kind: str, pk: int, *, now: dt.datetime) -> None:
    """Right after the commit, so that the page can offer the letter; what fails here is done by the job."""
    try:
        BY_KIND[kind](pk, now=now)
    except Exception as error:
        logger.error("receipt of %s %s waits for its job: %s", kind, pk, type(error).__name__)


BY_KIND = {"request": for_request, "objection": for_objection}


def _request_words(request: InformationRequest, contact: RequestContact) -> dict[str, str]:
    answer = next(clock for clock in clocks.running_clocks(request) if clock.step == "answer")
    how = [request.get_access_display()]
    if request.access == "COPY":
        how.append(request.get_form_display())
    return {
        "nomor": request.registration,
        "kode": request.code,
        "diterima": words.long_date(request.received_at),
        "saluran": str(RequestChannel(request.channel).label).lower(),
        "nama": contact.name,
        "alamat": contact.address,
        "pemberi_kuasa": contact.proxy_for,
        "rincian": request.details,
        "tujuan": request.purpose,
        "cara_memperoleh": ", ".join(how),
        "cara_kirim": request.get_send_way_display(),
        "batas": words.long_date(answer.due_on) if answer.due_on else _("belum dihitung"),
        "lama": f"{answer.amount} {answer.get_unit_display()}",
        "lama_perpanjangan": span(request.KIND, "extend", on=answer.started_on),
    }


def _objection_words(objection: Objection, contact: ObjectionContact) -> dict[str, str]:
    reply = next(clock for clock in clocks.running_clocks(objection) if clock.step == "reply")
    ground = str(ObjectionGround(objection.ground).label)
    return {
        "nomor": objection.registration,
        "kode": objection.code,
        "diterima": words.long_date(objection.received_at),
        "permohonan": objection.request.registration if objection.request else "",
        "nama": contact.name,
        "kuasa": contact.proxy_name,
        "alasan": f"{objection.ground}. {ground}",
        "posisi": objection.position,
        "batas": words.long_date(reply.due_on) if reply.due_on else _("belum dihitung"),
        "lama": f"{reply.amount} {reply.get_unit_display()}",
        "lama_sengketa": span(objection.KIND, "dispute", on=reply.started_on),
    }


def register() -> None:
    """Called once from `registration_requests.register`."""
    letters.letter_kinds.register(REQUEST_RECEIPT)
    letters.letter_kinds.register(OBJECTION_RECEIPT)
