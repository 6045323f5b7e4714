"""Running Pendopo's commands as a person does: in a process of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pendopo.config import embedded
from tests.house.tree import ROOT

PRODUCTION = {
    "PENDOPO_MODE": "production",
    "DATABASE_URL": "postgresql://pendopo:rahasia@127.0.0.1:5432/pendopo",
    "SECRET_KEY": "k3-Jw9_qZr7Lx2VbNn5TtYy8UuIiOoPpAaSsDdFfGgHhJjKkLl0",
    "PUBLIC_URL": "https://lapor.kota-uji.go.id",
    "SMTP_HOST": "surel.kota-uji.go.id",
    "MAIL_FROM": "Lapor Kota Uji <lapor@kota-uji.go.id>",
    "TRUSTED_PROXIES": "127.0.0.1",
}


def environment(var: Path, **values: str) -> dict[str, str]:
    """Only what is given: no setting of the surrounding test run leaks in."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "PENDOPO_VAR": str(var), **values}


def pendopo(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pendopo", *arguments],
        env=env,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def a_place() -> Iterator[Path]:
    """A `var` folder that the server's own user reaches, with a space in its path; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pendopo uji "))
    folder.chmod(0o755)
    try:
        yield folder / "var"
        cluster = embedded.described(folder / "var")
        if cluster:
            embedded.stop(cluster)
            shutil.rmtree(cluster.socket, ignore_errors=True)
    finally:
        shutil.rmtree(folder)
