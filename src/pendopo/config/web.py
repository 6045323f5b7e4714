"""`pendopo web`: one or more web processes, the same for trying out and for real."""

import argparse
import sys
from contextlib import ExitStack

import uvicorn

from pendopo.config import embedded, env
from pendopo.config.binaries import Unusable


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pendopo web", description="Menjalankan proses web.")
    parser.add_argument("--host", default=env.text("HOST") or "127.0.0.1", help="alamat yang didengarkan")
    parser.add_argument("--port", type=int, default=env.number("PORT", 8000, low=1, high=65535))
    parser.add_argument(
        "--workers", type=int, default=env.number("WEB_WORKERS", 1, low=1, high=64), help="banyaknya proses"
    )
    return parser.parse_args(argv)


def main(argv: list[str]) -> None:
    given = arguments(argv)
    proxies = env.addresses("TRUSTED_PROXIES")
    with ExitStack() as stack:
        if not env.text("DATABASE_URL"):
            stack.enter_context(embedded.using(env.var_folder()))
        uvicorn.run(
            "pendopo.config.asgi:application",
            host=given.host,
            port=given.port,
            workers=given.workers,
            lifespan="off",
            ws="none",
            # Without a trusted proxy nobody may name another client address or claim https.
            proxy_headers=bool(proxies),
            forwarded_allow_ips=proxies,
            server_header=False,
            access_log=False,  # addresses of visitors are personal data; the proxy logs them by its own rules
            log_config=None,
            timeout_graceful_shutdown=5,  # open event streams would hold the stop up for ever
        )


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Unusable as problem:
        raise SystemExit(str(problem)) from None
