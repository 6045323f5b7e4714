"""Letting a program in and showing it out again: clients and their tokens."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit.actions import record
from pendopo.base.clients import policy, signing
from pendopo.base.clients.models import ApiClient, ApiToken
from pendopo.base.clients.scopes import scopes as known_scopes
from pendopo.base.organizations.models import Organization
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean_line

MOST_TOKENS = 5  # working ones of a client: an old one, a new one, and some for other machines


@dataclass(frozen=True)
class ClientFacts:
    """What is written down about a client. Days are inclusive; `valid_until` None is without end."""

    name: str
    office: Organization
    contact_role: str
    contact_email: str
    purpose: str
    scopes: Sequence[str]
    per_minute: int
    per_day: int
    valid_from: dt.date
    valid_until: dt.date | None = None
    active: bool = True


@transaction.atomic
def create_client(*, facts: ClientFacts, by: User | None, now: dt.datetime) -> ApiClient:
    """Write down a client, without a token yet. Raises NotAllowed, Refused (name taken, unknown scope)."""
    require(policy.may_manage, by)
    _judge(facts, other_than=None)
    client = ApiClient(created_at=now, created_by=by)
    _write(client, facts)
    client.save(force_insert=True)
    _remember(client, "created", by=by, now=now, facts={"scopes": ", ".join(client.scopes)})
    return client


@transaction.atomic
def change_client(*, client_id: int, facts: ClientFacts, by: User, now: dt.datetime) -> ApiClient:
    """Change what is written about a client. Raises NotAllowed, Refused, ApiClient.DoesNotExist."""
    require(policy.may_manage, by)
    client = ApiClient.objects.visible_to(by).select_for_update().get(pk=client_id)
    _judge(facts, other_than=client.pk)
    before = {name: str(getattr(client, name)) for name in fact_names()}
    _write(client, facts)
    client.save()
    changed = [name for name, old in before.items() if str(getattr(client, name)) != old]
    if changed:
        told = {"changed": ", ".join(changed), "scopes": ", ".join(client.scopes)}
        _remember(client, "changed", by=by, now=now, facts=told)
    return client


@transaction.atomic
def issue_token(
    *,
    client_id: int,
    label: str,
    by: User | None,
    now: dt.datetime,
    request_id: uuid.UUID | None = None,
) -> tuple[ApiToken, str]:
    """A new token and its words, which nobody can read again later.

    The same `request_id` (a form sent twice) gives the same token with "" for its words. Raises NotAllowed,
    Refused (too many), ApiClient.DoesNotExist.
    """
    require(policy.may_manage, by)
    clients = ApiClient.objects.all() if by is None else ApiClient.objects.visible_to(by)
    client = clients.select_for_update().get(pk=client_id)
    if request_id is not None and (made := client.tokens.filter(request_id=request_id).first()):
        return made, ""
    if client.tokens.filter(revoked_at=None).count() >= MOST_TOKENS:
        raise Refused(
            _("Sudah ada %(n)s token yang berlaku. Cabut dulu yang tidak dipakai.") % {"n": MOST_TOKENS},
            field="label",
        )
    words = signing.new_token()
    token = ApiToken.objects.create(
        client=client,
        label=clean_line(label)[:80],
        prefix=words[: signing.PREFIX_LENGTH],
        digest=signing.digest_of(words),
        request_id=request_id,
        created_at=now,
        created_by=by,
    )
    _remember(client, "token_issued", by=by, now=now, facts={"token": token.prefix})
    return token, words


@transaction.atomic
def revoke_token(*, token_id: int, by: User | None, now: dt.datetime) -> ApiToken:
    """Close a token for ever; closing it twice is fine. Raises NotAllowed, ApiToken.DoesNotExist."""
    require(policy.may_manage, by)
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("client").get(pk=token_id)
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        _remember(token.client, "token_revoked", by=by, now=now, facts={"token": token.prefix})
    return token


def fact_names() -> tuple[str, ...]:
    return tuple(ClientFacts.__dataclass_fields__)


def _judge(facts: ClientFacts, *, other_than: int | None) -> None:
    same = ApiClient.objects.filter(name=clean_line(facts.name)).first()
    if same is not None and same.pk != other_than:
        raise Refused(_("Nama ini sudah dipakai aplikasi lain."), field="name")
    unknown = [key for key in facts.scopes if known_scopes.get(key) is None]
    if unknown:
        raise Refused(
            _("Izin ini tidak dikenal: %(scopes)s.") % {"scopes": ", ".join(unknown)}, field="scopes"
        )
    if facts.valid_until is not None and facts.valid_until < facts.valid_from:
        raise Refused(_("Tanggal akhir lebih awal daripada tanggal mulai."), field="valid_until")


def _write(client: ApiClient, facts: ClientFacts) -> None:
    for name in fact_names():
        setattr(client, name, getattr(facts, name))
    client.name = clean_line(facts.name)
    client.scopes = sorted(set(facts.scopes))


def _remember(
    client: ApiClient, verb: str, *, by: User | None, now: dt.datetime, facts: dict[str, str]
) -> None:
    record(
        actor=by,
        verb=f"clients.{verb}",
        subject=client,
        organization=client.office_id,
        facts={"client": client.name, **facts},
        at=now,
    )
