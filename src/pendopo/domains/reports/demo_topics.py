"""What the demo citizens write about: category, weight, season, and which office really acts."""

from dataclasses import dataclass

VILLAGE, DISTRICT = "@kelurahan", "@kecamatan"
_DANGEROUS = ("jalan-rusak", "lampu-jalan", "banjir", "pohon", "lalu-lintas", "trotoar")


@dataclass(frozen=True)
class Topic:
    """`offices` are (slug, share): the same words go to different offices in real life too.

    `weight` is its share of an ordinary day; `season` names a profile of `demo_seasons`; a topic that is
    not `placed` needs no point on the map; `urgency` as in base.cases (1 emergency … 3 normal).
    """

    key: str
    category: str
    weight: float
    offices: tuple[tuple[str, float], ...]
    season: str = "flat"
    placed: bool = True
    report_class: str = "ORDINARY"
    night: bool = False
    urgency: int = 3

    def tags(self) -> set[str]:
        """Tags that hold for every text about this topic (see demo_words)."""
        tags = {"tempat" if self.placed else "orang"}
        tags.add({"ASPIRATION": "saran", "INFORMATION": "tanya"}.get(self.report_class, "keluhan"))
        if self.category in _DANGEROUS:
            tags.add("bahaya")
        return tags


def _row(key: str, category: str, weight: float, offices: str, **more: object) -> Topic:
    pairs = (part.split(":") for part in offices.split())
    return Topic(key, category, weight, tuple((slug, float(share)) for slug, share in pairs), **more)  # type: ignore[arg-type]


