"""A ZIP on stdin, `{"kind": …, "problem": …}` on stdout: which office document it is, and what is wrong with it.

Nothing is unpacked to disk and no part is held whole: each is read in pieces up to its limit. XML that declares
a document type is refused (as `defusedxml` does with `forbid_dtd`): without one there are no entities.
"""

import io
import json
import re
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

MAX_ENTRIES = 3000
MAX_TOTAL = 300 * 1024 * 1024  # bytes when unpacked
MAX_ENTRY = 150 * 1024 * 1024
MAX_RATIO, RATIO_FROM = (
    200,
    2 * 1024 * 1024,
)  # sheets of equal cells pack to a fiftieth, bombs to a thousandth
MAX_CELLS = 3_000_000
MAX_BOX = 50_000_000  # rows × columns between the first and the last cell of a sheet
MAX_DEPTH = 200
PIECE = 64 * 1024

_MAIN = "application/vnd.openxmlformats-officedocument."
_KINDS = {
    f"{_MAIN}wordprocessingml.document.main+xml": "DOCX",
    f"{_MAIN}spreadsheetml.sheet.main+xml": "XLSX",
    "application/vnd.ms-word.document.macroEnabled.main+xml": "DOCX",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": "XLSX",
    f"{_MAIN}presentationml.presentation.main+xml": "pptx",
}
_MACRO_NAMES = re.compile(r"(vbaproject\.bin|vbadata\.xml)$|/macrosheets/", re.I)
_OBJECT_NAMES = re.compile(r"/(embeddings|activex)/", re.I)
_LINK_NAMES = re.compile(r"^xl/(externallinks/|connections\.xml|querytables/)", re.I)
_OBJECT_RELATIONS = {"oleObject", "package", "control", "aFChunk", "subDocument", "frame"}
_ARCHIVES = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"%PDF",
)
_DDE_FORMULA = re.compile(r"^\s*[+=@-]?\s*[A-Za-z_]+\s*\|", re.S)
_DDE_FIELD = re.compile(r"^\s*DDE(AUTO)?\b", re.I)
_PLACE = re.compile(r"^\$?([A-Z]{1,4})\$?([0-9]{1,9})$")


class Bad(Exception):
    """The document is not taken; the argument is the key of the reason."""


def main(data: bytes) -> dict[str, str]:
    found = {"kind": "", "problem": ""}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = _entries(archive)
            types = _types(archive)
            found["kind"] = _kind(types)
            if any("macroEnabled" in one or "vbaProject" in one for one in types):
                raise Bad("macro")
            for entry in entries:
                _look_into(archive, entry)
    except Bad as bad:
        found["problem"] = str(bad)
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        RuntimeError,  # a way of packing or locking that `zipfile` does not know
        EOFError,
        OSError,
        ValueError,
    ):
        found["problem"] = "broken"
    return found


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Every part, after a look at the table of contents alone."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise Bad("bomb")
    names: set[str] = set()
    for entry in entries:
        if _leaves(entry) or entry.filename.lower() in names:
            raise Bad("path")
        names.add(entry.filename.lower())
        if entry.flag_bits & 1:
            raise Bad("locked")
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > MAX_ENTRY or (entry.file_size > RATIO_FROM and ratio > MAX_RATIO):
            raise Bad("bomb")
    return entries


def _leaves(entry: zipfile.ZipInfo) -> bool:
    name = entry.orig_filename
    link = stat.S_ISLNK(entry.external_attr >> 16)
    return (
        link or "\\" in name or "\0" in name or name.startswith("/") or ":" in name or ".." in name.split("/")
    )


def _types(archive: zipfile.ZipFile) -> set[str]:
    """What the parts say they are. An OpenDocument file says it in a part of its own."""
    names = set(archive.namelist())
    types: set[str] = set()
    if "mimetype" in names:
        with archive.open("mimetype") as part:
            types.add(part.read(100).decode("ascii", "ignore").strip())
    if "[Content_Types].xml" in names:
        Plain(lambda _name, given: types.add(given.get("ContentType", ""))).read(
            archive, "[Content_Types].xml"
        )
    return types


def _kind(types: set[str]) -> str:
    if any(one.startswith("application/vnd.oasis.opendocument") for one in types):
        return "odf"
    return next((_KINDS[one] for one in sorted(types) if one in _KINDS), "zip")


