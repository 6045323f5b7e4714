"""GeoReport v2, the calls that read: field by field as https://wiki.open311.org/GeoReport_v2 names them."""

import datetime as dt
import json
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client
from django.utils.dateparse import parse_datetime

from pendopo.domains.reports.models import Category, Report, Status
from pendopo.domains.reports.testing import a_report, prepare

REQUEST_FIELDS = [
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
    "address", "address_id", "zipcode", "lat", "long", "media_url",
]  # fmt: skip
SERVICE_FIELDS = ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"]
ATTRIBUTE_FIELDS = [
    "variable", "code", "datatype", "required", "datatype_description", "order", "description", "values",
]  # fmt: skip
V2 = "/open311/v2"
PLACE = (-7.5601, 110.8301)


def ask(address: str, *, code: int = 200, **given: str) -> Any:
    response = Client().get(f"{V2}/{address}", given)
    assert response.status_code == code, response.content[:300]
    assert response["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(response.content)


def ask_xml(address: str, *, code: int = 200, **given: str) -> Any:
    response = Client().get(f"{V2}/{address}", given)
    assert response.status_code == code, response.content[:300]
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert response.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    return ElementTree.fromstring(response.content)


def tags(element: Any) -> list[str]:
    return [child.tag for child in element]


@pytest.fixture
def report(government: Any, now: dt.datetime) -> Report:
    return a_report(
        status=Status.IN_PROGRESS,
        office=government.works,
        address="Jalan Melati No. 7, depan masjid",
        now=now,
    )


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> dt.datetime:
    monkeypatch.setattr("pendopo.kernel.clock.now", lambda: now + dt.timedelta(hours=1))
    return now


def test_the_service_list_has_the_fields_of_the_specification_in_both_formats(government: Any) -> None:
    prepare()
    services = ask("services.json")
    assert [list(service) for service in services] == [SERVICE_FIELDS] * Category.objects.count()
    assert {service["type"] for service in services} == {"realtime"}
    assert all(service["metadata"] is True for service in services)
    root = ask_xml("services.xml")
    assert root.tag == "services"
    assert {child.tag for child in root} == {"service"}
    assert tags(root[0]) == SERVICE_FIELDS
    assert root[0].find("metadata").text == "true"
    assert root[0].find("service_code").text == services[0]["service_code"]


def test_a_category_that_is_no_longer_offered_is_no_service_any_more(government: Any) -> None:
    prepare()
    Category.objects.filter(pk="lampu-jalan").update(active=False)
    assert "lampu-jalan" not in [service["service_code"] for service in ask("services.json")]
    assert ask("services/lampu-jalan.json", code=404)[0]["code"] == 404
    assert ask("requests.json", service_code="lampu-jalan") == []


def test_a_service_definition_lists_its_questions(government: Any) -> None:
    prepare()
    found = ask("services/lampu-jalan.json")
    assert list(found) == ["service_code", "attributes"]
    assert [list(attribute) for attribute in found["attributes"]] == [ATTRIBUTE_FIELDS] * 2
    identity = found["attributes"][0]
    assert identity["datatype"] == "singlevaluelist"
    assert [list(value) for value in identity["values"]] == [["key", "name"]] * 3
    root = ask_xml("services/lampu-jalan.xml")
    assert root.tag == "service_definition"
    assert tags(root) == ["service_code", "attributes"]
    assert tags(root.find("attributes")) == ["attribute", "attribute"]
    assert tags(root.find("attributes")[0]) == ATTRIBUTE_FIELDS
    assert tags(root.find("attributes")[0].find("values")) == ["value"] * 3
    assert tags(root.find("attributes")[0].find("values")[0]) == ["key", "name"]


def test_a_request_has_every_field_and_no_house_number(report: Report, still: dt.datetime) -> None:
    (found,) = ask("requests.json")
    assert list(found) == REQUEST_FIELDS
    assert found["service_request_id"] == report.slug
    assert found["status"] == "open"
    assert found["service_code"] == "lampu-jalan"
    assert found["description"] == report.public_text
    assert found["agency_responsible"] == report.office.name
    assert found["address"].startswith("Jalan Melati, depan masjid, ")
    assert "7" not in found["address"]
    assert found["address_id"] == report.region_id
    assert parse_datetime(found["requested_datetime"]) == still
    assert found["requested_datetime"] == "2026-03-09T09:00:00+07:00"
    assert found["expected_datetime"] > found["requested_datetime"]
    assert (found["lat"], found["long"], found["zipcode"], found["media_url"]) == (None, None, None, None)
    root = ask_xml("requests.xml")
    assert (root.tag, tags(root), tags(root[0])) == ("service_requests", ["request"], REQUEST_FIELDS)
    assert root[0].find("service_request_id").text == report.slug
    assert root[0].find("zipcode").text is None


def test_one_request_is_a_list_of_one_with_the_same_fields(report: Report, still: dt.datetime) -> None:
    (found,) = ask(f"requests/{report.slug}.json")
    assert [found] == ask("requests.json")
    root = ask_xml(f"requests/{report.slug}.xml")
    assert (root.tag, tags(root), tags(root[0])) == ("service_requests", ["request"], REQUEST_FIELDS)


def test_a_closed_request_was_updated_when_it_was_closed(government: Any, still: dt.datetime) -> None:
    closed = a_report(status=Status.CLOSED_BY_CITIZEN, office=government.works, now=still)
    (found,) = ask("requests.json", status="closed")
    assert (found["status"], found["expected_datetime"]) == ("closed", None)
    assert parse_datetime(found["updated_datetime"]) == closed.closed_at
    assert ask("requests.json", status="open") == []
    assert len(ask("requests.json", status="open,closed")) == 1


def test_the_place_is_the_rounded_one_of_the_site(government: Any, still: dt.datetime) -> None:
    a_report(point=PLACE, now=still)
    (found,) = ask("requests.json")
    assert (found["lat"], found["long"]) != PLACE
    assert abs(found["lat"] - PLACE[0]) < 0.002
    assert abs(found["long"] - PLACE[1]) < 0.002


def test_filters_of_the_list_work_alone_and_together(government: Any, still: dt.datetime) -> None:
    lamp = a_report(now=still - dt.timedelta(days=10))
    road = a_report(category="jalan-rusak", now=still - dt.timedelta(days=5))
    old = a_report(category="sampah", now=still - dt.timedelta(days=120))

    def numbers(**given: str) -> list[str]:
        return [found["service_request_id"] for found in ask("requests.json", **given)]

    assert numbers() == [road.slug, lamp.slug]  # 90 days by default, newest first
    assert numbers(service_code="lampu-jalan") == [lamp.slug]
    assert numbers(service_code="lampu-jalan,jalan-rusak") == [road.slug, lamp.slug]
    assert numbers(service_request_id=f"{old.slug},{lamp.slug},tidakada00", status="closed") == [
        lamp.slug,
        old.slug,
    ]
    week_ago = (still - dt.timedelta(days=7)).isoformat()
    assert numbers(start_date=week_ago) == [road.slug]
    assert numbers(end_date=week_ago) == [lamp.slug]
    assert numbers(end_date=(still - dt.timedelta(days=100)).isoformat()) == [old.slug]
    # Only a start: 90 days from there.
    assert numbers(start_date=(still - dt.timedelta(days=130)).isoformat()) == [old.slug]


def test_a_plus_that_was_not_encoded_is_still_a_time_zone(report: Report, still: dt.datetime) -> None:
    response = Client().get(
        f"{V2}/requests.json?start_date=2026-03-09T08:00:00+07:00&end_date=2026-03-09T10:00:00Z"
    )
    assert len(json.loads(response.content)) == 1


@pytest.mark.parametrize(
    ("given", "code", "word"),
    [
        ({"start_date": "kemarin"}, 400, "start_date"),
        ({"start_date": "2026-03-09"}, 400, "start_date"),
        ({"start_date": "2026-03-09T00:00:00"}, 400, "start_date"),  # without a zone it is no instant
        ({"end_date": "2026-13-40T00:00:00Z"}, 400, "end_date"),
        ({"end_date": "0001-01-01T00:00:00Z"}, 400, "end_date"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, 400, "90"),
        ({"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, 400, "start_date"),
        ({"status": "pending"}, 400, "status"),
        ({"service_code": "tidak-ada"}, 404, "service_code"),
        ({"jurisdiction_id": "kota.lain.go.id"}, 404, "jurisdiction_id"),
        ({"service_request_id": ",".join(f"a{n}" for n in range(1001))}, 400, "1000"),
    ],
)
def test_a_wrong_question_is_refused_in_the_shape_of_the_specification(
    government: Any, given: dict[str, str], code: int, word: str
) -> None:
    prepare()
    (said,) = ask("requests.json", code=code, **given)
    assert list(said) == ["code", "description"]
    assert said["code"] == code
    assert word in said["description"]


@pytest.mark.parametrize(
    "address",
    ["services/tidak-ada", "requests/tidakada00", "tokens/bukan:token", "apa-saja", "requests/x/y/z"],
)
def test_what_does_not_exist_is_404_in_both_formats(government: Any, address: str) -> None:
    (said,) = ask(f"{address}.json", code=404)
    assert said["code"] == 404
    root = ask_xml(f"{address}.xml", code=404)
    assert (root.tag, tags(root), tags(root[0])) == ("errors", ["error"], ["code", "description"])
    assert root[0].find("code").text == "404"


def test_without_a_format_the_accept_header_decides_and_xml_is_the_last_resort(government: Any) -> None:
    prepare()
    assert Client().get(f"{V2}/services")["Content-Type"].startswith("text/xml")
    assert (
        Client()
        .get(f"{V2}/services", headers={"Accept": "application/json"})["Content-Type"]
        .startswith("application/json")
    )
    assert Client().get(f"{V2}/services.pdf").status_code == 404


def test_our_own_jurisdiction_is_accepted(report: Report, still: dt.datetime, settings: Any) -> None:
    settings.PUBLIC_URL = "https://lapor.kota.example"
    assert len(ask("requests.json", jurisdiction_id="lapor.kota.example")) == 1


def test_another_method_is_refused(government: Any) -> None:
    response = Client().delete(f"{V2}/requests.json")
    assert response.status_code == 405
    assert json.loads(response.content)[0]["code"] == 405


def test_discovery_names_the_endpoint_and_its_formats(settings: Any, government: Any) -> None:
    settings.PUBLIC_URL = "https://lapor.kota.example"
    found = json.loads(Client().get("/open311/discovery.json").content)
    assert list(found) == ["changeset", "contact", "key_service", "endpoints"]
    (endpoint,) = found["endpoints"]
    assert list(endpoint) == ["specification", "url", "changeset", "type", "formats"]
    assert endpoint["url"] == "https://lapor.kota.example/open311/v2"
    assert endpoint["formats"] == ["application/json", "text/xml"]
    root = ElementTree.fromstring(Client().get("/open311/discovery.xml").content)
    assert root.find("endpoints/endpoint/formats/format").text == "application/json"


@pytest.mark.parametrize("secret_or_hidden", ["secret", "hidden"])
def test_a_secret_or_hidden_report_does_not_exist_here(
    government: Any, still: dt.datetime, secret_or_hidden: str
) -> None:
    gone = a_report(now=still, **{secret_or_hidden: True})
    assert ask("requests.json") == []
    assert ask("requests.json", service_request_id=gone.slug) == []
    assert ask(f"requests/{gone.slug}.json", code=404)[0]["code"] == 404


def test_the_list_costs_the_same_queries_for_one_and_for_twenty(
    government: Any, still: dt.datetime, django_assert_num_queries: Any
) -> None:
    a_report(now=still)
    ask("requests.json")  # categories are remembered
    with django_assert_num_queries(3):  # the quota is one statement
        ask("requests.json")
    for _ in range(19):
        a_report(now=still)
    with django_assert_num_queries(3):  # the quota is one statement
        assert len(ask("requests.json")) == 20


@pytest.mark.parametrize("odd", ["\x00", "\u202e", "😀" * 300, "'\"<>&;--", "%00"])
def test_odd_bytes_are_an_answer_and_never_a_crash(government: Any, odd: str) -> None:
    prepare()
    for name in ("service_request_id", "service_code", "start_date", "status", "jurisdiction_id"):
        assert Client().get(f"{V2}/requests.json", {name: odd}).status_code in {200, 400, 404}
    assert Client().get(f"{V2}/requests/x{odd}.json").status_code in {400, 404}
    assert Client().get(f"{V2}/tokens/{odd}x.xml").status_code in {400, 404}
