"""Requests and objections as citizens file them: verbs of history, notices, letters, personal data."""

from django.utils.translation import gettext_lazy as _

from pendopo.base import registries
from pendopo.base.files import seal_hosts
from pendopo.domains.information import history_requests, numbering, receipts, sealing
from pendopo.domains.information.actions import identity


def register() -> None:
    """Fill the registries. Called from `registration.register` only."""
    history_requests.register()
    receipts.register()
    seal_hosts.register(sealing.HOST, seal_hosts.SealHost(linked=sealing.linked, opening=identity.opening))
    registries.seeds.register(
        registries.Seed("information-numbers", _("Pola nomor register PPID"), numbering.load, order=61)
    )
