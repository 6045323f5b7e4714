"""The embedded PostgreSQL: a small runner of our own over PostgreSQL's programs.

One cluster belongs to one `var` folder. It listens on a Unix socket only, asks for a password (never trust),
keeps fsync on, and runs as an ordinary user even for root. Whoever needs it enters `using`; the last to
leave stops it. After any crash the next `using` finds the orphan or starts the server again.
"""

import dataclasses
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pendopo.config import processes
from pendopo.config.binaries import (
    SHELTER,
    Owner,
    Unusable,
    as_owner,
    for_server,
    major,
    owner_for,
    reachable,
    reaches,
)

Say = Callable[[str], None]
ROLE = DATABASE = "pendopo"
_SOCKET_LIMIT = 107  # bytes of a Unix socket path on Linux
_LOG_LIMIT = 10 * 1024 * 1024
_RECOVERY_SECONDS = 600


def quiet(_sentence: str) -> None:
    """Says nothing."""


@dataclass(frozen=True)
class Cluster:
    """Where one embedded server lives and how to enter it; kept in `var/secrets/postgres.json` (0600)."""

    data: Path
    socket: Path
    password: str
    admin_password: str

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}:{self.password}@/{DATABASE}?host={quote(str(self.socket))}"


def described(var: Path) -> Cluster | None:
    """The cluster of this `var` folder if one was ever made."""
    try:
        kept = json.loads((var / "secrets" / "postgres.json").read_text())
        return Cluster(Path(kept["data"]), Path(kept["socket"]), kept["password"], kept["admin_password"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError):
        raise Unusable(
            f"Berkas {var / 'secrets' / 'postgres.json'} tidak terbaca. "
            "Jalankan sebagai pengguna yang membuatnya."
        ) from None


def database_url(var: Path) -> str:
    """The address for settings. Before the first start it names a folder that tells what is missing."""
    cluster = described(var)
    return cluster.url if cluster else f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(var))}/belum-dimulai"


def cluster_of(var: Path) -> Cluster:
    """The cluster of this `var` folder, chosen now if there is none. Settings can then name it; it need not run."""
    private_folder(var)
    with processes.locked(var / "run" / "postgres.lock"):
        return described(var) or _describe(var)


@contextmanager
def using(var: Path, say: Say = quiet, *, durable: bool = True) -> Iterator[Cluster]:
    """The running server of `var`, started when needed. `durable=False` is for throw-away test data only."""
    private_folder(var)
    users = (var / "run" / "postgres.users").open("a")
    with users:
        with processes.locked(var / "run" / "postgres.lock"):
            cluster = described(var) or _describe(var)
            fcntl.flock(users, fcntl.LOCK_SH)
            ensure(var, cluster, say, durable=durable)
        try:
            yield cluster
        finally:
            with processes.locked(var / "run" / "postgres.lock"):
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # somebody else still works with it
                else:
                    stop(cluster)


