"""`pendopo backup` and `pendopo restore`: everything comes back, and a bad backup changes nothing."""

import io
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from pendopo.config import prepared
from tests.operate.commands import environment, pendopo


@pytest.fixture(scope="module")
def installation(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[tuple[dict[str, str], Path]]:
    """An installation of its own: an empty database on the test server, and a folder."""
    name = f"pendopo_backup_{worker_id}"
    entry = dict(settings.DATABASES["default"])
    admin = prepared.connection({**entry, "NAME": "template1"})
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(**admin, autocommit=True) as link:
        link.execute(drop)
        template = sql.Identifier(os.environ.get("TEST_TEMPLATE") or "template0")
        link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), template))
    var = tmp_path_factory.mktemp("pasang") / "var"
    host = quote(str(entry["HOST"]), safe="")
    password = f":{quote(str(entry['PASSWORD']))}" if entry["PASSWORD"] else ""
    url = f"postgresql://{entry['USER']}{password}@/{name}?host={host}"
    if entry["PORT"]:
        url += f"&port={entry['PORT']}"
    env = environment(var, PENDOPO_MODE="test", DATABASE_URL=url)
    done = pendopo("prepare", "--tables-only", env=env)
    assert done.returncode == 0, done.stderr
    yield env, var
    with psycopg.connect(**admin, autocommit=True) as link:
        link.execute(drop)


def rows(env: dict[str, str], query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(env["DATABASE_URL"], autocommit=True) as link:
        done = link.execute(query)  # type: ignore[arg-type]
        return done.fetchall() if done.description else []


def keep(var: Path, key: str, content: bytes) -> Path:
    path = var / "files" / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_round_trip_brings_rows_and_files_back(
    installation: tuple[dict[str, str], Path], tmp_path: Path
) -> None:
    env, var = installation
    rows(env, "CREATE TABLE kept (n int)")
    rows(env, "INSERT INTO kept VALUES (1)")
    photo = keep(var, "2026/03/foto lubang.jpg", b"\xff\xd8 gambar")
    target = tmp_path / "cadangan.tar"

    made = pendopo("backup", str(target), env=env)
    assert made.returncode == 0, made.stderr
    assert "1 berkas unggahan" in made.stdout
    assert target.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["cadangan.tar"]

    again = pendopo("backup", str(target), env=env)
    assert again.returncode == 1 and "sudah ada" in again.stderr

    refused = pendopo("restore", str(target), env=env)
    assert refused.returncode == 1 and "--force" in refused.stderr

    rows(env, "UPDATE kept SET n = 2")
    rows(env, "CREATE TABLE newer (n int)")
    photo.write_bytes(b"lain")
    stray = keep(var, "2027/sesudah.jpg", b"baru")
    back = pendopo("restore", "--force", str(target), env=env)
    assert back.returncode == 0, back.stderr
    assert rows(env, "SELECT n FROM kept") == [(1,)]
    assert rows(env, "SELECT to_regclass('newer')") == [(None,)]
    assert photo.read_bytes() == b"\xff\xd8 gambar" and not stray.exists()

    twice = pendopo("backup", str(tmp_path / "dua.tar"), env=env)
    assert twice.returncode == 0, twice.stderr


@pytest.fixture
def backup(installation: tuple[dict[str, str], Path], tmp_path: Path) -> Path:
    env, _var = installation
    target = tmp_path / "cadangan.tar"
    assert pendopo("backup", str(target), env=env).returncode == 0
    return target


def rewritten(source: Path, **change: bytes) -> Path:
    """A copy of a backup in which members carry other bytes."""
    target = source.with_name("diubah.tar")
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old.getmembers():
            found = old.extractfile(member)
            assert found
            content = change.get(member.name.partition(".")[0], found.read())
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return target


def test_a_damaged_backup_changes_nothing(installation: tuple[dict[str, str], Path], backup: Path) -> None:
    env, _var = installation
    before = rows(env, "SELECT count(*) FROM django_migrations")
    done = pendopo("restore", "--force", str(rewritten(backup, database=b"rusak")), env=env)
    assert done.returncode == 1 and "tidak cocok dengan jumlah periksanya" in done.stderr
    assert rows(env, "SELECT count(*) FROM django_migrations") == before


def test_a_backup_of_a_newer_pendopo_is_refused(
    installation: tuple[dict[str, str], Path], backup: Path
) -> None:
    env, _var = installation
    with tarfile.open(backup) as tar:
        found = tar.extractfile("manifest.json")
        assert found
        manifest = json.load(found)
    manifest["version"] = "999.0"
    newer = rewritten(backup, manifest=json.dumps(manifest).encode())
    done = pendopo("restore", "--force", str(newer), env=env)
    assert done.returncode == 1 and "perbarui dulu" in done.stderr


@pytest.mark.parametrize("content", [b"", b"bukan tar", b"\0" * 20480])
def test_another_file_is_not_taken_for_a_backup(
    installation: tuple[dict[str, str], Path], tmp_path: Path, content: bytes
) -> None:
    env, _var = installation
    (tmp_path / "aneh.tar").write_bytes(content)
    done = pendopo("restore", "--force", str(tmp_path / "aneh.tar"), env=env)
    assert done.returncode == 1
    assert "cadangan Pendopo" in done.stderr and "Traceback" not in done.stderr