V, D = VILLAGE, DISTRICT
TOPICS = (
    _row("jalan-berlubang", "jalan-rusak", 8.5, f"dpu:.80 dperkim:.11 {V}:.06 {D}:.03", season="rain_late"),
    _row("galian", "jalan-rusak", 1.4, "dpu:.74 perumda-air:.14 diskominfo:.12"),
    _row("jembatan", "jalan-rusak", 1.2, "dpu:.84 dsda:.16", season="rain", urgency=2),
    _row("lampu-mati", "lampu-jalan", 8.0, "dishub:.985 dperkim:.015", night=True),
    _row("lampu-baru", "lampu-jalan", 1.4, "dishub:.96 dperkim:.04", report_class="ASPIRATION"),
    _row("sampah-menumpuk", "sampah", 8.2, f"dlh:.84 {V}:.12 perumda-pasar:.04"),
    _row("bakar-sampah", "sampah", 2.2, f"dlh:.58 satpol-pp:.24 {V}:.18", season="dry"),
    _row("banjir", "banjir", 2.4, "dsda:.52 dpu:.28 bpbd:.20", season="rain", urgency=2),
    _row("saluran-mampet", "banjir", 4.6, f"dpu:.58 dsda:.30 {V}:.12", season="rain"),
    _row("air-mati", "air-bersih", 3.6, "perumda-air:1", season="dry"),
    _row("air-tagihan", "air-bersih", 1.5, "perumda-air:1", placed=False),
    _row("pipa-bocor", "air-bersih", 1.9, "perumda-air:.95 dpu:.05"),
    _row("pohon-rawan", "pohon", 3.4, f"dlh:.88 {V}:.07 dperkim:.05", season="wind"),
    _row("pohon-tumbang", "pohon", 1.0, "bpbd:.50 dlh:.38 damkar:.12", season="wind", urgency=1),
    _row("rambu-macet", "lalu-lintas", 3.4, "dishub:1"),
    _row("parkir-liar", "lalu-lintas", 3.2, f"dishub:.78 satpol-pp:.16 {D}:.06"),
    _row("angkutan", "lalu-lintas", 1.6, "perumda-trans:.62 dishub:.38"),
    _row("trotoar-rusak", "trotoar", 2.0, "dpu:.93 dishub:.07"),
    _row("trotoar-dipakai", "trotoar", 1.4, f"satpol-pp:.84 {D}:.16"),
    _row("taman-rusak", "taman", 2.0, "dperkim:.82 dlh:.18", season="holiday"),
    _row("bising", "kebisingan", 3.0, f"satpol-pp:.74 {D}:.14 {V}:.12", season="ramadan", night=True),
    _row("puskesmas", "kesehatan", 2.4, "dinkes:1", placed=False),
    _row("rumah-sakit", "kesehatan", 1.4, "rsud:.82 dinkes:.18", placed=False),
    _row("nyamuk", "kesehatan", 1.5, f"dinkes:.84 {V}:.16", season="mosquito"),
    _row("ppdb", "pendidikan", 2.0, "disdik:1", season="enrolment", placed=False),
    _row("sekolah-rusak", "pendidikan", 1.5, "disdik:1", placed=False),
    _row("pungutan-sekolah", "pendidikan", 0.5, "disdik:.60 inspektorat:.40",
         season="enrolment", placed=False, report_class="SUPERVISORY"),
    _row("ktp-kk", "kependudukan", 5.6, f"disdukcapil:.85 {D}:.09 {V}:.06", placed=False),
    _row("bansos", "sosial", 4.8, f"dinsos:.80 {V}:.20", placed=False),
    _row("rumah-layak", "sosial", 1.5, "dperkim:.88 dinsos:.12"),
    _row("telantar", "sosial", 1.3, "dinsos:.76 satpol-pp:.24", urgency=2),
    _row("pkl", "ketertiban", 2.2, f"satpol-pp:.86 {D}:.14", season="ramadan"),
    _row("bangunan-liar", "ketertiban", 1.9, "satpol-pp:.52 dpmptsp:.28 pertanahan:.20"),
    _row("gaduh", "ketertiban", 1.5, f"satpol-pp:.80 kesbangpol:.06 {D}:.14", night=True, season="ramadan"),
    _row("layanan-lambat", "pelayanan", 2.6, f"{V}:.52 {D}:.28 disdukcapil:.14 bkpsdm:.06", placed=False),
    _row("pungli", "pelayanan", 0.8, "inspektorat:.88 bkpsdm:.12", placed=False, report_class="SUPERVISORY"),
    _row("wifi", "internet", 2.0, "diskominfo:1"),
    _row("hewan-liar", "hewan", 1.9, "dkpp:.54 damkar:.46"),
    _row("pasar-kotor", "pasar", 1.2, "disperindag:.64 perumda-pasar:.36"),
    _row("harga", "pasar", 1.2, "disperindag:.80 dkpp:.20", season="prices", placed=False),
    _row("izin", "lainnya", 1.3, "dpmptsp:1", placed=False),
    _row("pajak", "lainnya", 1.1, "bapenda:1", season="tax", placed=False),
    _row("kerja", "lainnya", 1.3, "disnaker:1", season="prices", placed=False),
    _row("tanya-umum", "lainnya", 3.2,
         "diskominfo:.40 dispersip:.14 disbudpar:.16 dispora:.12 bappeda:.10 disdik:.08",
         placed=False, report_class="INFORMATION"),
    _row("usul", "lainnya", 2.6, f"bappeda:.34 {V}:.30 dispora:.14 dperkim:.22", report_class="ASPIRATION"),
    _row("luar-wewenang", "lainnya", 1.8, "diskominfo:1", placed=True),
)  # fmt: skip

BY_KEY = {topic.key: topic for topic in TOPICS}

# Who comes when water rises or a tree leans after dark: shares that the disaster agency does then.
AT_NIGHT = {"banjir": 0.85, "saluran-mampet": 0.55, "pohon-tumbang": 0.9, "pohon-rawan": 0.6}

# What is reported on the day the river comes over the dyke.
FLOOD_DAY = {
    "banjir": 55, "saluran-mampet": 12, "pohon-tumbang": 9, "air-mati": 6, "lampu-mati": 5,
    "luar-wewenang": 4, "jembatan": 3, "rambu-macet": 3, "jalan-berlubang": 3,
}  # fmt: skip
