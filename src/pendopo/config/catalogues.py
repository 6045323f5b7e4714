"""Translations: `python -m pendopo.config.catalogues compile|update|missing`.

Texts in code and templates are Indonesian; locale/en holds the English ones, locale/id only Django's own
sentences said in a friendlier way. The .mo files are made from the .po files when missing or old; they are
not in git.
"""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from django.utils.translation.template import templatize

PACKAGE: Final = Path(__file__).resolve().parent.parent
LOCALE: Final = PACKAGE / "locale"
# Without dates, so that two people who update get the same file.
_HEADER: Final = """msgid ""
msgstr ""
"Project-Id-Version: Pendopo\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""
_KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def compile_stale(locale: Path = LOCALE) -> list[Path]:
    """Compile every .po that has no .mo of its age. Safe when several processes start at once."""
    made = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = pofile.read_po(file, locale=source.parts[-3])
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as fresh:
            write_mo(fresh, catalogue)
        Path(fresh.name).chmod(0o644)
        Path(fresh.name).replace(target)
        made.append(target)
    return made


def sources(package: Path = PACKAGE) -> Iterator[Path]:
    """Every file that may hold a text for people: templates and Python, without tests and migrations."""
    for folder, names, files in os.walk(package):
        names[:] = sorted(set(names) - {"tests", "migrations", "static", "locale", "__pycache__"})
        for name in sorted(files):
            path = Path(folder) / name
            if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
                yield path


def extracted(paths: Iterable[Path], root: Path = PACKAGE) -> Catalog:
    """All messages of these files, each with the file it comes from."""
    catalogue = Catalog(charset="utf-8")
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # Django turns a template into something like Python; indentation means nothing there.
            text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
        for _line, message, _comments, context in extract("python", BytesIO(text.encode()), _KEYWORDS):
            catalogue.add(message, context=context, locations=[(path.relative_to(root).as_posix(), 0)])
    return catalogue


def _read(language: str) -> Catalog:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return pofile.read_po(file, locale=language)


def missing(language: str, paths: Iterable[Path] | None = None) -> list[str]:
    """Texts without a translation, as "text (file)"."""
    known = _read(language)
    lost = []
    for message in extracted(paths or sources()):
        if not message.id:
            continue
        translated = known.get(message.id, message.context)
        words = translated.string if translated else ""
        if not (all(words) if isinstance(words, tuple) else words) or (translated and translated.fuzzy):
            first = message.id[0] if isinstance(message.id, tuple) else message.id
            lost.append(f"{first} ({message.locations[0][0]})")
    return lost


def update(language: str) -> None:
    """Write new texts into the .po, keep translations, drop texts that nobody uses any more."""
    catalogue = _read(language)
    catalogue.update(extracted(sources()), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    target = LOCALE / language / "LC_MESSAGES" / "django.po"
    with target.open("wb") as file:
        file.write(_HEADER.format(language=language, plural=catalogue.plural_forms).encode())
        pofile.write_po(file, catalogue, width=100, sort_output=True, omit_header=True, include_lineno=False)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            for path in compile_stale():
                print(f"Terjemahan {path.parts[-3]} disusun.")
        case ["update"]:
            update("en")
        case ["missing"]:
            lost = missing("en")
            print("\n".join(lost) or "Semua teks sudah ada bahasa Inggrisnya.")
            return bool(lost)
        case _:
            print("Pakai: python -m pendopo.config.catalogues compile|update|missing")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
