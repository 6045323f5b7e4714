"""PDF on stdin, `{"problem": …, "pages": …}` on stdout: what in it would act by itself on its reader's machine.

Every dictionary that can be reached from the catalogue is looked at, apart from page contents, fonts, pictures
and structure, which hold no actions (ISO 32000-2, 12.6).
"""

import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject
from pypdfium2 import raw

_NO_ACTIONS = {
    "/Parent", "/P", "/Contents", "/Resources", "/StructTreeRoot", "/AP", "/Metadata", "/PieceInfo", "/Prev",
    "/OutputIntents", "/MK", "/DR", "/Thumb", "/F", "/UF", "/OCProperties",
}  # fmt: skip
_SCRIPTS = {"/JavaScript", "/ImportData", "/RichMediaExecute"}
_BY_ITSELF = {"/GoTo", "/Named"}  # jumps within the document: all that may happen without a click
_HARMLESS = {".xml", ".csv", ".txt", ".json", ".jpg", ".jpeg", ".png"}
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"PK",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\xca\xfe\xba\xbe",
)


def main(data: bytes, max_pages: int) -> dict[str, Any]:
    problem, pages = _opened(data, max_pages)
    if not problem:
        try:
            problem = next(filter(None, map(_problem, _dictionaries(PdfReader(io.BytesIO(data))))), "")
        except MemoryError:
            raise
        except Exception:  # the parser answers broken bytes with every kind of exception
            problem = "broken"
    return {"problem": problem, "pages": pages}


def _opened(data: bytes, max_pages: int) -> tuple[str, int]:
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
        if raw.FPDF_GetSecurityHandlerRevision(document) != -1:  # also with an empty password
            return "locked", pages
        if pages < 1:
            return "broken", 0
        document[0].close()
    except pypdfium2.PdfiumError as error:
        return ("locked" if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD else "broken"), 0
    if pages > max_pages:
        return "pages", pages
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        return "script", pages
    if raw.FPDF_GetFormType(document) in {raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND}:
        return "script", pages
    return "", pages


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    waiting: list[Any] = [reader.trailer.raw_get("/Root")]
    seen: set[int] = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            yield found
            waiting += [value for key, value in found.items() if key not in _NO_ACTIONS]
        elif isinstance(found, ArrayObject):
            waiting += found


def _problem(found: DictionaryObject) -> str:
    act = _at(found, "/S")
    if (
        act in _SCRIPTS
        or found.keys() & {"/JS", "/JavaScript", "/XFA"}
        or _at(found, "/Subtype") == "/RichMedia"
    ):
        return "script"
    if act == "/Launch":
        return "launch"
    opening, others = _at(found, "/OpenAction"), _at(found, "/AA")
    automatic = [opening, *(map(others.__getitem__, others) if isinstance(others, DictionaryObject) else ())]
    if any(_acts(action) for action in automatic):
        return "launch"
    return "attachment" if "/EF" in found and not _harmless(found) else ""


def _at(found: DictionaryObject, key: str) -> Any:
    """The value itself, also when the dictionary only points to it."""
    return found[key] if key in found else None  # noqa: SIM401 - `get` does not follow it


def _acts(action: Any) -> bool:
    if not isinstance(action, DictionaryObject):
        return False
    act = _at(action, "/S")
    return act is not None and act not in _BY_ITSELF | _SCRIPTS  # a script is told as such


def _harmless(spec: DictionaryObject) -> bool:
    """Data beside an invoice or a table may stay; whatever could be run or hides more files may not."""
    names = [str(spec[key]) for key in ("/UF", "/F") if key in spec]
    if any(PurePosixPath(name.lower()).suffix not in _HARMLESS for name in names):
        return False
    streams: Any = spec["/EF"]
    heads = [streams[key].get_data()[:8] for key in streams]
    return bool(names) and not any(head.startswith(_PROGRAMS) for head in heads)


if __name__ == "__main__":
    logging.disable()  # pypdf tells every small fault of a file
    print(json.dumps(main(sys.stdin.buffer.read(), int(sys.argv[1]))))
