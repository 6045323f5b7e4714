"""What letters need from the system is installed, or asked for with one line to type."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT

LIBRARIES = "libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0"


@pytest.mark.parametrize(
    ("user", "libraries", "told", "installed"),
    [
        ("1000", LIBRARIES, "", ""),
        (
            "1000",
            "libpango-1.0.so.0 libpangoft2-1.0.so.0",
            "Ketik: sudo apt-get install libharfbuzz-subset0",
            "",
        ),
        ("0", "libpango-1.0.so.0", "Memasang pustaka dan huruf", "libpangoft2-1.0-0 libharfbuzz-subset0"),
    ],
)
def test_bootstrap_looks_after_what_letters_need(
    tmp_path: Path, user: str, libraries: str, told: str, installed: str
) -> None:
    """In a copy with a linked environment, where the script does nothing else."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "bootstrap").write_text((ROOT / "scripts" / "bootstrap").read_text())
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, lines in (
        ("id", f"echo {user}"),
        ("ldconfig", f"echo {libraries}"),
        ("apt-get", f'echo "$@" >> {tmp_path}/asked'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{lines}\n")
        (programs / name).chmod(0o755)
    here = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", str(tmp_path / "scripts" / "bootstrap"), "base"],
        env=here,
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert told in said and (said == "") == (told == ""), said
    assert (done.returncode == 0) == ("sudo" not in told)
    asked = (tmp_path / "asked").read_text() if (tmp_path / "asked").exists() else ""
    assert installed in asked and bool(asked) == bool(installed)
