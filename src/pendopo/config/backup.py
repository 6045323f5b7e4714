"""One file with all that an installation holds: the database and every stored file, each with its checksum.

The file is a tar: `database.dump` (pg_dump's custom format), `files/<key>` for each stored file, and last
`manifest.json`. Secrets of the machine (SECRET_KEY, passwords) are not in it.
"""

import datetime as dt
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import Storage, default_storage
from django.db import connection

from pendopo import __version__
from pendopo.config import binaries

FORMAT = 1
_DUMP, _MANIFEST, _FILES = "database.dump", "manifest.json", "files/"
_CHUNK = 1024 * 1024


class Refused(Exception):
    """The backup or the restore cannot be done. Nothing was changed; the message says why."""


@dataclass(frozen=True)
class Summary:
    """What a backup holds."""

    made_at: str
    version: str
    files: int
    size: int  # bytes of the backup file


def stored(storage: Storage, folder: str = "") -> Iterator[str]:
    """The key of every stored file."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from stored(storage, f"{prefix}{name}")


def write(target: Path, *, now: dt.datetime) -> Summary:
    """Write a backup to `target`, whole or not at all; only its owner may read it.

    The database is read first: a file that its rows name was stored before, so it is in the backup too.
    """
    if target.exists():
        raise Refused(f"Berkas {target} sudah ada. Pilih nama lain.")
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    sums: dict[str, str] = {}
    try:
        with ExitStack() as stack:
            folder = Path(
                stack.enter_context(tempfile.TemporaryDirectory(dir=target.parent, prefix=".pendopo-"))
            )
            dump = folder / _DUMP
            _dump_database(dump)
            raw = stack.enter_context(
                os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
            )
            tar = stack.enter_context(tarfile.open(fileobj=raw, mode="w"))
            with dump.open("rb") as source:
                _add(tar, _DUMP, source, dump.stat().st_size, sums)
            for key in stored(default_storage):
                with default_storage.open(key) as source:
                    _add(tar, _FILES + key, source, source.size, sums)
            manifest = {"format": FORMAT, "version": __version__, "made_at": now.isoformat(), "sha256": sums}
            words = json.dumps(manifest, indent=1).encode()
            tar.addfile(_member(_MANIFEST, len(words)), io.BytesIO(words))
            tar.close()
            raw.flush()
            os.fsync(raw.fileno())
        fresh.replace(target)
    except OSError as error:
        raise Refused(f"Cadangan gagal ditulis ke {target}: {error.strerror or error}.") from None
    finally:
        fresh.unlink(missing_ok=True)
    return Summary(now.isoformat(), __version__, len(sums) - 1, target.stat().st_size)


def restore(source: Path, *, force: bool) -> Summary:
    """Put a backup back.

    Everything is checked before anything changes. New files are stored first, then the database changes in
    one transaction, then files that the backup does not know are removed: cut off anywhere, every row still
    finds its file.
    """
    if not force and _has_tables():
        raise Refused(
            "Basis data ini tidak kosong, dan semua isinya akan diganti. "
            "Tambahkan --force bila memang itu maksudnya."
        )
    try:
        with tarfile.open(source) as tar, tempfile.TemporaryDirectory(prefix="pendopo-restore-") as folder:
            manifest = _checked(tar, source)
            sql = Path(folder) / "database.sql"
            _unpack_sql(tar, Path(folder), sql)
            keys = [name.removeprefix(_FILES) for name in manifest["sha256"] if name.startswith(_FILES)]
            for key in keys:
                _store(tar, key, manifest["sha256"][_FILES + key])
            _load_database(sql)
    except (OSError, tarfile.TarError, EOFError) as error:
        raise Refused(f"Berkas {source} tidak terbaca sebagai cadangan Pendopo ({error}).") from None
    for key in set(stored(default_storage)) - set(keys):
        default_storage.delete(key)
    return Summary(manifest["made_at"], manifest["version"], len(keys), source.stat().st_size)


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _add(tar: tarfile.TarFile, name: str, source: Any, size: int, sums: dict[str, str]) -> None:
    seen = hashlib.sha256()

    class Counted:
        """Reads for tar and counts the checksum on the way."""

        def read(self, wanted: int = -1) -> bytes:
            part: bytes = source.read(wanted)
            seen.update(part)
            return part

    tar.addfile(_member(name, size), Counted())
    sums[name] = seen.hexdigest()


def _checked(tar: tarfile.TarFile, source: Path) -> dict[str, Any]:
    """The manifest, after every member was compared with it."""
    members = {member.name: member for member in tar.getmembers()}
    if _MANIFEST not in members or _DUMP not in members:
        raise Refused(f"Berkas {source} bukan cadangan Pendopo yang utuh.")
    manifest: dict[str, Any] = json.loads(_read(tar, _MANIFEST).read())
    if manifest.get("format") != FORMAT:
        raise Refused(f"Cadangan ini dibuat Pendopo {manifest.get('version')} yang tidak dikenal versi ini.")
    if _numbers(manifest["version"]) > _numbers(__version__):
        raise Refused(
            f"Cadangan ini dari Pendopo {manifest['version']}; perbarui dulu Pendopo {__version__} ini."
        )
    if set(manifest["sha256"]) != set(members) - {_MANIFEST}:
        raise Refused(f"Isi {source} tidak sama dengan daftarnya.")
    for name, wanted in manifest["sha256"].items():
        if not members[name].isreg() or ".." in name.split("/") or name.startswith("/"):
            raise Refused(f"Isi {source} memuat nama yang tidak boleh: {name}.")
        if _sha256(_read(tar, name)) != wanted:
            raise Refused(f"Isi {source} rusak: {name} tidak cocok dengan jumlah periksanya.")
    return manifest


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _read(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.extractfile(name)
    assert found is not None  # a regular file, checked before
    return found


def _sha256(source: IO[bytes]) -> str:
    seen = hashlib.sha256()
    while part := source.read(_CHUNK):
        seen.update(part)
    return seen.hexdigest()


def _store(tar: tarfile.TarFile, key: str, wanted: str) -> None:
    if default_storage.exists(key):
        with default_storage.open(key) as there:
            if _sha256(there) == wanted:
                return
        default_storage.delete(key)
    kept = default_storage.save(key, File(_read(tar, _FILES + key), name=key))
    if kept != key:
        raise Refused(f"Penyimpanan memberi nama lain untuk {key}; periksa pengaturan STORAGE.")


def _has_tables() -> bool:
    return bool(connection.introspection.table_names())


def _link() -> tuple[list[str], dict[str, str]]:
    """Arguments and environment for PostgreSQL's programs; the password never shows in the process list."""
    params = connection.get_connection_params()
    names = {
        "dbname": "PGDATABASE",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "host": "PGHOST",
        "port": "PGPORT",
    }
    names |= {
        name: f"PG{name.upper()}"
        for name in ("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout")
    }
    given = {variable: str(params[name]) for name, variable in names.items() if params.get(name)}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return ["--no-password"], {
        **clean,
        **given,
        "PGAPPNAME": "pendopo-cadangan",
        "PGOPTIONS": "--client-min-messages=warning",
    }


