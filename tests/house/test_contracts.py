"""The import contracts hold, and each one catches the fault it is there for."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT

# contract id -> (file to plant, its text, what the linter must name). One copy of the tree holds all of them.
PLANTED = {
    "floors": (
        "base/files/planted_floor.py",
        "from pendopo.domains.reports import apps\n",
        "pendopo.base.files.planted_floor -> pendopo.domains.reports.apps",
    ),
    "strangers": (
        "domains/reports/planted_sibling.py",
        "def late():\n    from pendopo.domains.planted_room import actions\n    return actions\n",
        "pendopo.domains.reports.planted_sibling -> pendopo.domains.planted_room.actions",
    ),
    "base-order": (
        "base/accounts/planted_stair.py",
        "import typing as t\nif t.TYPE_CHECKING:\n    from pendopo.base.audit.models import Entry\n",
        "pendopo.base.accounts.planted_stair -> pendopo.base.audit.models",
    ),
    "furniture": (
        "domains/planted_room/models.py",
        "from pendopo.domains.planted_room import actions\n",
        "pendopo.domains.planted_room.models -> pendopo.domains.planted_room.actions",
    ),
    "doors": (
        "surfaces/portal/planted_window.py",
        "from pendopo.domains.planted_room import actions\n",
        "pendopo.surfaces.portal.planted_window -> pendopo.domains.planted_room.actions",
    ),
    "circles": (
        "domains/planted_room/ping.py",
        "from pendopo.domains.planted_room import pong\n",
        "No cycles are allowed in pendopo.domains.planted_room",
    ),
}
SUPPORT = {
    "domains/planted_room/__init__.py": "",
    "domains/planted_room/actions.py": "",
    "domains/planted_room/pong.py": "from pendopo.domains.planted_room import ping\n",
}


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
            "--no-logo",
            "--config",
            str(folder / "pyproject.toml"),
            *arguments,
        ],
        cwd=folder / "src",
        env={"PYTHONPATH": str(folder / "src"), "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_of_the_tree(folder: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(
        ROOT / "src" / "pendopo",
        folder / "src" / "pendopo",
        ignore=lambda _folder, names: [n for n in names if n in {"static", "templates", "data", "locale"}],
    )
    return folder


def test_the_imports_keep_every_contract() -> None:
    outcome = lint(ROOT)
    assert outcome.returncode == 0, (
        outcome.stdout
        + outcome.stderr
        + "\nImport downwards only; tell other rooms by a fact (docs/house.md)."
    )


def test_a_planted_fault_breaks_its_contract(tmp_path: Path) -> None:
    folder = copy_of_the_tree(tmp_path)
    for file, text in [*SUPPORT.items(), *((file, text) for file, text, _named in PLANTED.values())]:
        path = folder / "src" / "pendopo" / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    for contract, (_file, _text, named) in PLANTED.items():
        outcome = lint(folder, "--contract", contract)
        assert outcome.returncode == 1, f"{contract} did not catch its fault:\n{outcome.stdout}"
        assert named in outcome.stdout, f"{contract} did not name its fault:\n{outcome.stdout}"


def test_a_new_top_folder_needs_a_floor(tmp_path: Path) -> None:
    folder = copy_of_the_tree(tmp_path)
    for attic in ("attic", "base/cellar"):
        (folder / "src" / "pendopo" / attic).mkdir()
        (folder / "src" / "pendopo" / attic / "__init__.py").touch()
    outcome = lint(folder, "--contract", "floors", "--contract", "base-order")
    assert outcome.returncode == 1
    assert "attic" in outcome.stdout
    assert "cellar" in outcome.stdout
