"""The one way out: every message is a row, born with its job in the caller's transaction."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Model

from pendopo.base.accounts.models import User
from pendopo.base.audit import actions as audit
from pendopo.base.notices import events, jobs, policy, words
from pendopo.base.notices.channels import Recipient, adapters
from pendopo.base.notices.models import INAPP, Notice, State
from pendopo.kernel.states import RefusedTransition

__all__ = ["Recipient", "ignore", "resend", "send", "send_rendered"]


@transaction.atomic(savepoint=False)
def send(
    *,
    event: str,
    to: Recipient,
    context: words.Values,
    about: Model | None,
    link: str = "",
    dedupe_key: str,
    now: dt.datetime,
) -> list[Notice]:
    """Put a message into the outbox: inbox and verified addresses of a user, or the given address.

    Call it inside the transaction of the act: what is rolled back sends nothing, what is committed is sent at
    least once. The same `dedupe_key` never reaches the same recipient twice on one channel; then the earlier
    messages are returned. `link` is an address of this site ("/laporan/…"). Nobody to tell: an empty list.
    Raises UnknownEvent, WordsRefused (templates, values), ValueError (link, dedupe key).
    """
    kind = events.get(event)
    drafts = _drafts(kind, to, words.render(kind, to.reads, context), link=link, key=dedupe_key, now=now)
    for draft in drafts:
        draft.about_kind = about._meta.label_lower if about else ""
        draft.about_id = about.pk if about and isinstance(about.pk, int) else None
    return _put_out(drafts, dedupe_key)


@transaction.atomic(savepoint=False)
def send_rendered(
    *, event: str, to: Recipient, subject: str, body: str, dedupe_key: str, now: dt.datetime
) -> list[Notice]:
    """Put words that another library rendered (sign-in mail) into the outbox, only for channels outside."""
    kind = events.get(event)
    told = words.Words(words.subject_line(subject), body)
    drafts = _drafts(kind, to, told, link="", key=dedupe_key, now=now)
    return _put_out([draft for draft in drafts if draft.channel != INAPP], dedupe_key)


@transaction.atomic
def resend(*, notice: Notice, by: User, now: dt.datetime) -> None:
    """Try a dead message again from the start. Raises RefusedTransition when not dead or without words."""
    notice = _locked(notice)
    policy.check_may_handle_dead(by)
    if not notice.body:
        raise RefusedTransition(notice.state, State.QUEUED)
    notice.move_to(State.QUEUED)
    notice.attempts = 0
    notice.created_at = now  # the time limit of the event counts anew
    notice.next_attempt_at = now
    notice.save()
    _record(notice, by, "notices.resent", now)
    jobs.enqueue(notice)


@transaction.atomic
def ignore(*, notice: Notice, by: User, now: dt.datetime) -> None:
    """Let a dead message rest; its words are wiped. Raises RefusedTransition when it is not dead."""
    notice = _locked(notice)
    policy.check_may_handle_dead(by)
    notice.move_to(State.IGNORED)
    notice.forget_words()
    notice.save()
    _record(notice, by, "notices.ignored", now)


def _drafts(
    kind: events.Event, to: Recipient, told: words.Words, *, link: str, key: str, now: dt.datetime
) -> list[Notice]:
    if link and (not link.startswith("/") or link.startswith(("//", "/\\")) or len(link) > 300):
        raise ValueError("a link is an address of this site and starts with one slash")
    if not 0 < len(key) <= 160:
        raise ValueError("a dedupe key has 1 to 160 signs")
    if to.user is not None and not to.user.is_active:
        return []
    ways = {channel: adapter.address_of(to) for channel, adapter in adapters().items()}
    drafts = [
        Notice(
            event=kind.name, channel=channel, recipient=to.user, address=address, language=to.reads,
            subject=told.subject, body=told.body, link=link, sensitive=kind.sensitive, dedupe_key=key,
            created_at=now, next_attempt_at=now,
        )
        for channel, address in ways.items()
        if address
    ]  # fmt: skip
    if to.user is not None and not kind.sensitive:  # an inbox keeps words; a one-time code must not be kept
        drafts.append(
            Notice(
                event=kind.name, channel=INAPP, recipient=to.user, language=to.reads, subject=told.subject,
                body=told.body, link=link, dedupe_key=key, created_at=now, state=State.SENT, sent_at=now,
            )
        )  # fmt: skip
    return drafts


def _put_out(drafts: Sequence[Notice], key: str) -> list[Notice]:
    if not drafts:
        return []
    Notice.objects.bulk_create(drafts, ignore_conflicts=True)  # a second call loses quietly, also in a race
    ways = {(draft.channel, draft.recipient_id, draft.address) for draft in drafts}
    fresh = {draft.token for draft in drafts}
    rows = [
        row
        for row in Notice.objects.filter(dedupe_key=key)
        if (row.channel, row.recipient_id, row.address) in ways
    ]
    for row in rows:
        if row.token in fresh and row.state == State.QUEUED:
            jobs.enqueue_first(row)
    return rows


def _locked(notice: Notice) -> Notice:
    return Notice.objects.select_for_update().get(pk=notice.pk)


def _record(notice: Notice, by: User, verb: str, now: dt.datetime) -> None:
    facts = {"event": events.label_of(notice.event), "channel": notice.channel}
    audit.record(actor=by, verb=verb, subject=notice, at=now, facts=facts)
