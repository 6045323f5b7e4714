"""Addresses where citizens ask, follow, object."""

from django.urls import path

from pendopo.domains.information.views import asking, identity, lookup, objections, own, sending

urlpatterns = [
    path("ppid/minta/", asking.what, name="ask"),
    path("ppid/minta/cara/", asking.how, name="ask-how"),
    path("ppid/minta/pemohon/", asking.who, name="ask-who"),
    path("ppid/minta/periksa/", sending.check, name="ask-check"),
    path("ppid/minta/tersedia/", asking.available, name="available"),
    path("ppid/minta/ketemu/", asking.found, name="found"),
    path("ppid/minta/buang/", sending.throw_away, name="throw-away"),
    path("ppid/minta/terkirim/<str:code>/", sending.sent, name="sent"),
    path("ppid/lacak/", lookup.follow, name="follow"),
    path("ppid/lacak/buka/<str:token>/", lookup.open_link, name="open-link"),
    path("ppid/lacak/lupakan/", lookup.forget, name="forget"),
    path("ppid/permohonan/<str:code>/", own.page, name="own"),
    path("ppid/permohonan/<str:code>/lengkapi/", own.complete, name="complete"),
    path("ppid/permohonan/<str:code>/pesan/", own.write, name="write"),
    path("ppid/permohonan/<str:code>/cabut/", own.withdraw, name="withdraw"),
    path("ppid/permohonan/<str:code>/berkas/<int:number>/", own.answer_file, name="answer-file"),
    path("ppid/keberatan/berkala/<slug:slug>/", objections.file_on_item, name="object-item"),
    path("ppid/keberatan/surat/<str:code>/", objections.own, name="own-objection"),
    path("ppid/keberatan/surat/<str:code>/cabut/", objections.withdraw, name="withdraw-objection"),
    path("ppid/keberatan/surat/<str:code>/berkas.zip", objections.papers, name="objection-papers"),
    path("ppid/keberatan/<str:code>/", objections.file, name="object"),
    path("meja/ppid/identitas/<int:number>/", identity.proof, name="identity"),
    path("meja/ppid/identitas/<int:number>/putusan/", identity.verdict, name="identity-verdict"),
]
