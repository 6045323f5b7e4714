"""What machines copy: DCAT-AP 3, CKAN's shapes, table and feed; nothing twice, nothing kept that was withdrawn."""

import csv
import datetime as dt
import io
import json
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from pendopo.domains.information.actions import keeping
from pendopo.domains.information.entries import Entry
from pendopo.domains.information.harvest import dcat, manners
from pendopo.domains.information.models import Category, Item, UpdateCycle
from pendopo.domains.information.testing_catalogue import an_item, keeper_of, ppid_utama
from pendopo.domains.information.tests.shelving import whole, with_file

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).with_name("shapes_dcat_ap.ttl")
STATUS = URIRef("http://www.w3.org/ns/adms#status")
ATOM = "{http://www.w3.org/2005/Atom}"
KINDS = ("jsonld", "ttl")


@pytest.fixture
def shelf(government: Any, still: dt.datetime) -> dict[str, Item]:
    made = {
        "budget": an_item(
            title='Anggaran "jalan" \\ 2026', summary="Baris satu\nbaris dua", topic="anggaran",
            category=Category.BERKALA, cycle=UpdateCycle.QUARTERLY, office=government.works, now=still,
        ),
        "paper": an_item(title="Arsip lama", topic="", office=government.intake, now=still),
        "exempt": an_item(title="Data pasien", category=Category.DIKECUALIKAN, office=government.works, now=still),
        "gone": an_item(title="Judul tertarik", office=government.works, now=still),
    }  # fmt: skip
    for key in ("budget", "exempt", "gone"):
        with_file(made[key], "Isi berkas zebra.", now=still)
    keeping.withdraw(item_id=made["gone"].pk, seen=None, reason="Ternyata ganda.", by=ppid_utama(), now=still)
    return made


def graph(path: str, kind: str = "ttl", **headers: str) -> Graph:
    response = Client().get(path, headers=headers)
    assert response.status_code == 200, path
    return parsed(response.content.decode(), kind)


def parsed(words: str, kind: str) -> Graph:
    """Both writings as plain graphs."""
    if kind == "ttl":
        return Graph().parse(data=words, format="turtle")
    with warnings.catch_warnings():  # rdflib's own reader of JSON-LD uses what rdflib calls old
        warnings.simplefilter("ignore", DeprecationWarning)
        return Graph().parse(data=words, format="json-ld")


def ckan(action: str, status: int = 200, **asked: Any) -> Any:
    response = Client().get(f"/ppid/api/3/action/{action}", asked)
    assert response.status_code == status
    told = json.loads(response.content)
    assert set(told) == {"help", "success", "result" if status == 200 else "error"}
    assert told["success"] is (status == 200)
    return told["result" if status == 200 else "error"]


def test_the_catalogue_fits_the_shapes_of_dcat_ap_in_both_writings(shelf: dict[str, Item]) -> None:
    turtle, linked = graph("/ppid/dcat/katalog.ttl"), graph("/ppid/dcat/katalog.jsonld", "jsonld")
    for one in (turtle, linked):
        fits, _report, words = validate(one, shacl_graph=Graph().parse(SHAPES), inference="none")
        assert fits, words
    page = URIRef("http://www.w3.org/ns/hydra/core#PartialCollectionView")
    for one in (turtle, linked):  # a page knows its own address, and no two are the same
        for subject in list(one.subjects(RDF.type, page)):
            one.remove((subject, None, None))
            one.remove((None, None, subject))
    assert isomorphic(turtle, linked)
    datasets = set(turtle.subjects(RDF.type, DCAT.Dataset))
    iris = {key: URIRef(f"http://localhost:8000/ppid/informasi/{item.slug}/") for key, item in shelf.items()}
    assert datasets == {iris["budget"], iris["paper"], iris["exempt"]}
    assert turtle.value(iris["budget"], DCTERMS.title).language == "id"  # type: ignore[union-attr]
    assert str(turtle.value(iris["budget"], DCTERMS.title)) == shelf["budget"].title
    assert str(turtle.value(iris["budget"], DCTERMS.accrualPeriodicity)).endswith("/QUARTERLY")
    assert str(turtle.value(iris["exempt"], DCTERMS.accessRights)).endswith("/NON_PUBLIC")
    assert turtle.value(iris["exempt"], DCAT.distribution) is None
    records = {turtle.value(record, FOAF.primaryTopic): str(turtle.value(record, STATUS))
               for record in turtle.subjects(RDF.type, DCAT.CatalogRecord)}  # fmt: skip
    assert records[iris["gone"]].endswith("/deleted") and records[iris["budget"]].endswith("/updated")
    assert "Judul tertarik" not in turtle.serialize()


