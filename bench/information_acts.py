"""What the room `information` does rather than shows: a request until its sealed receipt is downloaded, a new holiday
over all open requests, a whole harvest by machines.
"""

import http.client
import json
import os
import random
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import load
from django.db.models import Min
from django.test import Client
from django.utils.crypto import get_random_string

from pendopo.base.calendar import actions as calendar
from pendopo.base.calendar.models import Holiday, HolidayKind
from pendopo.base.cases import sweep
from pendopo.base.cases.models import Unit
from pendopo.base.organizations.models import Membership, Role
from pendopo.domains.information import asking
from pendopo.domains.information.models import Item, RequestClock
from pendopo.domains.information.tests.asking import fill
from pendopo.kernel import clock

DICE = random.Random(20260309)  # noqa: S311 - the same order every time
LINK = re.compile(rb'href="([^"]*/berkas/[^"]*|[^"]*\.pdf[^"]*)"')
HARVEST = 10_000  # entries
NEW_HOLIDAY = "Hari libur baru"
_NEXT = re.compile(r'<([^>]*)>; rel="next"')


class Browser:
    """One visitor with cookies, each request over a connection of its own."""

    def __init__(self, port: int, source: str, cookies: dict[str, str]) -> None:
        self.port, self.source, self.cookies = port, source, cookies

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, bytes]:
        """(status, address of a redirect, body)."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(self.source, 0))
        host = f"localhost:{self.port}"
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Host": host, "Origin": f"http://{host}", "Cookie": cookies}
        if form is None:
            wire.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            wire.request("POST", path, urlencode(form), headers)
        answer = wire.getresponse()
        body = answer.read()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _sign, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        wire.close()
        return answer.status, answer.headers.get("Location", ""), body


def ready_to_send(port: int, many: int) -> list[Browser]:
    """Visitors in as many networks who stand before the last step, with a sealed identity card."""
    found = []
    for number in range(many):
        source = f"127.{2 + number // 200}.{number % 200 + 1}.9"
        client = fill(Client(REMOTE_ADDR=source, headers={"host": "localhost"}))
        cookies = {asking.COOKIE: client.cookies[asking.COOKIE].value, "csrftoken": get_random_string(32)}
        found.append(Browser(port, source, cookies))
    return found


def receipt(visitor: Browser) -> float:
    """Seconds from pressing "Kirim" until the last byte of the sealed receipt. Raises AssertionError."""
    begin = time.perf_counter()
    form = {"csrfmiddlewaretoken": visitor.cookies["csrftoken"]}
    status, place, _body = visitor.ask("/ppid/minta/periksa/", form)
    assert status == 302 and "/terkirim/" in place, (status, place)
    while not (found := LINK.search(visitor.ask(place)[2])):
        assert time.perf_counter() - begin < 60, "no receipt"
        time.sleep(0.1)
    address = found.group(1).decode().replace("&amp;", "&")
    status, _place, paper = visitor.ask(address[address.index("/", 8) :] if "://" in address else address)
    assert status == 200 and paper.startswith(b"%PDF") and b"/ByteRange" in paper, (status, address)
    return time.perf_counter() - begin


def receipts(port: int, each: int = 40) -> dict[str, dict[str, Any]]:
    """Sending by one visitor at a time, and by four at once."""
    found: dict[str, dict[str, Any]] = {}
    warm = ready_to_send(port, 2 * each + 8)
    for visitor in warm[:8]:  # both processes load what prints and signs
        receipt(visitor)
    for name, hands, part in (
        ("submit → receipt", 1, warm[8 : 8 + each]), ("submit → receipt, 4 at once", 4, warm[8 + each :]),
    ):  # fmt: skip
        waiting, heard, lock = iter(part), load.Heard(), threading.Lock()

        def send(waiting: Iterator[Browser] = waiting, heard: load.Heard = heard, lock: Any = lock) -> None:
            while True:
                with lock:
                    visitor = next(waiting, None)
                if visitor is None:
                    return
                try:
                    took = receipt(visitor)
                    with lock:
                        heard.times.append(took * 1000)
                except (AssertionError, OSError) as problem:
                    heard.failures.append(str(problem))

        begin = time.perf_counter()
        threads = [threading.Thread(target=send) for _hand in range(hands)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        heard.seconds = time.perf_counter() - begin
        found[name] = heard.table()
    return found


def holiday() -> dict[str, Any]:
    """Seconds to measure every open request anew: after a decree that closes a working day, and after its end."""
    by = Membership.objects.filter(role=Role.ADMINISTRATOR).order_by("pk")[0].user
    running = RequestClock.objects.filter(stopped_at=None, paused=False, unit=Unit.WORKING_DAYS)
    day = running.aggregate(day=Min("due_on"))["day"]  # every limit ends then or later
    told = {"first_day": day.isoformat(), "last_day": day.isoformat(), "scope": ""}
    Holiday.objects.filter(date=day, name=NEW_HOLIDAY).delete()  # of a run that was cut off
    made = calendar.add_holiday(
        by=by, date=day, name=NEW_HOLIDAY, kind=HolidayKind.NATIONAL, decree="1/2026", reason="Keputusan baru.",
        now=clock.now(),
    )  # fmt: skip
    found: dict[str, Any] = {"open": running.count()}
    begin = time.perf_counter()
    found["moved"] = sweep.recompute(**told)
    found["seconds"] = round(time.perf_counter() - begin, 2)
    calendar.revoke_holiday(by=by, holiday=made.pk, reason="Keputusan dicabut.", now=clock.now())
    begin = time.perf_counter()
    found["moved back"] = sweep.recompute(**told)
    found["seconds back"] = round(time.perf_counter() - begin, 2)
    return found | {"load": os.getloadavg()[0]}


class Harvester:
    """A program that reads page after page. A new address for every 500 questions, so that no limit slows it."""

    def __init__(self, port: int) -> None:
        self.port, self.requests, self.bytes, self.begin = port, 0, 0, time.perf_counter()
        self.wire: http.client.HTTPConnection | None = None

    def get(self, path: str) -> tuple[http.client.HTTPMessage, bytes]:
        if self.requests % 500 == 0 or self.wire is None:
            source = (f"127.9.{self.requests // 500 % 250 + 1}.{DICE.randrange(1, 250)}", 0)
            self.wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120, source_address=source)
        self.wire.request("GET", path, headers={"Host": f"localhost:{self.port}"})
        answer = self.wire.getresponse()
        body = answer.read()
        assert answer.status == 200, (answer.status, path)
        self.requests += 1
        self.bytes += len(body)
        return answer.headers, body

    def told(self, got: list[str], wanted: list[str]) -> dict[str, Any]:
        return {
            "seconds": round(time.perf_counter() - self.begin, 1), "requests": self.requests,
            "megabytes": round(self.bytes / 1e6, 1), "entries": len(got), "twice": len(got) - len(set(got)),
            "missing": len(set(wanted) - set(got)), "unknown": len(set(got) - set(wanted)),
        }  # fmt: skip


def harvests(port: int) -> dict[str, dict[str, Any]]:
    """The first HARVEST entries in each way a machine can ask for them."""
    published = Item.objects.published()
    by_id = list(published.order_by("pk").values_list("slug", flat=True)[:HARVEST])
    by_name = list(published.order_by("slug").values_list("slug", flat=True)[:HARVEST])
    found = {
        "harvest DCAT JSON-LD": dcat(port, "jsonld", by_id),
        "harvest DCAT Turtle": dcat(port, "ttl", by_id),
        "harvest CKAN search": ckan_pages(port, by_id),
        "harvest CKAN show": ckan_each(port, by_name),
    }
    for name, row in found.items():
        print(f"  {name}: {row}", flush=True)
    return found


def dcat(port: int, kind: str, wanted: list[str]) -> dict[str, Any]:
    """Follow the links from page to page, as the standard says."""
    entry = re.compile(rb"/ppid/informasi/([0-9a-z]+)/")
    harvester, path, got = Harvester(port), f"/ppid/dcat/katalog.{kind}", []
    while path and len(got) < len(wanted):
        headers, body = harvester.get(path)
        got += [slug.decode() for slug in dict.fromkeys(entry.findall(body))]
        further = _NEXT.search(headers.get("Link", ""))
        path = further.group(1)[further.group(1).index("/", 8) :] if further else ""
    return harvester.told(got, wanted)


def ckan_pages(port: int, wanted: list[str]) -> dict[str, Any]:
    """`package_search` in pages of 1000."""
    harvester, got = Harvester(port), []
    while len(got) < len(wanted):
        _headers, body = harvester.get(f"/ppid/api/3/action/package_search?rows=1000&start={len(got)}")
        results = json.loads(body)["result"]["results"]
        got += [one["name"] for one in results]
        if not results:
            break
    return harvester.told(got, wanted)


def ckan_each(port: int, wanted: list[str]) -> dict[str, Any]:
    """`package_list`, then `package_show` for each name."""
    harvester = Harvester(port)
    names = json.loads(harvester.get(f"/ppid/api/3/action/package_list?limit={len(wanted)}")[1])["result"]
    got = []
    for name in names:
        _headers, body = harvester.get(f"/ppid/api/3/action/package_show?id={name}")
        got.append(json.loads(body)["result"]["name"])
    return harvester.told(got, wanted)


def peak_memory(pid: int) -> float:
    """The most memory that one of the web processes has held so far, in MB (Linux)."""
    most = 0.0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(place.read_text().rpartition(")")[2].split()[1])
            held = re.search(r"VmHWM:\s+(\d+) kB", place.with_name("status").read_text())
        except OSError:
            continue
        if parent == pid and held:
            most = max(most, int(held.group(1)) / 1024)
    return round(most, 1)
