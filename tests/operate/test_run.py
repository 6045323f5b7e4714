"""`pendopo run`: starts everything, says so, stops cleanly, and recovers from kill -9."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from pendopo.config import embedded, processes, runner
from tests.operate.commands import a_place, environment, pendopo


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Run:
    """One `pendopo run` in its own folder; mode test spares it the static files and the demo city."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        self.env = environment(var, PENDOPO_MODE="test", PORT=str(self.port))
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> list[str]:
        """Lines until it is ready."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pendopo", "run"],
            env=self.env,
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lines: list[str] = []
        assert self.process.stdout
        for line in self.process.stdout:
            lines.append(line.strip())
            if "Ctrl-C" in line:
                break
        return lines

    def status(self) -> int:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{runner.SIGN_IN}", timeout=20
            ) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code

    def stop(self) -> tuple[int, str]:
        assert self.process
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=60)
        return self.process.returncode, said

    def children(self) -> list[tuple[int, str]]:
        """Number and birth of web and worker."""
        found = [(self.var / "run" / name).read_text().split() for name in ("web.pid", "worker.pid")]
        return [(int(number), born) for number, born in found]

    def kill_everything(self) -> None:
        """kill -9 on the runner, its children and the database server."""
        assert self.process
        cluster = embedded.described(self.var)
        assert cluster
        server = embedded.running(cluster)
        assert server
        everybody = [*self.children(), server]
        for number in (self.process.pid, *(number for number, _born in everybody)):
            os.kill(number, signal.SIGKILL)
        self.process.communicate(timeout=20)
        for number, born in everybody:
            assert processes.wait_gone(number, born, 10)


@pytest.fixture
def run() -> Iterator[Run]:
    with a_place() as var:
        run = Run(var)
        yield run
        if run.process and run.process.poll() is None:
            run.process.kill()
            run.process.communicate()


def test_the_address_to_sign_in_is_the_real_one() -> None:
    assert reverse("account_login") == runner.SIGN_IN


def test_it_starts_refuses_a_second_one_stops_and_survives_a_kill(run: Run) -> None:
    said = run.start()
    assert any(f"http://localhost:{run.port}" in line for line in said), said
    assert run.status() < 500

    second = pendopo("run", env=run.env)
    assert second.returncode == 1 and "sudah berjalan dari folder ini" in second.stdout

    children = run.children()
    code, words = run.stop()
    assert code == 0 and words.strip().endswith("Pendopo berhenti.")
    cluster = embedded.described(run.var)
    assert cluster and embedded.running(cluster) is None
    assert all(processes.birth(number) != born for number, born in children)

    assert not any("Menyiapkan" in line for line in run.start()), "the second start has nothing to prepare"
    run.kill_everything()

    assert any("siap" in line for line in run.start())
    assert run.status() < 500
    children = run.children()
    assert run.process
    run.process.kill()  # the runner alone: its children do not outlive it
    run.process.communicate(timeout=20)
    assert all(processes.wait_gone(number, born, 15) for number, born in children)


def test_a_taken_port_is_named_with_the_way_out(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", run.port))
        taken.listen()
        done = pendopo("run", env=run.env)
    assert done.returncode == 1
    assert f"Porta {run.port} sudah dipakai program lain." in done.stderr
    assert f"PORT={run.port + 1} make run" in done.stderr