def private_folder(var: Path) -> None:
    """`var` and the folders in it that hold secrets or personal data, closed to other people."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        # The server's own user must pass through a root's `var`; it may not list it.
        var.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for name in ("secrets", "run", "log", "files", "mail"):
            (var / name).mkdir(exist_ok=True)
            (var / name).chmod(0o700)
    except PermissionError:
        raise Unusable(
            f"Folder {var} milik pengguna lain. Jalankan sebagai pengguna itu, atau pilih folder lain: "
            "PENDOPO_VAR=/folder/lain make run"
        ) from None


def ensure(var: Path, cluster: Cluster, say: Say, *, durable: bool = True) -> None:
    """Make sure the server answers: find it running, or start it."""
    owner = owner_for(cluster.data)
    if not (cluster.data / "PG_VERSION").exists():
        say("Membuat basis data baru")
        if cluster.data.parent != var:
            _open_shelter(cluster, say)
        _create(cluster, owner, durable=durable)
    elif owner is None and cluster.data.stat().st_uid != os.geteuid():
        raise Unusable(f"Folder {cluster.data} milik pengguna lain. Jalankan sebagai pengguna itu.")
    deadline = time.monotonic() + _RECOVERY_SECONDS
    while True:
        server = running(cluster)
        if server and _ready(cluster):
            return
        if server is None:
            _start(var, cluster, owner, say, durable=durable)
            return
        if time.monotonic() > deadline:
            raise Unusable(f"PostgreSQL tidak siap; lihat {var / 'log' / 'postgres.log'}.")
        time.sleep(0.1)


def running(cluster: Cluster) -> tuple[int, str] | None:
    """Process number and birth of this cluster's server, or None.

    A number left in postmaster.pid may meanwhile belong to anybody, so the process must also have our data
    folder as its working folder.
    """
    try:
        pid = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        if Path(f"/proc/{pid}/cwd").resolve(strict=True) != cluster.data.resolve():
            return None
    except (OSError, ValueError):
        return None
    born = processes.birth(pid)
    return (pid, born) if born else None


def _ready(cluster: Cluster) -> bool:
    try:
        lines = (cluster.data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    if len(lines) < 8 or lines[7].strip() != "ready":
        return False
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        return probe.connect_ex(str(cluster.socket / ".s.PGSQL.5432")) == 0


def stop(cluster: Cluster) -> None:
    """Fast stop: sessions are ended, everything committed is written out."""
    server = running(cluster)
    if not server:
        return
    # The last resort is a kill from which the next start recovers by its log; nothing committed is lost.
    for sign, seconds in ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
        if running(cluster) != server:
            return
        os.kill(server[0], sign)
        if processes.wait_gone(*server, seconds):
            return


def _describe(var: Path) -> Cluster:
    """Choose folders and passwords for a new cluster and remember them."""
    data = var / "postgres"
    owner = owner_for(None)
    if owner and not reaches(owner, var):
        place = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
        data = SHELTER / f"{place}-{secrets.token_hex(3)}" / "postgres"
    key = hashlib.sha256(os.fsencode(var) + secrets.token_bytes(16)).hexdigest()[:16]
    folder = Path("/tmp") / f"pendopo-{key}"  # noqa: S108 - unguessable, mode 0700 and checked before use
    cluster = Cluster(data, folder, secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    kept = {name: str(value) for name, value in dataclasses.asdict(cluster).items()}
    write_private(var / "secrets" / "postgres.json", json.dumps(kept, indent=1))
    return cluster


def write_private(path: Path, text: str) -> None:
    """Write a file that only this user reads, whole or not at all."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _open_shelter(cluster: Cluster, say: Say) -> None:
    """A place outside root's closed folder that the server's own user reaches."""
    home = cluster.data.parent
    home.mkdir(parents=True, exist_ok=True)
    for folder in (SHELTER, home):
        folder.chmod(0o755)
    say(f"Data disimpan di {cluster.data}, karena folder ini tertutup bagi pengguna basis data")
    for old in sorted(set(SHELTER.glob(f"{home.name.partition('-')[0]}-*/postgres")) - {cluster.data}):
        say(f"Data lama dari folder yang sama masih ada di {old}; hapus bila tidak perlu")


def _create(cluster: Cluster, owner: Owner | None, *, durable: bool) -> None:
    """initdb beside the final place, then one rename: an interrupted creation leaves no half cluster."""
    programs = reachable(for_server(), owner)
    fresh = cluster.data.with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if owner:
        os.chown(fresh, owner.uid, owner.gid)
    wanted = ["-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=reject", "--data-checksums"]
    if major(programs) >= 17:  # letters beyond ASCII change case the same way on every system
        wanted.append("--locale-provider=builtin")
    if not durable:
        wanted.append("--no-sync")
    made = subprocess.run(  # noqa: S603
        [programs / "initdb", "-D", fresh, "--no-instructions", *wanted],
        capture_output=True,
        text=True,
        check=False,
        **as_owner(owner),
    )
    if made.returncode:
        raise Unusable(f"Basis data baru gagal dibuat: {_last_line(made.stderr)}")
    # token_urlsafe has no quote or backslash, so these lines need no escaping.
    roles = (
        f"ALTER ROLE postgres PASSWORD '{cluster.admin_password}'\n"
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{cluster.password}'\n"
        f"CREATE DATABASE {DATABASE} OWNER {ROLE}\n"
    )
    set_up = subprocess.run(  # noqa: S603
        [programs / "postgres", "--single", "-D", fresh, "postgres"],
        input=roles,
        capture_output=True,
        text=True,
        check=False,
        **as_owner(owner),
    )
    if set_up.returncode or "ERROR:" in set_up.stderr or "FATAL:" in set_up.stderr:
        raise Unusable(f"Basis data baru gagal disiapkan: {_last_line(set_up.stderr)}")
    (fresh / "pg_hba.conf").write_text("local all all scram-sha-256\n")
    shutil.rmtree(cluster.data, ignore_errors=True)  # holds no PG_VERSION: it never was a cluster
    fresh.rename(cluster.data)


