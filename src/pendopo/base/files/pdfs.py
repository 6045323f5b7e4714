"""PDFs stay as they came, but must open. Nothing inside is run: no forms, no scripts, no page is drawn."""

import threading

import pypdfium2
from django.conf import settings
from pypdfium2 import raw

from pendopo.base.files import child, refusals

_lock = threading.Lock()  # PDFium is not thread-safe


def prove(data: bytes, *, name: str) -> None:
    """Raise FileRefused unless `data` is a PDF that opens without a password and has a page."""
    with _lock:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            # PDFium keeps its last complaint: what is merely broken would be called locked after a locked one.
            locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD and b"/Encrypt" in data
            raise (refusals.locked_pdf(name) if locked else refusals.broken_pdf(name)) from None
        try:
            if raw.FPDF_GetSecurityHandlerRevision(document) != -1:  # also with an empty password
                raise refusals.locked_pdf(name)
            _first_page(document, name)
        finally:
            document.close()


def prove_inside(data: bytes, *, name: str) -> None:
    """`prove`, and nothing in it acts by itself: no scripts, no programs, no more pages than the setting.

    Takes a child process and about half a second. Raises FileRefused.
    """
    limit = int(settings.PDF_MAX_PAGES)
    try:
        told = child.ask("pdf_inside", limit, data=data)
    except child.Failed:
        raise refusals.not_checked(name) from None
    if told["problem"] == "pages":
        raise refusals.too_many_pages(name, int(told["pages"]), limit)
    if told["problem"]:
        raise refusals.bad_pdf(name, str(told["problem"]))


def _first_page(document: pypdfium2.PdfDocument, name: str) -> None:
    try:
        if len(document) < 1:
            raise refusals.broken_pdf(name)
        document[0].close()
    except pypdfium2.PdfiumError:
        raise refusals.broken_pdf(name) from None
