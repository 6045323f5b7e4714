"""The embedded server: closed to others, quick, and back after any crash with everything committed."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pendopo.config import embedded, processes
from pendopo.config.binaries import Unusable
from pendopo.config.embedded import Cluster
from tests.operate.commands import a_place


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """One cluster for all tests here: each leaves it stopped and able to start."""
    with a_place() as place:
        yield place


def one(cluster: Cluster, query: str) -> object:
    with psycopg.connect(cluster.url, autocommit=True) as link:
        row = link.execute(query).fetchone()  # type: ignore[arg-type]
        return row[0] if row else None


def do(cluster: Cluster, query: str) -> None:
    with psycopg.connect(cluster.url, autocommit=True) as link:
        link.execute(query)  # type: ignore[arg-type]


def server_of(cluster: Cluster) -> tuple[int, str]:
    found = embedded.running(cluster)
    assert found
    return found


def test_it_is_closed_to_everybody_without_the_password(var: Path) -> None:
    with embedded.using(var) as cluster:
        assert one(cluster, "SHOW listen_addresses") == ""
        assert one(cluster, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(cluster.url.replace(cluster.password, "tebakan"))
        assert cluster.socket.stat().st_mode & 0o077 == 0
        assert (var / "secrets" / "postgres.json").stat().st_mode & 0o077 == 0
        assert len(os.fsencode(cluster.socket / ".s.PGSQL.5432")) <= 107


def test_it_keeps_what_is_committed_when_it_is_killed(var: Path) -> None:
    with embedded.using(var) as cluster:
        assert one(cluster, "SHOW fsync") == "on"
        do(cluster, "CREATE TABLE kept (n int)")
        do(cluster, "INSERT INTO kept VALUES (7)")
        number, born = server_of(cluster)
        os.kill(number, signal.SIGKILL)
        assert processes.wait_gone(number, born, 10)
        with embedded.using(var) as again:
            assert one(again, "SELECT n FROM kept") == 7


def test_a_number_that_now_belongs_to_another_process_does_not_stop_it(var: Path) -> None:
    with embedded.using(var) as cluster:
        pass
    left = cluster.data / "postmaster.pid"
    left.write_text(f"{os.getpid()}\n{cluster.data}\n0\n5432\n{cluster.socket}\n\n\nready\n")
    assert embedded.running(cluster) is None
    with embedded.using(var) as again:
        assert one(again, "SELECT 1") == 1


def test_the_last_to_leave_stops_it(var: Path) -> None:
    with embedded.using(var) as cluster:
        first = server_of(cluster)
        with embedded.using(var):
            pass
        assert server_of(cluster) == first
    assert embedded.running(cluster) is None


def test_an_orphan_is_found_and_used(var: Path) -> None:
    with embedded.using(var) as cluster:
        pass
    child = os.fork()
    if child == 0:  # dies without leaving, as by kill -9
        try:
            with embedded.using(var):
                os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    orphan = server_of(cluster)
    with embedded.using(var):
        assert server_of(cluster) == orphan
    assert embedded.running(cluster) is None


def test_a_creation_cut_off_in_the_middle_is_done_again() -> None:
    with a_place() as var:
        (var / "postgres.new").mkdir(parents=True)
        (var / "postgres.new" / "PG_VERSION").write_text("18")
        with embedded.using(var, durable=False) as cluster:
            assert one(cluster, "SELECT 1") == 1
            assert not cluster.data.with_name("postgres.new").exists()


def test_values_of_refused_rows_stay_out_of_its_log(var: Path) -> None:
    with embedded.using(var) as cluster:
        do(cluster, "CREATE TABLE people (email text UNIQUE)")
        do(cluster, "INSERT INTO people VALUES ('siti@contoh.id')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            do(cluster, "INSERT INTO people VALUES ('siti@contoh.id')")
    log = (var / "log" / "postgres.log").read_text()
    assert "duplicate key" in log and "siti@" not in log


def test_a_socket_folder_of_somebody_else_is_refused(var: Path) -> None:
    with embedded.using(var) as cluster:
        pass
    cluster.socket.rmdir()
    cluster.socket.mkdir(mode=0o755)
    cluster.socket.chmod(0o755)
    with pytest.raises(Unusable, match="bukan milik Pendopo"), embedded.using(var):
        pass
    cluster.socket.rmdir()
