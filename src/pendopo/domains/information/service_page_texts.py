"""The words of charter and standard that every installation begins with, in plain Indonesian and English.

They hold what PERKI 1/2021 Pasal 47 asks of a standard: legal basis, procedure, time, cost, guarantee, evaluation.
"""

CHARTER = """\
Kami, petugas layanan informasi publik {{ pemerintah }}, berjanji:

1. Melayani setiap orang dengan ramah, tanpa membeda-bedakan.
2. Menjawab permohonan informasi secara tertulis paling lama {{ batas_jawaban }}. Bila perlu waktu lebih, kami menambah paling lama {{ batas_perpanjangan }}, satu kali saja, dan memberi tahu alasannya.
3. Tidak memungut biaya untuk meminta informasi. Bila ada biaya menyalin atau mengirim, kami memberi tahu sebelumnya.
4. Menutup informasi hanya bila undang-undang memintanya, sesudah uji konsekuensi, dan selalu memberi tahu pasalnya.
5. Membantu penyandang disabilitas: membacakan, menuliskan, memberi cetakan huruf besar, atau cara lain yang diperlukan.
6. Menjaga data diri pemohon dan tidak menampilkannya kepada umum.

## Bila janji ini tidak kami tepati

Ajukan keberatan kepada Atasan PPID dalam {{ batas_keberatan }}. Keberatan ditanggapi paling lama {{ batas_tanggapan }}. Bila masih tidak puas, Anda dapat membawanya ke Komisi Informasi dalam {{ batas_sengketa }}.

Hubungi kami: telepon {{ telepon }}, surel {{ surel }}.
"""
CHARTER_EN = """\
We, the public information officers of {{ pemerintah }}, promise:

1. To serve everybody kindly and without distinction.
2. To answer a request for information in writing within {{ batas_jawaban }}. If we need longer, we add at most {{ batas_perpanjangan }}, once only, and say why.
3. To charge nothing for asking. If copying or sending costs something, we say so beforehand.
4. To withhold information only where the law demands it, after a consequence test, and always to name the article.
5. To assist people with disabilities: by reading aloud, writing down, printing in large letters, or in another way they need.
6. To protect the personal data of those who ask and never to show it to the public.

## If we do not keep this promise

Object to the superior of PPID within {{ batas_keberatan }}. You will have an answer within {{ batas_tanggapan }}. If you are still not satisfied, you may go to the Information Commission within {{ batas_sengketa }}.

Contact us: telephone {{ telepon }}, e-mail {{ surel }}.
"""
STANDARD = """\
Halaman ini menjelaskan cara meminta informasi kepada {{ pemerintah }} melalui PPID Utama di {{ kantor }}.

## Dasar hukum

- Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik
- Peraturan Pemerintah Nomor 61 Tahun 2010
- Peraturan Komisi Informasi Nomor 1 Tahun 2021 tentang Standar Layanan Informasi Publik

## Siapa yang dapat meminta

Warga negara Indonesia, badan hukum Indonesia, dan kelompok orang melalui kuasanya. Siapkan KTP; untuk badan hukum, akta dan nomor pengesahannya; untuk kuasa, surat kuasa dan KTP pemberi kuasa.

## Caranya

1. Cari dulu di daftar informasi publik. Yang sudah ada dapat langsung diunduh.
2. Bila tidak ada, isi formulir permohonan di situs ini, datang ke meja layanan, kirim surat atau surel, atau telepon. Petugas menuliskan permohonan lisan.
3. Anda mendapat nomor pendaftaran dan tanda bukti.
4. Kami mencari informasinya dan memberi jawaban tertulis.
5. Bila dikabulkan, informasi diserahkan dengan cara yang Anda pilih.

## Waktu

Hari kerja tidak menghitung Sabtu, Minggu, dan hari libur.

{{ tabel_batas }}

## Biaya

Meminta informasi tidak dipungut biaya. Biaya menyalin dan mengirim, bila ada, sesuai harga sebenarnya dan diberitahukan sebelum dibayar.

## Jaminan

Setiap permohonan mendapat nomor dan batas waktu yang dapat dilihat pemohon. Jawaban disertai alasan dan pasalnya. Data diri pemohon hanya dibuka petugas yang memerlukannya, dan setiap kali dibuka tercatat.

## Bila tidak puas

Ajukan keberatan kepada Atasan PPID dalam {{ batas_keberatan }} sejak alasan keberatan ditemukan. Sesudah itu, sengketa dapat diajukan ke Komisi Informasi dalam {{ batas_sengketa }}.

## Evaluasi

Kami mengukur waktu menjawab, putusan, dan keberatan, dan mengumumkan angkanya. Setiap tahun kami menerbitkan laporan layanan informasi.
"""
STANDARD_EN = """\
This page explains how to ask {{ pemerintah }} for information through the main PPID at {{ kantor }}.

## Legal basis

- Law 14 of 2008 on the openness of public information
- Government Regulation 61 of 2010
- Information Commission Regulation 1 of 2021 on the standard of public information services

## Who may ask

Indonesian citizens, Indonesian legal entities, and groups of people through a proxy. Bring an identity card; for a legal entity its deed and registration number; for a proxy the power of attorney and the givers' identity cards.

## How

1. Search the list of public information first. What is there can be downloaded at once.
2. If it is not there, fill in the form on this site, come to the counter, send a letter or e-mail, or telephone. An officer writes down what is said.
3. You get a registration number and a receipt.
4. We look for the information and answer in writing.
5. If it is granted, the information is handed over in the way you chose.

## Time

Working days do not count Saturdays, Sundays and public holidays.

{{ tabel_batas }}

## Cost

Asking costs nothing. Copying and sending, if any, cost their real price, told before it is paid.

## Guarantee

Every request has a number and a limit that the person who asked can see. An answer names its reasons and articles. Personal data is opened only by officers who need it, and every look is recorded.

## If you are not satisfied

Object to the superior of PPID within {{ batas_keberatan }} from finding the ground. After that a dispute can be brought to the Information Commission within {{ batas_sengketa }}.

## Evaluation

We measure the time taken, decisions and objections, and publish the numbers. Every year we publish a report.
"""
TEXTS = {
    "CHARTER": (
        "Maklumat pelayanan informasi publik",
        CHARTER,
        "Public information service charter",
        CHARTER_EN,
    ),
    "STANDARD": (
        "Standar layanan informasi publik",
        STANDARD,
        "Public information service standard",
        STANDARD_EN,
    ),
}
