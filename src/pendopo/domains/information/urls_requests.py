"""Addresses where citizens ask, follow, object."""

from django.urls import path

from pendopo.domains.information.views import lookup, objections, own

urlpatterns = [
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
]
