"""The prepared answers that every new installation starts with. Offices change them on the desk.

A row that an office changed or put away stays as it is: `seed` names are laid down once.
"""

from dataclasses import dataclass

from pendopo.domains.reports.models import CannedAnswer, CannedAnswerVersion, Purpose, Status
from pendopo.kernel import clock

ANSWER, QUESTION, CLOSING = Purpose.ANSWER, Purpose.QUESTION, Purpose.CLOSING


@dataclass(frozen=True)
class Text:
    """One occasion in both languages: (name for the officer, words for the citizen)."""

    key: str
    purpose: str
    state: str
    id: tuple[str, str]
    en: tuple[str, str]


# fmt: off
TEXTS = (
    Text("sudah-diterima", ANSWER, Status.ASSIGNED,
         ("Sudah kami terima, segera ditinjau",
          "Terima kasih sudah melapor. Laporan Anda tentang {kategori} di {tempat} sudah kami terima di {kantor}. "
          "Petugas kami akan meninjau lokasi lebih dulu, lalu mengabari Anda di sini. "
          "Batas waktu kami: {tenggat}."),
         ("Received, inspection to follow",
          "Thank you for your report. {kantor} has received your report about {kategori} in {tempat}. "
          "Our staff will look at the place first and then let you know here. "
          "Our deadline: {tenggat}.")),
    Text("petugas-berangkat", ANSWER, Status.IN_PROGRESS,
         ("Petugas sedang ke lokasi",
          "Petugas {kantor} sedang menuju lokasi di {tempat}. "
          "Setelah diperiksa, kami sampaikan apa yang kami temukan dan apa langkah berikutnya."),
         ("Staff on their way",
          "Staff of {kantor} are on their way to {tempat}. "
          "Once they have looked, we will tell you what they found and what comes next.")),
    Text("sedang-dikerjakan", ANSWER, Status.IN_PROGRESS,
         ("Sedang dikerjakan",
          "Pekerjaan di {tempat} sudah dimulai. Kami berusaha selesai sebelum batas waktu kami: {tenggat}. "
          "Mohon berhati-hati bila melintas selama pekerjaan berlangsung."),
         ("Work has started",
          "Work in {tempat} has started. We aim to finish before our deadline: {tenggat}. "
          "Please take care when you pass by in the meantime.")),
    Text("menunggu-bahan", ANSWER, Status.IN_PROGRESS,
         ("Menunggu bahan atau alat",
          "Kami sudah memeriksa lokasi. Pekerjaan belum dapat dimulai karena bahan yang diperlukan masih dipesan. "
          "Mohon maaf Anda harus menunggu. Kami kabari lagi begitu bahannya datang."),
         ("Waiting for material",
          "We have looked at the place. Work cannot start yet because the material is still on order. "
          "We are sorry that you have to wait, and will write again as soon as it arrives.")),
    Text("butuh-anggaran", ANSWER, Status.IN_PROGRESS,
         ("Perlu rencana dan anggaran",
          "Kami sudah memeriksa lokasi. Perbaikannya cukup besar sehingga harus direncanakan dan dianggarkan lebih "
          "dulu; kami tidak ingin menjanjikan tanggal yang belum pasti. Untuk sementara, lokasi kami amankan. "
          "Kami kabari bila rencananya sudah ditetapkan."),
         ("Needs planning and budget",
          "We have looked at the place. The repair is a large one and must be planned and budgeted first; we do not "
          "want to promise a date that is not certain. Until then we make the place safe. "
          "We will write when the plan has been decided.")),
    Text("mohon-maaf-lambat", ANSWER, Status.IN_PROGRESS,
         ("Mohon maaf terlambat",
          "Mohon maaf, laporan Anda belum selesai pada waktunya. Laporan ini tetap kami kerjakan dan tidak kami "
          "lupakan. Perkembangan berikutnya kami sampaikan di halaman ini."),
         ("Sorry for the delay",
          "We are sorry that your report was not finished in time. We are still working on it and have not "
          "forgotten it. You will find the next news on this page.")),
    Text("dibuka-lagi", ANSWER, Status.REOPENED,
         ("Terima kasih sudah memberi tahu belum beres",
          "Terima kasih sudah memberi tahu kami bahwa pekerjaannya belum beres. Mohon maaf. "
          "Petugas {kantor} akan memeriksa lagi lokasi di {tempat} dan memperbaikinya."),
         ("Thank you for telling us it is not done",
          "Thank you for telling us that the work is not done. We are sorry. "
          "Staff of {kantor} will look at {tempat} again and put it right.")),
    Text("lokasi-tepat", QUESTION, "",
         ("Minta lokasi yang tepat",
          "Terima kasih atas laporan Anda. Kami belum menemukan tempatnya. "
          "Mohon sebutkan patokan terdekat, misalnya nama jalan, nomor rumah, atau toko di depannya. "
          "Bila bisa, sertakan satu foto dari agak jauh. Pekerjaan kami lanjutkan setelah Anda menjawab."),
         ("Ask for the exact place",
          "Thank you for your report. We have not found the place yet. "
          "Please name the nearest landmark: a street, a house number, a shop opposite. "
          "If you can, add a photo taken from further away. We will go on as soon as you have answered.")),
    Text("minta-foto", QUESTION, "",
         ("Minta foto",
          "Agar petugas membawa alat yang tepat, mohon kirim satu atau dua foto keadaannya. "
          "Ambil foto dari tempat yang aman. Terima kasih."),
         ("Ask for a photo",
          "So that our staff bring the right tools, please send one or two photos of what you saw. "
          "Take them from a safe place. Thank you.")),
    Text("sejak-kapan", QUESTION, "",
         ("Tanya sejak kapan dan seberapa sering",
          "Agar dapat kami tangani dengan tepat, mohon ceritakan: sejak kapan terjadi, pada jam berapa biasanya, "
          "dan apakah masih terjadi sekarang? Terima kasih."),
         ("Ask since when and how often",
          "So that we can act on it properly, please tell us: since when has this happened, at what time of day, "
          "and is it still happening now? Thank you.")),
    Text("sudah-diperbaiki", CLOSING, "",
         ("Sudah diperbaiki",
          "{kategori} yang dilaporkan di {tempat} sudah kami perbaiki. Petugas {kantor} telah memeriksa hasilnya di "
          "lokasi. Bila ternyata belum beres, laporan ini dapat dibuka lagi. Terima kasih atas kepeduliannya."),
         ("Repaired",
          "What was reported in {tempat} ({kategori}) has been repaired. Staff of {kantor} have checked the result "
          "on the spot. If it is not right after all, this report can be reopened. Thank you for caring.")),
    Text("sudah-dibersihkan", CLOSING, "",
         ("Sudah dibersihkan",
          "Lokasi di {tempat} sudah dibersihkan oleh petugas {kantor}. Mohon bantuan kita bersama untuk menjaganya "
          "tetap bersih. Bila terulang, silakan lapor lagi."),
         ("Cleaned up",
          "Staff of {kantor} have cleaned the place in {tempat}. Please help us all to keep it clean. "
          "If it happens again, do report it again.")),
    Text("keadaan-baik", CLOSING, "",
         ("Sudah diperiksa, keadaannya baik",
          "Petugas {kantor} sudah memeriksa lokasi di {tempat} dan tidak menemukan lagi masalah yang dilaporkan. "
          "Bila masih terjadi, laporan ini dapat dibuka lagi dengan foto atau patokan tambahan."),
         ("Checked, all is well",
          "Staff of {kantor} have looked at the place in {tempat} and no longer found the problem that was "
          "reported. If it still occurs, this report can be reopened with a photo or a landmark.")),
    Text("informasi-diberikan", CLOSING, "",
         ("Informasi sudah diberikan",
          "Informasi yang ditanyakan sudah kami jelaskan pada jawaban kami. "
          "Bila masih ada yang kurang jelas, laporan ini dapat dibuka lagi."),
         ("Information given",
          "We have explained what was asked in our answer. "
          "If anything is still unclear, this report can be reopened.")),
)
# fmt: on


def load() -> int:
    """Lay down what is missing; the number of new rows."""
    known = set(CannedAnswer.objects.exclude(seed="").values_list("seed", flat=True))
    rows = [
        CannedAnswer(title=title, body=body, language=language, purpose=text.purpose, state=text.state,
                     order=number * 10, seed=f"{text.key}.{language}")
        for number, text in enumerate(TEXTS, start=1)
        for language, (title, body) in (("id", text.id), ("en", text.en))
        if f"{text.key}.{language}" not in known
    ]  # fmt: skip
    now = clock.now()
    made = CannedAnswer.objects.bulk_create(rows)
    CannedAnswerVersion.objects.bulk_create(
        CannedAnswerVersion(answer=one, number=1, title=one.title, body=one.body, at=now) for one in made
    )
    return len(made)