def _start(var: Path, cluster: Cluster, owner: Owner | None, say: Say, *, durable: bool) -> None:
    programs = reachable(for_server(), owner)
    made_by = int((cluster.data / "PG_VERSION").read_text().split(".")[0])
    if made_by != major(programs):
        programs = Path(f"/usr/lib/postgresql/{made_by}/bin")
        if not (programs / "postgres").exists():
            raise Unusable(
                f"Data di {cluster.data} dibuat PostgreSQL {made_by}, yang terpasang PostgreSQL "
                f"{major(for_server())}. Baca docs/operate/backup.md, bagian pindah versi."
            )
        programs = reachable(programs, owner)
    _prepare_socket(cluster, owner)
    log = var / "log" / "postgres.log"
    if log.exists() and log.stat().st_size > _LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    for attempt in range(40):
        start = log.stat().st_size if log.exists() else 0
        if _wait_ready(cluster, _launch(cluster, programs, owner, log, durable=durable), say):
            return
        with log.open() as said:
            said.seek(start)
            words = said.read()
        # Sessions of a killed server need a moment to notice that it is gone.
        if "shared memory" not in words and "lock file" not in words:
            break
        if attempt == 4:
            say("Menunggu sisa server lama berhenti")
        time.sleep(0.5)
    raise Unusable(f"PostgreSQL tidak mau mulai: {_last_line(words)} (selengkapnya: {log})")


def _launch(cluster: Cluster, programs: Path, owner: Owner | None, log: Path, *, durable: bool) -> int:
    """Start the server as nobody's child and return its process number.

    The shell in between ends at once, so the server outlives us, and Ctrl-C in the terminal, which is for the
    runner that stops everything in order, does not reach it.
    """
    # A number left in these files may by now belong to another process; PostgreSQL would wait for it for ever.
    for left in (cluster.data / "postmaster.pid", cluster.socket / ".s.PGSQL.5432.lock"):
        left.unlink(missing_ok=True)
    options = _options(cluster, durable=durable)
    with log.open("a") as sink:
        shell = subprocess.run(  # noqa: S603
            [
                "/bin/sh",
                "-c",
                '"$@" >&2 & echo $!',
                "sh",
                programs / "postgres",
                "-D",
                cluster.data,
                *options,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=sink,
            text=True,
            check=True,
            start_new_session=True,
            **as_owner(owner),
        )
    return int(shell.stdout)


def _options(cluster: Cluster, *, durable: bool) -> list[str]:
    wanted = {
        "listen_addresses": "",
        "unix_socket_directories": str(cluster.socket),
        "unix_socket_permissions": "0700",
        "port": "5432",
        "max_connections": "60",
        "shared_buffers": "128MB",
        # What short questions to big tables need (docs/operate/size.md).
        "jit": "off",
        "random_page_cost": "1.1",
        "work_mem": "16MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # Values of rows are personal data: neither parameters nor key details go to the log.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
    }
    if not durable:
        wanted |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
        }
    return [part for name, value in wanted.items() for part in ("-c", f"{name}={value}")]


def _prepare_socket(cluster: Cluster, owner: Owner | None) -> None:
    """A folder of our own under /tmp: short enough for a socket, closed to everybody else."""
    if len(os.fsencode(cluster.socket / ".s.PGSQL.5432")) > _SOCKET_LIMIT:
        raise Unusable(f"Nama folder {cluster.socket} terlalu panjang untuk soket PostgreSQL.")
    uid = owner.uid if owner else os.geteuid()
    try:
        cluster.socket.mkdir(mode=0o700)
        os.chown(cluster.socket, uid, owner.gid if owner else -1)
    except FileExistsError:
        found = cluster.socket.lstat()
        if cluster.socket.is_symlink() or found.st_uid != uid or found.st_mode & 0o077:
            raise Unusable(f"Folder {cluster.socket} bukan milik Pendopo. Hapus folder itu.") from None


def _wait_ready(cluster: Cluster, server: int, say: Say) -> bool:
    """True when it answers, False when it died. A long recovery says that it goes on."""
    started = last = time.monotonic()
    while processes.birth(server):
        if _ready(cluster):
            return True
        now = time.monotonic()
        if now - last > 5:
            say(f"PostgreSQL memulihkan data ({int(now - started)} detik)")
            last = now
        if now - started > _RECOVERY_SECONDS:
            os.kill(server, signal.SIGQUIT)
            return False
        time.sleep(0.02)
    return False


def _last_line(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    failed = [line for line in lines if "FATAL" in line or "error" in line.lower()]
    return (failed or lines or ["tanpa pesan"])[-1]