def test_one_entry_has_a_graph_of_its_own(shelf: dict[str, Item]) -> None:
    for kind in KINDS:
        one = graph(f"/ppid/informasi/{shelf['budget'].slug}.{kind}", kind)
        assert len(set(one.subjects(RDF.type, DCAT.Dataset))) == 1
        gone = Client().get(f"/ppid/informasi/{shelf['gone'].slug}.{kind}")
        assert (
            gone.status_code == 410
            and b"changetype/deleted" in gone.content
            and b"tertarik" not in gone.content
        )
        assert Client().get(f"/ppid/informasi/tidak.{kind}").status_code == 404


def test_the_door_gives_each_program_what_it_prefers(government: Any) -> None:
    for accept, leads in (
        ("text/turtle", "/ppid/dcat/katalog.ttl"), ("application/ld+json", "/ppid/dcat/katalog.jsonld"),
        ("text/turtle;q=0.5, application/ld+json", "/ppid/dcat/katalog.jsonld"), ("*/*", "/ppid/dcat/katalog.jsonld"),
        ("text/html,application/xhtml+xml", "/ppid/"), ("image/png", "/ppid/dcat/katalog.jsonld"),
    ):  # fmt: skip
        answer = Client().get("/ppid/dcat/", headers={"accept": accept})
        assert (answer.status_code, answer["Location"]) == (303, leads), accept
        assert "Accept" in answer["Vary"]


