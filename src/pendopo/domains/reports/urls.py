"""Addresses of the reports room: for citizens in plain Indonesian, for staff under /meja/laporan/."""

from django.urls import include, path

from pendopo.domains.reports import staff_urls
from pendopo.domains.reports.open311 import urls as open311_urls
from pendopo.domains.reports.views import (
    alike,
    browse,
    figures,
    lookup,
    neighbours,
    opendata,
    own,
    phone,
    push,
    resolution,
    sending,
    task_link,
    verdicts,
    wizard,
)

app_name = "reports"
urlpatterns = [
    path("lapor/", wizard.new, name="new"),
    path("lapor/tempat/", wizard.place, name="place"),
    path("lapor/cerita/", wizard.story, name="story"),
    path("lapor/kontak/", wizard.contact, name="contact"),
    path("lapor/periksa/", sending.check, name="check"),
    path("lapor/luring/", phone.offline, name="offline"),
    path("lapor/antrean/", phone.receive, name="queue"),
    path("lapor/antrean/kunci/", phone.key, name="queue-key"),
    path("lapor/serupa/<slug:slug>/", alike.follow_instead, name="follow-instead"),
    path("lapor/terkirim/<str:code>/", sending.sent, name="sent"),
    path("lacak/", lookup.follow, name="follow"),
    path("lacak/buka/<str:token>/", lookup.open_link, name="open-link"),
    path("lacak/lupakan/", lookup.forget, name="forget"),
    path("lacak/<str:code>/", own.follow_own, name="follow-own"),
    path("lacak/<str:code>/jawab/", own.reply, name="reply"),
    path("lacak/<str:code>/selesai/", own.confirm, name="confirm"),
    path("lacak/<str:code>/nilai/", own.rate, name="rate"),
    path("lacak/<str:code>/buka-lagi/", own.reopen, name="reopen"),
    path("lacak/<str:code>/kabari/", push.subscribe, name="push"),
    path("lacak/<str:code>/kabari/berhenti/", push.unsubscribe, name="push-stop"),
    path("lacak/<str:code>/kata/", verdicts.reporter, name="reporter-verdict"),
    path("laporan/", browse.index, name="list"),
    path("laporan/data.csv", opendata.csv_file, name="data-csv"),
    path("laporan/data.geojson", opendata.geojson_file, name="data-geojson"),
    path("laporan/umpan.atom", opendata.feed, name="feed"),
    path("laporan/peta.json", browse.map_points, name="map"),
    path("laporan/ikuti/<str:token>/", neighbours.confirm_following, name="confirm-following"),
    path("laporan/berhenti/<str:token>/", neighbours.unfollow, name="unfollow"),
    path("laporan/<slug:slug>/", browse.detail, name="detail"),
    path("laporan/<slug:slug>/ikuti/", neighbours.follow_updates, name="follow-updates"),
    path("laporan/<slug:slug>/beres/", verdicts.neighbour, name="verdict"),
    path("tugas/<str:token>/", task_link.follow, name="task-link"),
    path("angka/beres/", resolution.public, name="resolution"),
    path("angka/beres/unduh.csv", resolution.table, name="resolution-csv"),
    path("angka/", figures.index, name="figures"),
    path("angka/unduh.csv", figures.table, name="figures-csv"),
    path("meja/laporan/", include(staff_urls)),
    path("open311/", include(open311_urls)),
]
