"""`pendopo run` (`make run`): database, web and worker on one machine, for development and trying out."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import psycopg

from pendopo.config import embedded, env, prepared, processes
from pendopo.config.binaries import Unusable
from pendopo.config.progress import Progress, seconds

SIGN_IN = "/akun/login/"  # the runner loads no Django; a test compares it with the URL table
_RESTARTS, _RESTART_WINDOW = 3, 30.0


class Stop(Exception):
    """Somebody asked us to stop (Ctrl-C, kill, closed terminal)."""


@dataclass
class Child:
    """One process of ours, started again when it dies by itself."""

    name: str
    command: list[str]
    file: Path  # remembers number and birth, so that the next run can end what a kill -9 left behind
    process: "subprocess.Popen[bytes] | None" = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, *self.command],
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches only the runner, which stops the children in order
            preexec_fn=processes.bound_to(os.getpid()),
        )
        self.file.write_text(f"{self.process.pid} {processes.birth(self.process.pid)}")

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def stopped(self, seconds_left: float) -> None:
        if self.process:
            try:
                self.process.wait(max(seconds_left, 0.1))
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.file.unlink(missing_ok=True)

    def end_leftover(self) -> None:
        """End the process that a killed run left behind, if it still is that process."""
        try:
            number, born = self.file.read_text().split()
        except (OSError, ValueError):
            return
        processes.end(int(number), born)
        self.file.unlink(missing_ok=True)


@dataclass(frozen=True)
class Place:
    """Where this run listens and writes."""

    var: Path
    host: str
    port: int

    @property
    def url(self) -> str:
        host = "localhost" if self.host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else self.host  # noqa: S104
        return env.text("PUBLIC_URL") or f"http://{host}:{self.port}"


def main() -> int:
    started = time.monotonic()
    progress = Progress(lambda line: print(line, flush=True))
    if os.environ.get("MAKELEVEL"):
        processes.die_with_parent()  # a killed make must not leave us behind, holding the lock
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, _stop)
    try:
        place = Place(
            env.var_folder(), env.text("HOST") or "127.0.0.1", env.number("PORT", 8000, low=1, high=65535)
        )
        embedded.private_folder(place.var)
        with processes.locked(place.var / "run" / "runner.lock", wait=False) as lock:
            _run(place, progress, started, lock)
    except processes.Busy:
        number = (env.var_folder() / "run" / "runner.lock").read_text().strip()
        print(f"Pendopo sudah berjalan dari folder ini: {number}. Hentikan dulu dengan Ctrl-C di sana.")
        return 1
    except Unusable as problem:
        print(problem, file=sys.stderr)
        return 1
    except Stop:
        print("Pendopo berhenti.", flush=True)
    return 0


def _stop(_sign: int, _frame: FrameType | None) -> None:
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)  # a second Ctrl-C must not cut the clean stop short
    raise Stop


def _run(place: Place, progress: Progress, started: float, lock: object) -> None:
    run = place.var / "run"
    web = Child("web", ["-m", "pendopo.config.web"], run / "web.pid")
    worker = Child("pekerja", ["-m", "pendopo", "worker"], run / "worker.pid")
    for child in (web, worker):
        child.end_leftover()
    _refuse_taken_port(place)
    (run / "runner.lock").write_text(f"{place.url} (proses {os.getpid()})")
    os.environ.setdefault("PENDOPO_MODE", "demo")
    os.environ.update(HOST=place.host, PORT=str(place.port), PUBLIC_URL=place.url)
    with ExitStack() as stack:
        cluster = None
        if not env.text("DATABASE_URL"):
            progress.say("Menyalakan basis data")
            cluster = stack.enter_context(embedded.using(place.var, progress.say))
        _prepare(place, progress)
        with _running([web, worker], progress):
            _wait_until_answering(place, web)
            _announce(place, started)
            _watch([web, worker], progress, place, cluster)


def _refuse_taken_port(place: Place) -> None:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except PermissionError:
            raise Unusable(
                f"Porta {place.port} hanya untuk root. Pilih yang lain: PORT=8000 make run"
            ) from None
        except OSError as error:
            if error.errno == 98:  # EADDRINUSE
                raise Unusable(
                    f"Porta {place.port} sudah dipakai program lain. "
                    f"Pilih yang lain: PORT={place.port + 1} make run"
                ) from None
            raise Unusable(f"Tidak dapat mendengarkan di {place.host}: {error.strerror}.") from None


def _prepare(place: Place, progress: Progress) -> None:
    """Tables, static files and demo city, by a process of its own; nothing when all of it is done already."""
    demo = env.text("PENDOPO_MODE") == "demo"
    static = env.text("PENDOPO_MODE") != "test"
    try:
        if prepared.ready(place.var, prepared.database(), static=static, demo=demo):
            return
    except psycopg.OperationalError as error:
        raise Unusable(f"Basis data tidak menjawab: {str(error).splitlines()[0]}") from None
    progress.say("Memeriksa yang perlu disiapkan")
    wanted = ["-m", "pendopo", "prepare", *(["--demo"] if demo else [])]
    done = subprocess.Popen(  # noqa: S603
        [sys.executable, *wanted],
        start_new_session=True,
        preexec_fn=processes.bound_to(os.getpid()),
    )
    try:
        if done.wait():
            raise Unusable("Persiapan gagal; baca pesan di atas lalu jalankan lagi.")
    except Stop:
        done.terminate()
        done.wait()
        raise
    if demo:
        said = subprocess.run(
            [sys.executable, "-m", "pendopo", "demo", "--signins"],
            capture_output=True,
            text=True,
            check=False,
        )
        if said.returncode == 0:
            embedded.write_private(place.var / "run" / "signins.txt", said.stdout.strip())


@contextmanager
def _running(children: list[Child], progress: Progress) -> Iterator[None]:
    progress.say("Menyalakan web dan pekerja latar")
    try:
        for child in children:
            child.start()
        yield
    finally:
        print("\nMenghentikan web, pekerja latar, dan basis data …", flush=True)
        for child in children:
            child.ask_to_stop()
        deadline = time.monotonic() + 25
        for child in children:
            child.stopped(deadline - time.monotonic())


def _wait_until_answering(place: Place, web: Child) -> None:
    host = "127.0.0.1" if place.host in {"0.0.0.0", "::"} else place.host  # noqa: S104
    deadline = time.monotonic() + 60
    while True:
        assert web.process
        if web.process.poll() is not None:
            raise Unusable("Web tidak mau mulai; baca pesan di atas.")
        try:
            with socket.create_connection((host, place.port), timeout=1):
                break
        except OSError:
            if time.monotonic() > deadline:
                raise Unusable("Web tidak menjawab dalam satu menit; baca pesan di atas.") from None
            time.sleep(0.05)
    request = urllib.request.Request(f"http://{host}:{place.port}/", headers={"Host": "localhost"})
    try:
        urllib.request.urlopen(request, timeout=30).close()  # noqa: S310 - the first page loads the templates
    except urllib.error.HTTPError as error:
        error.close()
        if error.code >= 500:
            print(f"Halaman depan gagal ({error.code}); baca pesan di atas.", flush=True)
    except OSError as error:
        raise Unusable(f"Web tidak menjawab: {error}.") from None


def _announce(place: Place, started: float) -> None:
    print(f"\nPendopo siap dalam {seconds(started)}: {place.url}", flush=True)
    signins = place.var / "run" / "signins.txt"
    if env.text("PENDOPO_MODE") == "demo" and signins.exists():
        print(f"\nMasuk di {place.url}{SIGN_IN} sebagai:\n{signins.read_text()}", flush=True)
    print("\nHentikan dengan Ctrl-C.", flush=True)


def _watch(children: list[Child], progress: Progress, place: Place, cluster: embedded.Cluster | None) -> None:
    """Until somebody stops us: start again what dies, give up on what keeps dying."""
    while True:
        time.sleep(0.5)
        if cluster and not embedded.running(cluster):
            progress.say("Basis data berhenti sendiri; dinyalakan lagi")
            embedded.ensure(place.var, cluster, progress.say)
        for child in children:
            if child.process is None or child.process.poll() is None:
                continue
            now = time.monotonic()
            child.deaths = [moment for moment in child.deaths if now - moment < _RESTART_WINDOW] + [now]
            if len(child.deaths) > _RESTARTS:
                raise Unusable(f"Proses {child.name} terus berhenti; baca pesan di atas.")
            progress.say(f"Proses {child.name} berhenti sendiri; dinyalakan lagi")
            child.start()