def _look_into(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    for pattern, problem in ((_MACRO_NAMES, "macro"), (_OBJECT_NAMES, "object"), (_LINK_NAMES, "link")):
        if pattern.search(name):
            raise Bad(problem)
    if name.endswith(".rels"):
        Plain(_judge_relation).read(archive, name)
    elif re.match(r"xl/(work|chart|dialog)sheets/[^/]*\.xml$", name):
        Sheet().read(archive, name)
    elif re.match(r"word/[^/]*\.xml$", name):
        Story().read(archive, name)
    elif name.endswith((".xml", ".vml")):
        Reader().read(archive, name)
    else:
        with archive.open(entry) as part:
            if part.read(8).startswith(_ARCHIVES):
                raise Bad("object")
            while part.read(PIECE):
                pass


def _judge_relation(name: str, given: dict[str, str]) -> None:
    kind = given.get("Type", "").rpartition("/")[2]
    if kind in _OBJECT_RELATIONS:
        raise Bad("object")
    if kind == "vbaProject":
        raise Bad("macro")
    outside = given.get("TargetMode", "").lower() == "external"
    own_template = kind == "attachedTemplate" and re.match(r"file:///[A-Za-z]:", given.get("Target", ""))
    if outside and kind != "hyperlink" and not own_template:
        raise Bad("link")


class Reader:
    """An XML part, read in pieces. Subclasses look at what it holds; names are without their prefix."""

    def __init__(self) -> None:
        self.depth = 0

    def read(self, archive: zipfile.ZipFile, name: str) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.words
        total = 0
        with archive.open(name) as part:
            while piece := part.read(PIECE):
                total += len(piece)
                if total > MAX_ENTRY:
                    raise Bad("bomb")
                parser.Parse(piece, False)
        parser.Parse(b"", True)
        self.done()

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def words(self, words: str) -> None:
        """Text between elements."""

    def done(self) -> None:
        """The part was read to its end."""

    def _doctype(self, *_declared: object) -> None:
        raise Bad("entities")

    def _start(self, name: str, given: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Bad("bomb")
        self.start(name.rpartition(":")[2], given)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end(name.rpartition(":")[2])


class Sheet(Reader):
    """A sheet: how large it is and claims to be, and formulas that would start a program (DDE)."""

    def __init__(self) -> None:
        super().__init__()
        self.cells = self.row = self.rows = self.column = self.columns = 0
        self.formula: list[str] | None = None

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._cell(given.get("r", ""))
        elif name == "row":
            self.column = 0
            number = given.get("r", "")
            self.row = int(number) if number.isascii() and number.isdigit() else self.row + 1
            self.rows = max(self.rows, self.row)
        elif name == "f":
            self.formula = []
        elif name == "dimension":
            last = _PLACE.match(given.get("ref", "A1").rpartition(":")[2])
            if last is None or int(last[2]) * _column(last[1]) > MAX_BOX:
                raise Bad("large")

    def end(self, name: str) -> None:
        if name == "f" and self.formula is not None:
            if _DDE_FORMULA.match("".join(self.formula)):
                raise Bad("dde")
            self.formula = None

    def words(self, words: str) -> None:
        if self.formula is not None:
            self.formula.append(words)

    def done(self) -> None:
        if self.rows * self.columns > MAX_BOX:
            raise Bad("large")

    def _cell(self, place: str) -> None:
        self.cells += 1
        found = _PLACE.match(place)
        self.column = _column(found[1]) if found else self.column + 1
        self.columns = max(self.columns, self.column)
        if found:
            self.rows = max(self.rows, int(found[2]))
        if self.cells > MAX_CELLS:
            raise Bad("large")


class Story(Reader):
    """A part of a letter: fields that would start a program (DDE), also when split over many runs."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[list[str]] = [[]]
        self.inside = False

    def start(self, name: str, given: dict[str, str]) -> None:
        plain = (
            {key.rpartition(":")[2]: value for key, value in given.items()} if name.startswith("fld") else {}
        )
        if name == "fldChar" and plain.get("fldCharType") == "begin":
            self.fields.append([])
        elif name == "fldChar" and plain.get("fldCharType") == "end" and len(self.fields) > 1:
            _judge_field("".join(self.fields.pop()))
        elif name == "fldSimple":
            _judge_field(plain.get("instr", ""))
        self.inside = name == "instrText"

    def end(self, name: str) -> None:
        self.inside = False

    def words(self, words: str) -> None:
        if self.inside:
            self.fields[-1].append(words)

    def done(self) -> None:
        for field in self.fields:
            _judge_field("".join(field))


class Plain(Reader):
    """An XML part whose elements are judged one by one."""

    def __init__(self, judge: Callable[[str, dict[str, str]], None]) -> None:
        super().__init__()
        self.judge = judge

    def start(self, name: str, given: dict[str, str]) -> None:
        self.judge(name, given)


def _judge_field(words: str) -> None:
    if _DDE_FIELD.match(words):
        raise Bad("dde")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


if __name__ == "__main__":
    print(json.dumps(main(sys.stdin.buffer.read())))
