"""The report form and a report's page as a cheap phone on a bad line first opens them: bytes, largest contentful paint.

Chromium with 400 kbit/s, 2 s latency and a CPU slowed 6×. Without Playwright or Chromium it says so and measures
nothing.
"""

import json
import sys
from pathlib import Path
from typing import Any

from measure import Report, Server

try:
    from playwright.sync_api import Error, sync_playwright
except ImportError:  # the base installation has no browser
    sync_playwright = None
    Error = Exception

LCP = """() => new Promise(done => {
  let last = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) last = one.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
  setTimeout(() => done(last), 500);
})"""


def measured(port: int, address: str) -> dict[str, Any]:
    with sync_playwright() as tool:
        places = [path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()]
        browser = tool.chromium.launch(executable_path=places[0] if places else None, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        wire = page.context.new_cdp_session(page)
        sizes: list[float] = []
        wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
        wire.send("Network.enable")
        wire.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
        )
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 6})
        page.goto(f"http://localhost:{port}{address}", wait_until="networkidle", timeout=60_000)
        painted = page.evaluate(LCP)
        browser.close()
    return {"cold_bytes": int(sum(sizes)), "requests": len(sizes), "lcp_ms": round(painted)}


def main() -> None:
    result: dict[str, Any] = {"left_out": "Playwright atau Chromium tidak terpasang"}
    if sync_playwright is not None:
        try:
            with Server() as port:
                slug = Report.objects.public().order_by("-pk").values_list("slug", flat=True)[0]
                pages = {"report form": "/lapor/", "report page": f"/laporan/{slug}/"}
                result = {name: measured(port, address) for name, address in pages.items()}
        except Error as problem:
            result = {"left_out": str(problem).splitlines()[0]}
    Path(sys.argv[1]).write_text(json.dumps(result))


if __name__ == "__main__":
    main()
