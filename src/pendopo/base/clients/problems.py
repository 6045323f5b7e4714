"""How the machines' door says no: RFC 9457 problem+json, with a sentence for people and one for each field."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """One kind of problem. `key` is the anchor on /api/ to which `type` points."""

    key: str
    code: int
    title: str | Promise
    detail: str | Promise


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "tidak-terbaca", 400, gettext_lazy("Permintaan tidak terbaca"),
            gettext_lazy("Isi permintaan bukan JSON yang utuh, atau alamatnya rusak."),
        ),
        Kind(
            "token", 401, gettext_lazy("Token tidak berlaku"),
            gettext_lazy("Token ini tidak dikenal, dicabut, atau masa berlakunya lewat."),
        ),
        Kind(
            "izin", 403, gettext_lazy("Tidak termasuk izin"),
            gettext_lazy("Token ini tidak punya izin untuk permintaan ini."),
        ),
        Kind(
            "tidak-ada", 404, gettext_lazy("Tidak ditemukan"),
            gettext_lazy("Tidak ada apa-apa untuk umum di alamat ini."),
        ),
        Kind(
            "cara", 405, gettext_lazy("Cara tidak didukung"),
            gettext_lazy("Alamat ini tidak menerima cara (method) tersebut; lihat header Allow."),
        ),
        Kind(
            "terlalu-besar", 413, gettext_lazy("Terlalu besar"),
            gettext_lazy("Permintaan ini terlalu besar. Kecilkan fotonya, atau kirim sedikit demi sedikit."),
        ),
        Kind(
            "jenis-isi", 415, gettext_lazy("Jenis isi tidak didukung"),
            gettext_lazy("Kirim isi dengan Content-Type yang tertulis di panduan alamat ini."),
        ),
        Kind(
            "isian", 422, gettext_lazy("Isian perlu diperbaiki"),
            gettext_lazy("Ada isian yang perlu diperbaiki; lihat daftar errors."),
        ),
        Kind(
            "kunci-dipakai", 422, gettext_lazy("Idempotency-Key sudah dipakai"),
            gettext_lazy("Idempotency-Key ini sudah dipakai untuk isi yang berbeda. Pakai kunci baru."),
        ),
        Kind(
            "kuota", 429, gettext_lazy("Kuota habis"),
            gettext_lazy("Permintaan terlalu sering. Tunggu sesuai header Retry-After, lalu coba lagi."),
        ),
        Kind(
            "rusak", 500, gettext_lazy("Ada yang rusak di pihak kami"),
            gettext_lazy("Permintaan gagal karena kesalahan kami. Coba lagi sebentar lagi."),
        ),
    )
}  # fmt: skip
_BY_CODE = {kind.code: kind for kind in reversed(KINDS.values())}


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field of the request."""

    field: str
    message: str


class Problem(Exception):
    """Refuse a request. Caught by the API's own handler (door.py), answered as problem+json."""

    def __init__(
        self,
        key: str,
        detail: str = "",
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.kind = KINDS[key]
        self.detail = detail or str(self.kind.detail)
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        super().__init__(key)


def answer(problem: Problem) -> HttpResponse:
    """The problem as a response. `type` is an address that explains it."""
    kind = problem.kind
    body: dict[str, Any] = {
        "type": f"{settings.PUBLIC_URL}/api/#masalah-{kind.key}",
        "title": str(kind.title),
        "status": kind.code,
        "detail": problem.detail,
    }
    if problem.errors:
        body["errors"] = [{"field": error.field, "message": error.message} for error in problem.errors]
    response = HttpResponse(json.dumps(body, ensure_ascii=False), content_type=CONTENT_TYPE, status=kind.code)
    response.headers["Cache-Control"] = "no-store"
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response


def for_code(code: int) -> Problem:
    """The problem that fits an HTTP status which something else answered with."""
    fitting = _BY_CODE.get(code) or _BY_CODE[400 if code < 500 else 500]
    return Problem(fitting.key)


def from_form(errors: Mapping[str, Sequence[Any]], names: Mapping[str, str] | None = None) -> Problem:
    """The errors of a Django form; `names` renames its fields to the API's ("" keeps no field)."""
    listed = [
        FieldError((names or {}).get(field, "" if field == "__all__" else field), str(message))
        for field, messages in errors.items()
        for message in messages
    ]
    return Problem("isian", errors=listed)


def from_validation(errors: Iterable[Mapping[str, Any]]) -> Problem:
    """pydantic's errors (`loc`, `type`, `ctx`) as sentences."""
    listed = [FieldError(_field_of(error.get("loc", ())), _sentence(error)) for error in errors]
    return Problem("isian", errors=listed[:50])


def _field_of(loc: Sequence[Any]) -> str:
    """("body", "payload", "photos", 0) → "photos.0": where the value came from is no part of its name."""
    parts = [str(part) for part in loc[1:]]  # without "body", "query", …
    if len(parts) > 1 and parts[0] in ("payload", "asked"):  # what handlers call the whole of it
        parts = parts[1:]
    return ".".join(parts)[:120]


def _sentence(error: Mapping[str, Any]) -> str:
    kind, context = str(error.get("type", "")), error.get("ctx") or {}
    most = context.get("max_length") or context.get("le")
    least = context.get("min_length") or context.get("ge")
    if kind == "missing":
        return _("Bagian ini wajib diisi.")
    if kind == "extra_forbidden":
        return _("Bagian ini tidak dikenal.")
    if kind in {"string_too_long", "too_long", "less_than_equal"} and most is not None:
        return _("Paling banyak %(most)s.") % {"most": most}
    if kind in {"string_too_short", "too_short", "greater_than_equal"} and least is not None:
        return _("Paling sedikit %(least)s.") % {"least": least}
    if kind in {"enum", "literal_error"}:
        return _("Pilihan ini tidak ada. Yang ada: %(known)s.") % {"known": context.get("expected", "")}
    if kind == "value_error":
        return str(context.get("error", "")) or _("Isian ini tidak sesuai.")
    return _("Isian ini tidak sesuai; lihat bentuknya di panduan.")
