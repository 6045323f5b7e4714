"""Settings: each one listed, each wrong value refused with one sentence that names it."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pendopo.config import env
from tests.house.tree import ROOT, SRC
from tests.operate.commands import PRODUCTION, environment, pendopo


def read_from_code() -> set[str]:
    """The first argument of every `env.something("NAME")` in the product (and of env.py's own readers)."""
    found = set()
    for path in SRC.glob("config/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func
            ours = (
                isinstance(called, ast.Attribute)
                and isinstance(called.value, ast.Name)
                and called.value.id == "env"
            ) or (path.name == "env.py" and isinstance(called, ast.Name))
            first = node.args[0]
            if (
                ours
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
                and first.value.isupper()
            ):
                found.add(first.value)
    command = (SRC / "config" / "management" / "commands").glob("*.py")
    for path in command:
        found |= set(re.findall(r"env\.\w+\(\"([A-Z_0-9]+)\"", path.read_text()))
    return found


def test_the_manual_lists_exactly_the_settings_that_the_code_reads() -> None:
    page = (ROOT / "docs" / "operate" / "settings.md").read_text()
    listed = re.findall(r"^\| `([A-Z0-9_]+)` \|", page, re.MULTILINE)
    assert sorted(listed) == sorted(read_from_code())


def test_no_other_file_reads_the_environment() -> None:
    allowed = {"env.py", "asgi.py", "cli.py", "runner.py", "settings_test.py", "backup.py"}
    readers = {
        path.name for path in SRC.rglob("*.py") if re.search(r"os\.(environ|getenv)", path.read_text())
    }
    assert readers <= allowed


@pytest.mark.parametrize(
    ("read", "value", "words"),
    [
        (lambda: env.flag("X"), "mungkin", "tulis 1 atau 0"),
        (lambda: env.number("X", 5, low=1, high=9), "10", "bilangan 1 sampai 9"),
        (lambda: env.number("X", 5, low=1, high=9), "²", "bilangan 1 sampai 9"),
        (lambda: env.choice("X", "a", ("a", "b")), "c", "pilih salah satu"),
        (lambda: env.secret("X"), "pendek", "mudah ditebak"),
        (lambda: env.secret("X"), "a" * 80, "mudah ditebak"),
        (lambda: env.secret("X"), "", "belum diisi"),
        (lambda: env.hosts("X", (), any_host=False), "*", "bukan nama situs"),
        (lambda: env.hosts("X", (), any_host=True), "https://a.id", "bukan nama situs"),
        (lambda: env.addresses("X"), "localhost", "bukan alamat IP"),
        (lambda: env.email("X", ""), "lapor", "lapor@kota.go.id"),
        (lambda: env.web_address("X"), "kota.go.id", "alamat lengkap"),
        (lambda: env.web_address("X"), "https://kota.go.id:porta", "alamat lengkap"),
        (lambda: env.web_address("X", https=True), "http://kota.go.id", "https://"),
        (lambda: env.origins("X"), "https://kota.go.id/", "tanpa garis miring"),
        (lambda: env.tiles("X"), "https://ubin.id/{z}/{x}.png", "{z}, {x} dan {y}"),
        (lambda: env.database("X"), "mysql://a/b", "postgresql://"),
        (lambda: env.database("X"), "postgresql://a:b@c:porta/d", "bukan bilangan"),
        (lambda: env.database("X"), "postgresql://hanya-host", "postgresql://"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], object], value: str, words: str
) -> None:
    monkeypatch.setenv("X", value)
    with pytest.raises(env.SettingRefused) as refused:
        read()
    assert words in str(refused.value) and str(refused.value).startswith("Pengaturan X ditolak:")


def test_a_value_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "kunci").write_text("rahasia\n")
    monkeypatch.setenv("X_FILE", str(tmp_path / "kunci"))
    assert env.text("X") == "rahasia"


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_an_unreadable_file_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "kunci").write_bytes(content)
    monkeypatch.setenv("X_FILE", str(tmp_path / "kunci"))
    with pytest.raises(env.SettingRefused, match="tidak terbaca"):
        env.text("X")


def test_an_address_keeps_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "postgresql://a%40b:p%2Fq@db.id:6543/nama?sslmode=require")
    monkeypatch.setenv("DATABASE_POOL", "7")
    found = env.database("X")
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("a@b", "p/q", "db.id")
    assert (found["PORT"], found["NAME"]) == ("6543", "nama")
    assert found["OPTIONS"] == {
        "application_name": "pendopo",
        "connect_timeout": 10,
        "sslmode": "require",
        "pool": {"min_size": 1, "max_size": 7, "timeout": 15},
    }


def test_a_socket_folder_with_a_space_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "postgresql://a:b@/nama?host=/tmp/map%20saya")
    assert env.database("X")["HOST"] == "/tmp/map saya"


def test_the_map_tiles_name_their_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "https://{s}.ubin.id/{z}/{x}/{y}.png")
    assert env.tiles("X") == ("https://{s}.ubin.id/{z}/{x}/{y}.png", "https://*.ubin.id")


def test_the_deployment_check_is_clean_in_production(tmp_path: Path) -> None:
    done = pendopo("check", "--deploy", "--fail-level", "WARNING", env=environment(tmp_path, **PRODUCTION))
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_the_deployment_check_warns_of_demo_mode(tmp_path: Path) -> None:
    given = environment(tmp_path, PENDOPO_MODE="local")
    done = pendopo("check", "--deploy", "--fail-level", "WARNING", env=given)
    assert done.returncode == 1
    assert "PENDOPO_MODE=local hanya untuk mencoba" in done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "PUBLIC_URL", "SMTP_HOST", "MAIL_FROM", "DATABASE_URL"])
def test_production_refuses_to_start_without(name: str, tmp_path: Path) -> None:
    done = pendopo("check", env=environment(tmp_path, **{**PRODUCTION, name: ""}))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Pengaturan {name} ditolak:")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_database_address_alone_means_production(tmp_path: Path) -> None:
    """Forgetting PENDOPO_MODE on a real server must not open the doors of a trial."""
    given = environment(tmp_path, DATABASE_URL=PRODUCTION["DATABASE_URL"])
    done = pendopo("check", env=given)
    assert done.stderr.startswith("Pengaturan SECRET_KEY ditolak:")
