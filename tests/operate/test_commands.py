"""The command line speaks Indonesian, and the locks name no address."""

import re
from pathlib import Path

from pendopo.config import embedded
from tests.house.tree import ROOT
from tests.operate.commands import a_place, environment, pendopo


def test_help_lists_our_own_commands_with_one_line_each(tmp_path: Path) -> None:
    done = pendopo("--help", env=environment(tmp_path, PENDOPO_MODE="test"))
    assert done.returncode == 0 and not (tmp_path / "postgres").exists()
    lines = dict(re.findall(r"^  (\w+) +(\S.*)$", done.stdout, re.MULTILINE))
    assert {"run", "web", "worker", "prepare", "backup", "restore", "demo", "docs"} <= set(lines)
    assert "migrate" not in lines and all(len(line) > 10 for line in lines.values())


def test_an_unknown_command_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = pendopo("laporan", env=environment(tmp_path, PENDOPO_MODE="test"))
    assert done.returncode == 1
    assert done.stderr.strip() == "Perintah 'laporan' tidak dikenal. Ketik: pendopo --help"


def test_the_locks_pin_hashes_and_name_no_address() -> None:
    pins = {}
    for name in ("base", "dev"):
        text = (ROOT / "requirements" / f"{name}.lock").read_text()
        assert "://" not in text and "--index" not in text
        pins[name] = dict(re.findall(r"^(\S+)==(\S+)", text, re.MULTILINE))
        assert text.count("--hash=sha256:") >= len(pins[name])
    assert pins["base"].items() <= pins["dev"].items()


def test_the_first_command_of_all_brings_its_own_database() -> None:
    """No server, no tables, nothing prepared: the command still does its work, and leaves nothing running."""
    with a_place() as var:
        done = pendopo("regions", "load", "33.72", env=environment(var, PENDOPO_MODE="local"))
        assert done.returncode == 0, done.stderr
        assert "5 kecamatan, 54 kelurahan" in done.stdout
        cluster = embedded.described(var)
        assert cluster and embedded.running(cluster) is None
