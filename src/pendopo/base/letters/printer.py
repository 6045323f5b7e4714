"""HTML into a tagged PDF. Only this file knows the printing library, and loads it."""

import io
import logging
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import weasyprint
from PIL import ImageFile
from weasyprint.css import ColorProfile
from weasyprint.urls import URLFetcher, URLFetcherResponse

# The library lets half a picture pass as a whole one, for the entire process. Photos that citizens send must be whole.
ImageFile.LOAD_TRUNCATED_IMAGES = False
logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)
OWN = "pendopo:"
# PDF/A names the colours it means. Given by us, because the library would leave the profile's file open.
_INTENT = "srgb-2014"
_SRGB = (files("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()
# PDF/A-2a keeps a letter readable for archives, PDF/UA-1 for people who cannot see it. The library declares one
# of them; the other is declared here, with the description that PDF/A asks for every foreign name.
_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


class _OnlyOurs(URLFetcher):  # type: ignore[misc] # the library tells no types
    """Answers names of our own pictures. No file, no network, no data address, whatever the page asks for."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._images = images

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        data = self._images.get(url.removeprefix(OWN)) if url.startswith(OWN) else None
        if data is None:
            raise ValueError("letters load nothing from outside")
        return URLFetcherResponse(url, data, {"Content-Type": "image/svg+xml"})


def printed(html: str, images: Mapping[str, bytes]) -> bytes:
    """The page as PDF/A-2a and PDF/UA-1. Raises nothing for words; what they look like stays words."""
    page = weasyprint.HTML(string=html, url_fetcher=_OnlyOurs(images), base_url=OWN)
    colours = ColorProfile(io.BytesIO(_SRGB), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
    made = page.write_pdf(
        pdf_variant="pdf/a-2a", finisher=_also_ua, color_profiles={_INTENT: colours}, output_intent=_INTENT
    )
    assert made is not None
    return bytes(made)


def _also_ua(_document: Any, pdf: Any) -> None:
    for one in pdf.objects:
        extra = getattr(one, "extra", None) or {}
        if extra.get("Type") == "/Metadata":
            one.stream = [b"".join(one.stream).replace(b"</rdf:RDF>", _UA)]