def test_who_has_it_already_gets_one_line_until_something_really_changes(
    shelf: dict[str, Item], still: dt.datetime
) -> None:
    for path in ("/ppid/dcat/katalog.ttl", f"/ppid/api/3/action/package_show?id={shelf['budget'].slug}",
                 "/ppid/informasi/umpan.atom"):  # fmt: skip
        first = Client().get(path)
        assert first["Access-Control-Allow-Origin"] == "*"
        again = Client().get(path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"
        zipped = Client().get(path, headers={"accept-encoding": "gzip"})
        if len(first.content) > 200:
            assert zipped["Content-Encoding"] == "gzip"
            assert Client().get(path, headers={"if-none-match": zipped["ETag"]}).status_code == 304
    before = Client().get("/ppid/dcat/katalog.ttl")
    item, later = shelf["budget"], still + dt.timedelta(hours=1)
    keeping.edit(item_id=item.pk, seen=None, entry=Entry.of(item), by=ppid_utama(), now=later)
    assert Client().get("/ppid/dcat/katalog.ttl")["ETag"] == before["ETag"]
    keeping.edit(item_id=item.pk, seen=None, entry=replace(Entry.of(item), holder="Bendahara", summary="Baru"),
                 by=keeper_of(item.office), now=later)  # fmt: skip
    assert Client().get("/ppid/dcat/katalog.ttl")["ETag"] != before["ETag"]
    asked = Client().options("/ppid/dcat/katalog.ttl", headers={"origin": "https://contoh.example"})
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")


def harvest(known: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """A small harvester: walks the pages, keys by dct:identifier, drops what a record calls deleted."""
    copied, seen = dict(known), []
    path: str | None = "/ppid/dcat/katalog.ttl"
    while path:
        page = graph(path)
        for dataset in page.subjects(RDF.type, DCAT.Dataset):
            identifier = str(page.value(dataset, DCTERMS.identifier))
            seen.append(identifier)
            copied[identifier] = str(page.value(dataset, DCTERMS.modified))
        for record in page.subjects(STATUS, URIRef("http://purl.org/adms/changetype/deleted")):
            copied.pop(str(page.value(record, FOAF.primaryTopic)), None)
        onward = next(page.objects(None, URIRef("http://www.w3.org/ns/hydra/core#next")), None)
        path = str(onward).removeprefix("http://localhost:8000") if onward else None
    return copied, seen


def test_twelve_harvests_with_edits_and_withdrawals_copy_nothing_twice(
    government: Any, still: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dcat, "PAGE", 3)
    monkeypatch.setattr(manners, "PER_MINUTE", 10**6)
    items = [an_item(title=f"Dokumen {number}", office=government.works, now=still) for number in range(4)]
    copied: dict[str, str] = {}
    utama, open_items = ppid_utama(), list(items)
    for month in range(12):
        now = still + dt.timedelta(days=30 * month)
        changed = open_items[month % len(open_items)]
        changed = keeping.edit(
            item_id=changed.pk,
            seen=None,
            entry=replace(Entry.of(changed), summary=f"Isi bulan {month}"),
            by=utama,
            now=now,
        )
        if month % 4 == 1:
            gone = open_items.pop(0)
            keeping.withdraw(item_id=gone.pk, seen=None, reason="Ternyata ganda.", by=utama, now=now)
        if month % 3 == 0:
            open_items.append(an_item(title=f"Baru {month}", office=government.works, now=now))
        before = copied
        copied, seen = harvest(copied)
        assert len(seen) == len(set(seen)) == len(open_items)
        assert set(copied) == {f"http://localhost:8000/ppid/informasi/{item.slug}/" for item in open_items}
        moved = {iri for iri in copied if iri in before and before[iri] != copied[iri]}
        assert len(moved) <= 1, "only what was edited has a new dct:modified"


def test_ckan_programs_find_what_they_expect(shelf: dict[str, Item]) -> None:
    names = ckan("package_list")
    assert sorted(names) == sorted(shelf[key].slug for key in ("budget", "paper", "exempt"))
    assert ckan("package_list", limit=1, offset=1) == names[1:2]
    package = ckan("package_show", id=shelf["budget"].slug)
    assert (package["state"], package["num_resources"], package["license_id"]) == ("active", 1, "CC-BY-4.0")
    resource = package["resources"][0]
    file = whole(Client().get(resource["url"].removeprefix("http://localhost:8000")))
    assert resource["size"] == len(file) and resource["format"] == "CSV"
    assert ckan("package_show", id=shelf["exempt"].slug)["resources"] == []
    gone = ckan("package_show", id=shelf["gone"].slug)
    assert gone["state"] == "deleted" and "title" not in gone
    found = ckan("package_search", q="jalan")
    assert found["count"] == 1 and found["results"][0]["name"] == shelf["budget"].slug
    everything = ckan("package_search", q="*:*", rows=2, start=1)
    assert everything["count"] == 3 and len(everything["results"]) == 2
    assert ckan("organization_list") == ["diskominfo", "dpu"]
    assert ckan("organization_list", all_fields="true")[1]["package_count"] == 2
    assert ckan("status_show")["site_title"] == "Kota Uji" and ckan("site_read") is True
    assert "withdrawn" in ckan("help_show", name="package_show")
    assert ckan("package_show", 404, id="tidak-ada") == {"message": "Not found", "__type": "Not Found Error"}
    assert ckan("package_show", 409)["__type"] == "Validation Error"
    assert ckan("package_list", 409, limit="banyak")["__type"] == "Validation Error"
    assert ckan("package_delete", 404)["__type"] == "Not Found Error"
    assert Client().post("/ppid/api/3/action/package_list").status_code == 405


def test_ckan_programs_narrow_what_they_copy(shelf: dict[str, Item], still: dt.datetime) -> None:
    Item.objects.filter(pk=shelf["paper"].pk).update(modified_at=still - dt.timedelta(days=30))
    since = f"{still - dt.timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    for fq, keys in (
        ("organization:dpu", {"budget", "exempt"}),
        ("owner_org:diskominfo", {"paper"}),
        ("-organization:dpu", {"paper"}),
        ("organization:tidak-ada", set()),
        ("organization:dpu OR organization:diskominfo", {"budget", "exempt", "paper"}),
        ("+organization:(dpu OR diskominfo) +tags:anggaran", {"budget", "exempt"}),
        ("tags:anggaran AND organization:diskominfo", set()),
        ("res_format:csv NOT organization:diskominfo", {"budget"}),
        ('type:dataset tags:"anggaran" license_id:CC-BY-4.0', {"budget", "exempt"}),
        ("groups:kesehatan", set()),
        ("-groups:kesehatan state:active", {"budget", "exempt", "paper"}),
        (f"metadata_modified:[{since} TO *]", {"budget", "exempt"}),
        ("metadata_modified:[* TO 2026-03-01]", {"paper"}),
        (f"name:{shelf['paper'].slug}", {"paper"}),
        (" *:* ", {"budget", "exempt", "paper"}),
    ):
        found = ckan("package_search", fq=fq)
        assert {one["name"] for one in found["results"]} == {shelf[key].slug for key in keys}, fq
        assert found["count"] == len(keys), fq
    assert ckan("package_search", q="jal\x00an", fq="organization:\x00dpu")["count"] == 1
    assert ckan("package_search", q="jalan", fq="organization:diskominfo")["count"] == 0
    for fq in ("kantor:dpu", "organization:dpu private:false"):
        assert ckan("package_search", 409, fq=fq)["__type"] == "Search Error"
    for fq in (
        "dpu", "organization:", "organization:dpu OR tags:anggaran", "tags:ang*", "organization:[a TO b]", "tags:(a b)",
        "metadata_modified:[kemarin TO *]", "metadata_modified:[2026-02-31 TO *]", "metadata_modified:2026",
        "(organization:dpu)", "organization:dpu AND", 'tags:"a', "tags:a " * 61,
    ):  # fmt: skip
        assert ckan("package_search", 400, fq=fq)["__type"] == "Search Query Error", fq


def test_the_table_and_the_feed_take_the_filters_of_the_list(shelf: dict[str, Item]) -> None:
    body = Client().get("/ppid/informasi/data.csv", {"kantor": "dpu"}).getvalue().decode()
    lines = list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"))))
    assert {line["judul"] for line in lines} == {shelf["budget"].title, shelf["exempt"].title}
    by_title = {line["judul"]: line for line in lines}
    assert (
        by_title[shelf["budget"].title]["format"] == "CSV" and by_title[shelf["exempt"].title]["sha256"] == ""
    )
    found = Client().get("/ppid/informasi/data.csv", {"q": "zebra"}).getvalue().decode()
    assert shelf["budget"].slug in found and shelf["exempt"].slug not in found
    feed = ElementTree.fromstring(Client().get("/ppid/informasi/umpan.atom").content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")].count(
        shelf["budget"].title
    ) == 1
    assert len(feed.findall(f"{ATOM}entry")) == 3
    for path in ("data.csv", "umpan.atom"):
        assert Client().get(f"/ppid/informasi/{path}", {"kategori": "X"}).status_code == 422


def test_who_asks_too_often_is_told_when_to_come_again(
    shelf: dict[str, Item], monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    monkeypatch.setattr(manners, "PER_MINUTE", 6)
    assert Client().get("/ppid/dcat/katalog.ttl").status_code == 200
    stopped = Client().get("/ppid/dcat/katalog.ttl")
    assert stopped.status_code == 429 and int(stopped["Retry-After"]) > 0
    monkeypatch.setattr(manners, "PER_MINUTE", 10**6)
    for path, most in (
        ("/ppid/dcat/katalog.ttl", 7),
        (f"/ppid/api/3/action/package_show?id={shelf['budget'].slug}", 4),
        ("/ppid/informasi/data.csv", 6),
    ):
        with django_assert_max_num_queries(most):
            response = Client().get(path)
            assert b"".join(response) if response.streaming else response.content