def _program(name: str) -> Path:
    connection.ensure_connection()
    server: int = connection.pg_version  # type: ignore[attr-defined]
    return binaries.for_client(server // 10000) / name


def _call(command: list[Any], **options: Any) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)  # noqa: S603
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["tanpa pesan"]
        failed = [line for line in lines if "ERROR" in line or "FATAL" in line or "error:" in line]
        raise Refused(f"{Path(command[0]).name} gagal: {(failed or lines)[0]}")


def _dump_database(target: Path) -> None:
    options, environment = _link()
    wanted = ["--format=custom", "--no-owner", "--no-privileges"]
    _call([_program("pg_dump"), *options, *wanted, f"--file={target}"], env=environment)


def _unpack_sql(tar: tarfile.TarFile, folder: Path, sql: Path) -> None:
    """The whole dump as SQL on disk before any of it runs: half a dump must never be committed."""
    dump = folder / _DUMP
    with dump.open("wb") as target:
        shutil.copyfileobj(_read(tar, _DUMP), target, _CHUNK)
    wanted = ["--no-owner", "--no-privileges", "--no-comments", f"--file={sql}", dump]
    _call([_program("pg_restore"), *wanted])
    dump.unlink()


def _load_database(sql: Path) -> None:
    """Replace the schema by the dump in one transaction: all of it, or nothing changed."""
    options, environment = _link()
    program = _program("psql")
    connection.close()  # our own locks would wait for ourselves
    empty = "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner;"
    wanted = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    _call([program, *options, *wanted, f"--command={empty}", f"--file={sql}"], env=environment)
