"""A browser that fills in the form, and documents to prove who asks."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pendopo.base.files.testing import pdf, upload
from pendopo.domains.information.testing import NIK

DETAILS = "Anggaran dan realisasi pemeliharaan jalan kota tahun 2025, per kecamatan."
STEPS = {
    "/ppid/minta/": ("details",),
    "/ppid/minta/cara/": ("purpose", "access", "form", "send_way", "who"),
    "/ppid/minta/pemohon/": (
        "name", "number", "identity_file", "deed_file", "proxy_for", "proxy_file", "giver_files", "address",
        "occupation", "email", "phone",
    ),
}  # fmt: skip


def photo(name: str = "ktp.jpg") -> SimpleUploadedFile:
    """A small real JPEG as a phone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 120, 110)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def deed() -> SimpleUploadedFile:
    return upload(pdf("Akta pendirian"), "akta.pdf")


def answers(**changed: Any) -> dict[str, Any]:
    """A whole form as an ordinary citizen fills it in; None leaves an answer out."""
    return {
        "details": DETAILS, "purpose": "Bahan rapat warga.", "access": "COPY", "form": "SOFT",
        "send_way": "ONLINE", "who": "SELF", "name": "Rina Marlina", "number": NIK, "identity_file": photo(),
        "address": "Jalan Melati 7", "occupation": "guru", "email": "rina@contoh.example",
        "phone": "0812-3456-7890", **changed,
    }  # fmt: skip


def fill(client: Client, **changed: Any) -> Client:
    """Walk through the steps up to the check."""
    given = answers(**changed)
    for path, names in STEPS.items():
        posted = {name: given[name] for name in names if given.get(name) is not None}
        response = client.post(path, posted)
        assert response.status_code == 302, (path, response.context["form"].errors)
    return client
