"""The letters of PPID in their first words; an office may change them as templates. Each says what the law asks of it.

UU 14/2008 Pasal 22 (written notice), 36 (answer to an objection), 17–20 (withholding).
"""

from django.utils.translation import gettext_lazy as _

from pendopo.base.letters.kinds import Value
from pendopo.base.letters.public import Layout, LetterKind, SignedBy, table
from pendopo.base.registries import Text
from pendopo.domains.information.policy import who

REQUEST, OBJECTION, TEST, DECREE = (
    "information.request", "information.objection", "information.test", "information.decree",
)  # fmt: skip

_REQUEST_FIELDS: dict[str, tuple[Text, Value]] = {
    "nomor": (_("nomor pendaftaran"), "0012/PPID/2026"),
    "diterima": (_("tanggal permohonan diterima"), "9 Maret 2026"),
    "nama": (_("nama pemohon"), "Nama Pemohon"),
    "alamat": (_("alamat pemohon"), "Jalan Contoh 1"),
    "pekerjaan": (_("pekerjaan pemohon"), "Peneliti"),
    "kontak": (_("telepon atau surel pemohon"), "pemohon@contoh.example"),
    "rincian": (_("informasi yang diminta"), "Anggaran pemeliharaan jalan tahun 2025"),
    "tujuan": (_("tujuan penggunaan"), "Penelitian"),
    "lama_keberatan": (_("waktu untuk mengajukan keberatan"), "30 hari kerja"),
}
_GROUNDS = table(
    ["Pasal 17", "Dasar hukum", "Uji konsekuensi", "Berlaku sampai"],
    [["huruf h", "UU 14/2008 Pasal 17 huruf h", "UK-2026-0001", "31 Desember 2030"]],
)
_PARTS = table(
    ["Berkas", "Halaman", "Pasal 17", "Yang dihitamkan dan alasannya"],
    [["Daftar penerima", "2", "huruf h", "Nomor induk kependudukan warga"]],
)
_FILES = table(["No.", "Berkas"], [["1", "Rencana kerja 2026"]])
_GIVEN: dict[str, tuple[Text, Value]] = {
    "materi": (_("informasi yang diberikan"), "Rencana kerja dan anggaran tahun 2026"),
    "jumlah_berkas": (_("jumlah berkas (kosong bila tidak ada)"), "1"),
    "berkas": (_("daftar berkas"), _FILES),
    "bentuk": (_("bentuk informasi"), "berkas digital"),
    "penyerahan": (_("cara penyerahan"), "diunduh dari halaman permohonan"),
    "biaya": (_("biaya"), "Rp0 (tidak dipungut biaya)"),
    "pembayaran": (_("cara pembayaran"), ""),
}
_WITHHELD: dict[str, tuple[Text, Value]] = {
    "alasan": (_("penjelasan PPID"), "Memuat data pribadi warga yang tidak berkaitan dengan jabatan publik."),
    "dasar": (_("dasar penolakan"), _GROUNDS),
}

_OPENING = (
    "Menanggapi permohonan informasi publik Saudara dengan nomor pendaftaran **{{ nomor }}** yang kami terima pada"
    " {{ diterima }}"
)
_ASKED = "## Informasi yang diminta\n\n{{ rincian }}\n\n**Tujuan penggunaan:** {{ tujuan }}\n\n"
_RIGHT = (
    "## Hak Saudara\n\n"
    "Bila tidak puas atas pemberitahuan ini, Saudara dapat mengajukan keberatan tertulis kepada Atasan PPID dalam"
    " {{ lama_keberatan }} sejak alasan keberatan ditemukan (Undang-Undang Nomor 14 Tahun 2008 Pasal 35 dan 36)."
    " Mengajukan keberatan tidak dipungut biaya.\n"
)
_GIVING = (
    "## Yang kami berikan\n\nInformasi ini **kami kuasai**. Yang diberikan: {{ materi }}\n\n"
    "{% jika jumlah_berkas %}\n{{ berkas }}\n{% selesai %}\n\n"
    "**Bentuk:** {{ bentuk }}\n**Cara penyerahan:** {{ penyerahan }}\n**Biaya:** {{ biaya }}\n"
    "{% jika pembayaran %}\n**Cara pembayaran:** {{ pembayaran }}\n{% selesai %}\n\n"
)


