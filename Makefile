# Pendopo. `make run` mencoba semuanya di satu mesin; `make test` memeriksa semuanya. Lihat README.md.
.PHONY: run test lint fix types install room docs bench lock help

PYTHON := .venv/bin/python

help:
	@echo "make run            nyalakan Pendopo di mesin ini (PORT=8001 make run memilih porta)"
	@echo "make test           semua pemeriksaan: gaya, tipe, batas lantai, migrasi, uji, perjalanan peramban"
	@echo "make test only=...  hanya uji di berkas atau folder itu"
	@echo "make lint | fix     periksa gaya | rapikan"
	@echo "make room name=x    kerangka ruang baru"
	@echo "make bench          ukur halaman yang sibuk (REPORTS=…, BENCH='--only information'; hasil: build/bench.json)"
	@echo "make docs           tulis ulang bagian dokumentasi yang dibaca dari kode"
	@echo "make install        siapkan .venv saja (untuk pemakaian sungguhan)"
	@echo "make lock           kunci ulang versi paket"

run:
	@sh scripts/bootstrap base
	@exec $(PYTHON) -m pendopo run

test:
	@sh scripts/bootstrap dev
	@exec $(PYTHON) scripts/check.py all $(only)

lint types:
	@sh scripts/bootstrap dev
	@exec $(PYTHON) scripts/check.py $@

fix:
	@sh scripts/bootstrap dev
	@exec $(PYTHON) scripts/check.py fix

install:
	@sh scripts/bootstrap base

room:
	@sh scripts/bootstrap dev
	@exec $(PYTHON) -m pendopo room "$(name)"

docs:
	@sh scripts/bootstrap dev
	@exec $(PYTHON) -m pendopo docs

bench:
	@sh scripts/bootstrap dev
	@PYTHONPATH=src exec $(PYTHON) bench/run.py $(if $(REPORTS),--reports $(REPORTS)) $(BENCH)

lock:
	@sh scripts/bootstrap dev
	@sh scripts/lock
