"""Our words in the authority tables that DCAT-AP 3 asks for."""

from pendopo.base.files.models import FileKind
from pendopo.domains.information.models import UpdateCycle

_EU = "http://publications.europa.eu/resource/authority/"
LANGUAGES = {"id": f"{_EU}language/IND", "en": f"{_EU}language/ENG"}
FREQUENCIES = {
    UpdateCycle.NONE: f"{_EU}frequency/IRREG",
    UpdateCycle.MONTHLY: f"{_EU}frequency/MONTHLY",
    UpdateCycle.QUARTERLY: f"{_EU}frequency/QUARTERLY",
    UpdateCycle.SEMIANNUAL: f"{_EU}frequency/ANNUAL_2",
    UpdateCycle.ANNUAL: f"{_EU}frequency/ANNUAL",
}
FILE_TYPES = {
    FileKind.PDF: f"{_EU}file-type/PDF",
    FileKind.DOCX: f"{_EU}file-type/DOCX",
    FileKind.XLSX: f"{_EU}file-type/XLSX",
    FileKind.CSV: f"{_EU}file-type/CSV",
    FileKind.IMAGE: f"{_EU}file-type/JPEG",
}
PUBLIC, NON_PUBLIC = f"{_EU}access-right/PUBLIC", f"{_EU}access-right/NON_PUBLIC"
THEME_TAXONOMY = f"{_EU}data-theme"
DELETED = "http://purl.org/adms/changetype/deleted"
UPDATED = "http://purl.org/adms/changetype/updated"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"

# The first theme one of whose stems is in the topic; what fits none is about the government itself.
_THEMES = (
    ("HEAL", ("sehat", "gizi", "penyakit", "rumah sakit", "puskesmas", "stunting")),
    ("EDUC", ("didik", "sekolah", "budaya", "olahraga", "pemuda", "wisata", "perpustakaan")),
    ("ENVI", ("lingkungan", "sampah", "banjir", "bencana", "iklim", "air")),
    ("TRAN", ("hubungan", "transport", "jalan", "lalu lintas", "parkir", "kendaraan")),
    ("AGRI", ("tani", "pangan", "ternak", "ikan", "kebun")),
    ("ECON", ("ekonomi", "uang", "anggaran", "pajak", "pasar", "usaha", "dagang", "industri", "investasi", "aset")),
    ("SOCI", ("duduk", "sosial", "miskin", "kerja", "anak", "perempuan", "keluarga")),
    ("JUST", ("hukum", "peraturan", "aman", "tertib", "pengadilan")),
    ("REGI", ("ruang", "wilayah", "kota", "desa", "bangunan", "perumahan", "tanah")),
    ("TECH", ("teknologi", "digital", "internet", "riset", "statistik")),
    ("ENER", ("energi", "listrik")),
)


def theme(topic: str) -> str:
    """The EU data theme nearest to a topic of ours."""
    plain = topic.lower()
    code = next((code for code, stems in _THEMES if any(stem in plain for stem in stems)), "GOVE")
    return f"{_EU}data-theme/{code}"
