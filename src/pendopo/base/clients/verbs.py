"""The room's verbs of history."""

from django.utils.translation import gettext_lazy as _

from pendopo.base.audit import verbs

VERBS = (
    ("created", _("{actor} mendaftarkan aplikasi {client} (izin: {scopes}).")),
    ("changed", _("{actor} mengubah aplikasi {client} ({changed}; izin sekarang: {scopes}).")),
    ("token_issued", _("{actor} membuat token {token}… untuk {client}.")),
    ("token_revoked", _("{actor} mencabut token {token}… dari {client}.")),
    ("webhook_added", _("{actor} menambah alamat kabar {url} untuk {client}.")),
    ("webhook_changed", _("{actor} mengubah peristiwa alamat kabar {url} dari {client}.")),
    ("webhook_paused", _("{actor} menjeda alamat kabar {url} dari {client}.")),
    ("webhook_resumed", _("{actor} melanjutkan alamat kabar {url} dari {client}.")),
    ("webhook_secret_changed", _("{actor} mengganti kunci alamat kabar {url} dari {client}.")),
    ("webhook_removed", _("{actor} menghapus alamat kabar {url} dari {client}.")),
    ("webhook_resent", _("{actor} mengirim ulang kabar {event} ke {url} ({client}).")),
)


def register() -> None:
    for name, sentence in VERBS:
        verbs.register(f"clients.{name}", sentence)
