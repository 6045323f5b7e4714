"""A new room from the skeleton in `config/skeleton/`, and the lines that let it in."""

import keyword
import re
import subprocess
import sys
from pathlib import Path

from django.utils.text import slugify

PACKAGE = Path(__file__).resolve().parent.parent
SKELETON = Path(__file__).resolve().parent / "skeleton"
SETTINGS = PACKAGE / "config" / "settings.py"
URLS = PACKAGE / "config" / "urls.py"
NAME = re.compile(r"^[a-z][a-z0-9_]{2,24}$")


class BadName(ValueError):
    """The room cannot be called so. The message is an Indonesian sentence."""


def check(room: str, label: str, record: str) -> None:
    """Raise BadName unless the names can be a Python package, an Indonesian label and a class."""
    if not NAME.match(room) or keyword.iskeyword(room) or room in sys.stdlib_module_names:
        raise BadName(f"Nama ruang {room!r} tidak bisa dipakai. Tulis 3–25 huruf kecil, misalnya parking.")
    taken = [path.parent.name for path in PACKAGE.glob("*/*/__init__.py")]
    if room in taken:
        raise BadName(f"Ruang {room!r} sudah ada.")
    if not re.match(r"^[A-Z][A-Za-z0-9]{1,30}$", record) or keyword.iskeyword(record.lower()):
        raise BadName(f"Nama catatan {record!r} tidak bisa dipakai. Tulis seperti Permit atau PressCard.")
    if not slugify(label) or len(label) > 60 or '"' in label or "\\" in label:
        raise BadName("Tulis label ruang dengan huruf biasa, paling panjang 60 tanda.")


def record_name(room: str) -> str:
    """A class name from the room's name: visits → Visit, press_cards → PressCard, parking → Parking."""
    name = "".join(part.capitalize() for part in room.split("_"))
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) else name


def words(room: str, label: str, record: str) -> dict[str, str]:
    """What stands for each mark of the skeleton."""
    return {
        "@room@": room,
        "@Room@": "".join(part.capitalize() for part in room.split("_")),
        "@Record@": record,
        "@record@": re.sub(r"(?<!^)(?=[A-Z])", "_", record).lower(),
        "@Label@": label,
        "@label@": label[0].lower() + label[1:],
        "@path@": slugify(label),
    }


def write(room: str, label: str, record: str) -> list[Path]:
    """Write the room's files and return their paths. Nothing existing is touched."""
    check(room, label, record)
    marks = words(room, label, record)
    folder = PACKAGE / "domains" / room
    written = []
    for source in sorted(SKELETON.rglob("*.txt")):
        inside = source.relative_to(SKELETON).with_suffix("")
        if inside.parts[0] == "templates":
            inside = Path("templates", room, *inside.parts[1:])
        text = source.read_text()
        for mark, value in marks.items():
            text = text.replace(mark, value)
        target = folder / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        written.append(target)
    tidy(folder)
    return written


def tidy(folder: Path) -> None:
    """Sort and wrap for the room's own names: their length and initials move lines."""
    for step in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *step, str(folder)], check=False)  # noqa: S603 - our own


def lines_outside(room: str) -> dict[Path, str]:
    """The lines to add outside the room, by file."""
    return {
        SETTINGS: f'    "pendopo.domains.{room}",',
        URLS: f'    path("", include("pendopo.domains.{room}.urls")),',
    }


def wire(room: str) -> None:
    """Add those lines: the room after the last domain room, its addresses at the end."""
    lines = lines_outside(room)
    settings = SETTINGS.read_text()
    last = list(re.finditer(r'^    "pendopo\.domains\.\w+",$', settings, re.MULTILINE))[-1]
    SETTINGS.write_text(f"{settings[: last.end()]}\n{lines[SETTINGS]}{settings[last.end() :]}")
    head, bracket, tail = URLS.read_text().rpartition("\n]")
    URLS.write_text(f"{head}\n{lines[URLS]}{bracket}{tail}")
