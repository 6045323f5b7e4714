"""The categories a citizen chooses from, as every government starts with them; offices may edit rows.

Classes are SP4N's: ORDINARY (tidak berkadar pengawasan) is right for nearly all; the koordinator decides.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class CategorySeed:
    """One tile: `hint` shows examples under the label, `office` says what kind of office usually acts."""

    key: str
    label: str
    label_en: str
    hint: str
    hint_en: str
    icon: str
    default_class: str = "ORDINARY"
    office: str = "AGENCY"


CATEGORIES = (
    CategorySeed(
        "jalan-rusak", "Jalan dan jembatan", "Roads and bridges",
        "lubang, aspal rusak, bekas galian", "potholes, broken asphalt, dug-up roads", "jalan-rusak",
    ),
    CategorySeed(
        "lampu-jalan", "Lampu jalan", "Street lights",
        "lampu mati, tiang miring", "lamp out, leaning pole", "lampu-jalan",
    ),
    CategorySeed(
        "sampah", "Sampah dan pencemaran", "Waste and pollution",
        "sampah menumpuk, pembakaran, limbah", "waste heaps, burning, discharge", "sampah",
    ),
    CategorySeed(
        "banjir", "Banjir dan saluran", "Flooding and drains",
        "genangan, got mampet, tanggul", "standing water, blocked drains, dykes", "banjir",
    ),
    CategorySeed(
        "air-bersih", "Air bersih", "Water supply",
        "air mati, keruh, pipa bocor", "no water, murky water, leaking pipe", "air-bersih",
    ),
    CategorySeed(
        "pohon", "Pohon", "Trees",
        "pohon rawan tumbang, dahan, perantingan", "dangerous trees, branches, pruning", "pohon",
    ),
    CategorySeed(
        "lalu-lintas", "Lalu lintas dan parkir", "Traffic and parking",
        "rambu, lampu merah, parkir liar, bus kota", "signs, signals, illegal parking, buses", "lalu-lintas",
    ),
    CategorySeed(
        "trotoar", "Trotoar", "Pavements",
        "trotoar rusak atau dipakai berjualan", "broken or blocked pavements", "trotoar",
    ),
    CategorySeed(
        "taman", "Taman dan ruang terbuka", "Parks",
        "mainan rusak, taman gelap atau kotor", "broken play equipment, dark or dirty parks", "taman",
    ),
    CategorySeed(
        "kebisingan", "Kebisingan", "Noise",
        "musik keras, knalpot, pabrik", "loud music, exhausts, workshops", "kebisingan",
    ),
    CategorySeed(
        "kesehatan", "Kesehatan", "Health",
        "puskesmas, rumah sakit, demam berdarah", "clinics, hospital, dengue", "kesehatan",
    ),
    CategorySeed(
        "pendidikan", "Pendidikan", "Schools",
        "pendaftaran, bangunan sekolah, pungutan", "enrolment, school buildings, fees", "pendidikan",
    ),
    CategorySeed(
        "kependudukan", "KTP, KK, dan akta", "Identity documents",
        "KTP, kartu keluarga, akta, pindah", "identity card, family card, certificates", "kependudukan",
    ),
    CategorySeed(
        "sosial", "Bantuan sosial", "Social assistance",
        "bansos, rumah tidak layak, orang telantar", "aid, unfit housing, people in need", "sosial",
    ),
    CategorySeed(
        "ketertiban", "Ketertiban", "Public order",
        "pedagang, bangunan liar, tawuran", "stalls, illegal buildings, brawls", "keamanan",
    ),
    CategorySeed(
        "pelayanan", "Pelayanan petugas", "Conduct of staff",
        "layanan lambat, pungutan liar", "slow service, illegal fees", "pelayanan", office="VILLAGE",
    ),
    CategorySeed(
        "internet", "Wi-Fi dan aplikasi", "Wi-Fi and apps",
        "Wi-Fi publik, kabel semrawut, situs kota", "public Wi-Fi, hanging cables, city site", "internet",
    ),
    CategorySeed(
        "hewan", "Hewan", "Animals",
        "hewan liar, ular, rabies", "strays, snakes, rabies", "hewan",
    ),
    CategorySeed(
        "pasar", "Pasar dan harga", "Markets and prices",
        "pasar kotor, harga naik, elpiji", "dirty markets, prices, gas", "pasar",
    ),
    CategorySeed(
        "lainnya", "Lainnya", "Something else",
        "pertanyaan, usul, izin, pajak, pekerjaan", "questions, ideas, permits, taxes, work", "lainnya",
    ),
)  # fmt: skip
