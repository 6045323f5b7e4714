import datetime as dt, time, io
from pathlib import Path
import pytest, pypdfium2
from pendopo.base.letters import testing, public
from pendopo.base.letters.models import Letterhead
from pendopo.base.letters.kinds import table
from pendopo.base.letters.papers import Signatory

@pytest.mark.django_db
def test_look(government, now, settings, tmp_path):
    settings.SEAL_P12 = tmp_path/"s"/"seal.p12"; settings.SEAL_PASSPHRASE=""
    settings.PUBLIC_URL="https://ppid.kotauji.example"
    if True:
        testing.a_seal(now=now)
        Letterhead.objects.create(office=government.intake, address="Jalan Merdeka Timur Nomor 5, Kota Uji 57111")
        t=time.time(); one=testing.a_letter(office=government.intake, now=now); print("first",time.time()-t)
        for i in range(3):
            t=time.time(); one=testing.a_letter(office=government.intake, now=now, once=f"k{i}"); print(time.time()-t)
        print(one.status, one.last_error, one.signed_how, one.signer_name)
        rows=[[str(i), "Nomor rekening penyedia barang dan jasa", "Pasal 17 huruf h", "Mengungkap rahasia pribadi seseorang"] for i in range(1,40)]
        ctx={**testing.NOTICE.samples,"keterangan":"Satu\nDua **bukan tebal** {{ settings }} {% load x %} <script>alert(1)</script>","tabel_penghitaman":table(["Halaman","Bagian","Dasar","Alasan"],rows)}
        sig=Signatory("Kepala Dinas Komunikasi dan Informatika\nselaku PPID Utama","Drs. Contoh Pejabat, M.Si.","19700101 199503 1 001")
        two=testing.a_letter(testing.NOTICE, office=government.intake, now=now, once="b", context=ctx, signatory=sig, copies="1. Sekretaris Daerah selaku Atasan PPID\n2. Arsip", enclosure="1 (satu) berkas")
        three=testing.a_letter(testing.NOTICE, office=government.intake, now=now, once="c", signatory=sig)
        for name,l in (("receipt",one),("notice",two),("short",three)):
            pdf=public.bytes_of(l); Path(f"/tmp/letters/{name}.pdf").write_bytes(pdf); print(name,len(pdf))
            d=pypdfium2.PdfDocument(pdf)
            for i,p in enumerate(d): p.render(scale=1.3).to_pil().save(f"/tmp/letters/{name}{i}.png")