def _ppid(user: object, about: tuple[str, int]) -> bool:
    return who.decides(user)


def _atasan(user: object, about: tuple[str, int]) -> bool:
    return who.answers_objections(user)


COMPLETE = LetterKind(
    key="information.complete",
    label=_("Permintaan melengkapi permohonan"),
    placeholders={
        **_REQUEST_FIELDS,
        "kekurangan": (_("yang perlu dilengkapi"), "Sebutkan tahun anggaran yang dimaksud."),
        "batas": (_("batas melengkapi"), "12 Maret 2026"),
    },
    default_title="Permintaan melengkapi permohonan informasi nomor {{ nomor }}",
    default_body=(
        _OPENING + ", kami mohon Saudara melengkapi permohonan itu.\n\n"
        "## Yang perlu dilengkapi\n\n{{ kekurangan }}\n\n"
        "Mohon dilengkapi paling lambat **{{ batas }}** melalui halaman permohonan Saudara atau di meja layanan PPID."
        " Selama menunggu, hitungan waktu kami berhenti. Bila sampai batas itu tidak dilengkapi, permohonan tidak dapat"
        " diproses; Saudara tetap dapat mengajukannya kembali.\n"
    ),
    series="information.notice",
    number_pattern="{nomor:4}/PPID/{bulan}/{tahun}",
    signed_by=SignedBy.SEAL,
    order=20,
)
EXTENSION = LetterKind(
    key="information.extension",
    label=_("Pemberitahuan perpanjangan waktu"),
    placeholders={
        **_REQUEST_FIELDS,
        "hari": (_("hari kerja tambahan"), "7"),
        "batas_lama": (_("batas semula"), "30 Maret 2026"),
        "batas_baru": (_("batas baru"), "9 April 2026"),
        "sebab": (_("alasan menurut undang-undang"), "informasi belum dikuasai atau belum didokumentasikan"),
        "alasan": (_("penjelasan tertulis"), "Data sedang dikumpulkan dari dua perangkat daerah."),
    },
    default_title="Perpanjangan waktu pemberitahuan atas permohonan informasi nomor {{ nomor }}",
    default_body=(
        _OPENING
        + ", kami memberitahukan bahwa pemberitahuan tertulis belum dapat kami sampaikan sampai {{ batas_lama }}."
        "\n\n" + _ASKED + "## Perpanjangan\n\n"
        "Waktu kami perpanjang **{{ hari }} hari kerja**, sehingga pemberitahuan tertulis kami sampaikan paling lambat"
        " **{{ batas_baru }}**. Perpanjangan ini hanya dapat dilakukan satu kali (Undang-Undang Nomor 14 Tahun 2008"
        " Pasal 22 ayat (8)).\n\n**Alasan:** {{ sebab }}.\n\n{{ alasan }}\n"
    ),
    series="information.notice",
    number_pattern="{nomor:4}/PPID/{bulan}/{tahun}",
    may_sign=_ppid,
    order=30,
)
FULL = LetterKind(
    key="information.full",
    label=_("Pemberitahuan tertulis: dikabulkan"),
    placeholders={**_REQUEST_FIELDS, **_GIVEN},
    default_title="Pemberitahuan tertulis atas permohonan informasi nomor {{ nomor }}",
    default_body=(
        _OPENING + ", permohonan Saudara **kami kabulkan seluruhnya**.\n\n" + _ASKED + _GIVING + _RIGHT
    ),
    series="information.notice",
    number_pattern="{nomor:4}/PPID/{bulan}/{tahun}",
    may_sign=_ppid,
    order=40,
)
PARTIAL = LetterKind(
    key="information.partial",
    label=_("Pemberitahuan tertulis: dikabulkan sebagian"),
    placeholders={**_REQUEST_FIELDS, **_GIVEN, **_WITHHELD, "bagian": (_("bagian yang dihitamkan"), _PARTS)},
    default_title="Pemberitahuan tertulis atas permohonan informasi nomor {{ nomor }}",
    default_body=(
        _OPENING + ", permohonan Saudara **kami kabulkan sebagian**.\n\n" + _ASKED + _GIVING
        + "## Yang tidak kami berikan\n\n{{ alasan }}\n\n"
        "Bagian yang dihitamkan atau tidak diberikan:\n\n{{ bagian }}\n\n"
        "Dasarnya, yang sudah diuji konsekuensinya:\n\n{{ dasar }}\n\n" + _RIGHT
    ),
    series="information.notice",
    number_pattern="{nomor:4}/PPID/{bulan}/{tahun}",
    may_sign=_ppid,
    order=41,
)  # fmt: skip
REFUSED = LetterKind(
    key="information.refused",
    label=_("Surat keputusan penolakan permohonan"),
    placeholders={**_REQUEST_FIELDS, **_WITHHELD},
    default_title="Penolakan permohonan informasi nomor {{ nomor }}",
    default_body=(
        _OPENING + ", permohonan itu **kami tolak** karena informasi yang diminta dikecualikan.\n\n"
        "## Pemohon\n\n**Nama:** {{ nama }}\n**Alamat:** {{ alamat }}\n"
        "{% jika pekerjaan %}\n**Pekerjaan:** {{ pekerjaan }}\n{% selesai %}\n"
        "{% jika kontak %}\n**Telepon atau surel:** {{ kontak }}\n{% selesai %}\n\n" + _ASKED
        + "## Alasan penolakan\n\nInformasi ini kami kuasai, tetapi dikecualikan dengan dasar berikut."
        "\n\n{{ dasar }}\n\n"
        "{{ alasan }}\n\nMembuka informasi itu dapat menimbulkan akibat yang diuraikan dalam uji konsekuensi tersebut."
        " Pengecualian berakhir pada tanggal yang tercantum.\n\n" + _RIGHT
    ),
    series="information.notice",
    number_pattern="{nomor:4}/PPID/{bulan}/{tahun}",
    may_sign=_ppid,
    order=42,
)  # fmt: skip
NOT_HELD = LetterKind(
    key="information.not_held",
    label=_("Pemberitahuan informasi tidak dikuasai"),
    placeholders={
        **_REQUEST_FIELDS,
        "alasan": (_("mengapa tidak dikuasai"), "Urusan ini kewenangan pemerintah provinsi."),
        "badan_lain": (_("badan publik yang menguasai"), "Dinas Contoh Provinsi Contoh"),
        "diteruskan": (_("diteruskan (kosong bila tidak)"), "ya"),
    },
    default_title="Pemberitahuan atas permohonan informasi nomor {{ nomor }}",
    default_body=(
        _OPENING + ", kami memberitahukan bahwa informasi itu **tidak kami kuasai**.\n\n" + _ASKED
        + "## Penjelasan\n\n{{ alasan }}\n\n"
        "{% jika badan_lain %}\nSejauh yang kami ketahui, informasi itu dikuasai **{{ badan_lain }}**.\n{% selesai %}\n"
        "{% jika diteruskan %}\nPermohonan Saudara kami teruskan kepada badan publik itu.\n{% selesai %}\n\n" + _RIGHT
    ),
    series="information.notice",
    number_pattern="{nomor:4}/PPID/{bulan}/{tahun}",
    may_sign=_ppid,
    order=43,
)  # fmt: skip
FORWARD = LetterKind(
    key="information.forward",
    label=_("Penerusan permohonan kepada badan publik lain"),
    placeholders={
        **_REQUEST_FIELDS,
        "badan_lain": (_("badan publik yang menguasai"), "Dinas Contoh Provinsi Contoh"),
        "alasan": (_("mengapa diteruskan"), "Urusan ini kewenangan pemerintah provinsi."),
        "cara": (_("cara memperoleh dan mengirim"), "mendapat salinan, berkas digital, surel"),
    },
    default_title="Penerusan permohonan informasi nomor {{ nomor }}",
    default_body=(
        "Kami menerima permohonan informasi publik berikut pada {{ diterima }}. Informasi itu tidak kami kuasai dan,"
        " sejauh yang kami ketahui, dikuasai oleh {{ badan_lain }}.\n\n{{ alasan }}\n\n"
        "## Pemohon\n\n**Nama:** {{ nama }}\n**Alamat:** {{ alamat }}\n"
        "{% jika kontak %}\n**Telepon atau surel:** {{ kontak }}\n{% selesai %}\n\n" + _ASKED
        + "**Cara memperoleh:** {{ cara }}\n\nMohon permohonan ini ditindaklanjuti sesuai Undang-Undang Nomor 14 Tahun"
        " 2008. Pemohon sudah kami beri tahu tentang penerusan ini.\n"
    ),
    series="information.notice",
    number_pattern="{nomor:4}/PPID/{bulan}/{tahun}",
    may_sign=_ppid,
    order=44,
)  # fmt: skip
HANDOVER = LetterKind(
    key="information.handover",
    label=_("Tanda terima penyerahan informasi"),
    placeholders={
        **_REQUEST_FIELDS,
        **_GIVEN,
        "diserahkan": (_("tanggal diserahkan"), "24 Maret 2026"),
        "catatan": (_("kepada siapa dan bagaimana"), "Diterima pemohon di meja layanan."),
    },
    default_title="Tanda terima penyerahan informasi nomor {{ nomor }}",
    default_body=(
        "Pada {{ diserahkan }} informasi berikut diserahkan kepada pemohon **{{ nama }}** atas permohonan nomor"
        " **{{ nomor }}**.\n\n**Informasi:** {{ materi }}\n\n{% jika jumlah_berkas %}\n{{ berkas }}\n{% selesai %}\n\n"
        "**Bentuk:** {{ bentuk }}\n**Cara penyerahan:** {{ penyerahan }}\n**Biaya:** {{ biaya }}\n"
        "{% jika catatan %}\n**Catatan:** {{ catatan }}\n{% selesai %}\n"
    ),
    series="information.handover",
    number_pattern="{nomor:4}/TT-PPID/{bulan}/{tahun}",
    signed_by=SignedBy.SEAL,
    layout=Layout.SHEET,
    order=50,
)
ANSWER = LetterKind(
    key="information.objection_answer",
    label=_("Tanggapan Atasan PPID atas keberatan"),
    placeholders={
        "nomor": (_("nomor register keberatan"), "0003/KEB-PPID/2026"),
        "permohonan": (_("nomor pendaftaran permohonan"), "0012/PPID/2026"),
        "diterima": (_("tanggal keberatan diterima"), "6 April 2026"),
        "nama": (_("nama pengaju"), "Nama Pemohon"),
        "alasan_keberatan": (_("alasan keberatan"), "a. Permintaan ditolak dengan alasan pengecualian"),
        "posisi": (_("kasus posisi"), "Anggaran adalah informasi terbuka."),
        "keputusan": (_("keputusan"), "keberatan diterima, putusan diubah"),
        "tanggapan": (
            _("tanggapan dan alasannya"),
            "Menurut pemeriksaan kami, informasi itu dapat dibuka sebagian.",
        ),
        "materi": (_("yang sekarang diberikan"), "Rencana kerja dan anggaran tahun 2026"),
        "nama_atasan": (_("nama Atasan PPID"), "Nama Atasan PPID"),
        "jabatan": (_("jabatan"), "Sekretaris Daerah"),
        "lama_sengketa": (_("waktu untuk ke Komisi Informasi"), "14 hari kerja"),
    },
    default_title="Tanggapan atas keberatan nomor {{ nomor }}",
    default_body=(
        "Menanggapi keberatan Saudara nomor **{{ nomor }}** yang kami terima pada {{ diterima }}"
        " atas permohonan informasi nomor {{ permohonan }}, kami sampaikan sebagai berikut.\n\n"
        "**Alasan keberatan:** {{ alasan_keberatan }}\n\n{{ posisi }}\n\n"
        "## Keputusan Atasan PPID\n\n**{{ keputusan }}**\n\n{{ tanggapan }}\n\n"
        "{% jika materi %}\n**Yang diberikan kepada Saudara:** {{ materi }}\n{% selesai %}\n\n"
        "## Hak Saudara\n\nBila tidak puas dengan tanggapan ini, Saudara dapat mengajukan permohonan penyelesaian"
        " sengketa informasi kepada Komisi Informasi paling lambat {{ lama_sengketa }} sejak tanggapan ini diterima"
        " (Undang-Undang Nomor 14 Tahun 2008 Pasal 37 ayat (2)).\n\n"
        "Atasan PPID: {{ nama_atasan }}, {{ jabatan }}\n"
    ),
    series="information.objection_answer",
    number_pattern="{nomor:4}/ATASAN-PPID/{bulan}/{tahun}",
    may_sign=_atasan,
    order=70,
)
SHEET = LetterKind(
    key="information.consequence_sheet",
    label=_("Lembar uji konsekuensi"),
    placeholders={
        "kode": (_("nomor lembar"), "UK-2026-0001"),
        "informasi": (_("informasi yang diuji"), "Nomor induk kependudukan dalam daftar penerima bantuan"),
        "huruf": (_("Pasal 17 huruf"), "h. Mengungkap rahasia pribadi"),
        "hukum": (_("undang-undang dan pasal"), "UU 14/2008 Pasal 17 huruf h"),
        "akibat_dibuka": (_("akibat bila dibuka"), "Data warga dapat disalahgunakan."),
        "akibat_ditutup": (
            _("akibat bila ditutup"),
            "Penyaluran tetap dapat diawasi dari jumlah dan nama program.",
        ),
        "pertimbangan": (_("pertimbangan"), "Kepentingan warga lebih besar."),
        "jangka": (_("jangka waktu"), "sampai 31 Desember 2030"),
        "pendapat": (_("pendapat tim pertimbangan"), "Setuju dikecualikan."),
        "keputusan": (_("nomor keputusan"), "188/12/2026"),
    },
    default_title="Lembar uji konsekuensi {{ kode }}",
    default_body=(
        "## Informasi yang diuji\n\n{{ informasi }}\n\n## Dasar hukum\n\nPasal 17 huruf {{ huruf }}\n\n{{ hukum }}\n\n"
        "## Akibat bila informasi dibuka\n\n{{ akibat_dibuka }}\n\n"
        "## Akibat bila informasi ditutup\n\n{{ akibat_ditutup }}\n\n"
        "{% jika pertimbangan %}\n## Kepatutan dan kepentingan umum\n\n{{ pertimbangan }}\n{% selesai %}\n\n"
        "## Jangka waktu\n\nDikecualikan {{ jangka }}.\n\n"
        "{% jika pendapat %}\n## Pendapat tim pertimbangan\n\n{{ pendapat }}\n{% selesai %}\n\n"
        "{% jika keputusan %}\nDitetapkan dengan keputusan nomor {{ keputusan }}.\n{% selesai %}\n"
    ),
    series="information.sheet",
    number_pattern="{nomor:4}/UK-PPID/{bulan}/{tahun}",
    may_sign=_ppid,
    layout=Layout.SHEET,
    order=80,
)
LISTED = "badan publik wajib menyediakan daftar informasi publik yang berada di bawah penguasaannya"
WITHHELD = (
    "informasi hanya boleh dikecualikan sesudah pengujian yang saksama tentang akibat membuka dan menutupnya"
)
FIXING = LetterKind(
    key="information.decree",
    label=_("Keputusan penetapan daftar informasi"),
    placeholders={
        "nomor_keputusan": (_("nomor keputusan"), "188/12/2026"),
        "tentang": (_("tentang"), "Penetapan Daftar Informasi Publik Tahun 2026"),
        "menimbang": (_("yang ditimbang"), LISTED),
        "tempat": (_("tempat ditetapkan"), "Kota Contoh"),
        "tanggal": (_("tanggal ditetapkan"), "2 Januari 2026"),
        "penetap": (_("yang menetapkan"), "PPID Utama"),
        "jumlah": (_("jumlah entri (kosong bila tidak ada)"), "1"),
        "daftar": (
            _("daftar informasi"),
            table(
                ["No.", "Judul", "Unit yang menguasai", "Kategori"],
                [["1", "Profil", "Diskominfo", "Berkala"]],
            ),
        ),
    },
    default_title="{{ tentang }}",
    default_body=(
        "**Menimbang** bahwa {{ menimbang }};\n\n"
        "**Mengingat** Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik;\n\n"
        "## Memutuskan\n\nMenetapkan daftar berikut sebagai lampiran keputusan nomor {{ nomor_keputusan }}.\n\n"
        "{% jika jumlah %}\n{{ daftar }}\n{% selesai %}\n\n"
        "Ditetapkan di {{ tempat }} pada {{ tanggal }} oleh {{ penetap }}."
        " Keputusan ini berlaku sejak tanggal ditetapkan.\n"
    ),
    series="information.decree",
    number_pattern="{nomor:4}/SK-PPID/{bulan}/{tahun}",
    may_sign=_ppid,
    layout=Layout.SHEET,
    order=90,
)
KINDS = (COMPLETE, EXTENSION, FULL, PARTIAL, REFUSED, NOT_HELD, FORWARD, HANDOVER, ANSWER, SHEET, FIXING)
