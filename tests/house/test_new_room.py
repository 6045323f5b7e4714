"""`pendopo room` writes a room that passes what every room must pass, in a copy of the tree."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from pendopo.config import scaffold
from tests.house.test_contracts import lint
from tests.house.tree import ROOT

ROOM = "src/pendopo/domains/parking"
AFTER_WRITING = """
import django; django.setup()
from django.core.management import call_command
call_command("docs")
call_command("docs", check=True)
call_command("makemigrations", "parking", check=True, dry_run=True)
"""


def copy_of_the_project(folder: Path) -> Path:
    for name in ("pyproject.toml", "conftest.py", "README.md"):
        shutil.copy(ROOT / name, folder)
    for name in ("src", "docs"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    return folder


def database_url() -> str:
    """The server of this test run, with a database of the copy's own."""
    settings = connection.settings_dict
    login = f"{quote(settings['USER'] or '')}:{quote(settings['PASSWORD'] or '')}"
    host = quote(settings["HOST"] or "localhost", safe="")
    name = settings["NAME"].removeprefix("test_")
    return f"postgresql://{login}@localhost:{settings['PORT'] or 5432}/{name}_room?host={host}"


def run(folder: Path, *command: str) -> str:
    outcome = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
            "PYTHONPATH": str(folder / "src"),
            "PENDOPO_MODE": "test",
            "PENDOPO_VAR": str(folder / "var"),
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "pendopo.config.settings_test",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, f"{' '.join(command)}\n{outcome.stdout}\n{outcome.stderr}"
    return outcome.stdout


def test_a_new_room_passes_lint_contracts_documents_and_its_own_tests(tmp_path: Path) -> None:
    folder = copy_of_the_project(tmp_path)
    told = run(
        folder, "-m", "pendopo", "room", "parking", "--label", "Izin parkir", "--record", "Permit", "--wire"
    )
    assert "parking" in told
    run(folder, "-c", AFTER_WRITING)
    run(folder, "-m", "ruff", "check", ROOM)
    run(folder, "-m", "ruff", "format", "--check", ROOM)
    assert "domains.parking" not in lint(folder).stdout
    assert " passed" in run(folder, "-m", "pytest", "-q", "-n", "0", ROOM)


@pytest.mark.parametrize(
    ("room", "label", "record"),
    [
        ("Parkir Kota", "Parkir", "Permit"),
        ("reports", "Laporan", "Permit"),
        ("json", "Data", "Permit"),
        ("parking", "", "Permit"),
        ("parking", 'Par"kir', "Permit"),
        ("parking", "Parkir", "permit"),
        ("parking", "Parkir", "Class"),
    ],
)
def test_a_name_that_cannot_work_is_refused(room: str, label: str, record: str) -> None:
    with pytest.raises(scaffold.BadName):
        scaffold.check(room, label, record)


@pytest.mark.parametrize(
    ("room", "record"),
    [("visits", "Visit"), ("press_cards", "PressCard"), ("parking", "Parking"), ("press", "Press")],
)
def test_a_record_is_named_after_its_room(room: str, record: str) -> None:
    assert scaffold.record_name(room) == record
