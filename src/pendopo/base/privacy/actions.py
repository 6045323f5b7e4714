"""Asking to be erased, deciding about it, protecting from it, and changing how long things are kept."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pendopo.base.accounts.models import User
from pendopo.base.audit import actions as audit
from pendopo.base.audit.models import CITIZEN
from pendopo.base.cases import clocks
from pendopo.base.notices.actions import Recipient, send
from pendopo.base.organizations.models import Membership, Organization, Role
from pendopo.base.privacy import policy, retention, seeds
from pendopo.base.privacy.models import DataRequest, LegalHold, RefusalGround, RetentionRule, Status
from pendopo.base.registries.personal import Erased, Erasure, Subject, case_finders, holders, total
from pendopo.base.ui import words as spoken
from pendopo.kernel import clock, ids, phones
from pendopo.kernel.errors import Refused, require
from pendopo.kernel.text import clean, clean_line


def _intake() -> int | None:
    return Organization.objects.filter(is_intake=True).values_list("pk", flat=True).first()


def _remember(verb: str, subject: Any, *, by: User | None, now: dt.datetime, **facts: Any) -> None:
    audit.record(
        actor=by, verb=f"privacy.{verb}", subject=subject, at=now, organization=_intake(), facts=facts,
        actor_label="" if by else CITIZEN,
    )  # fmt: skip


@transaction.atomic
def note_copy(*, subject: Subject, by: User | None, now: dt.datetime) -> None:
    """A person took a copy of their data: written down before the data leave."""
    _remember("copied", by, by=None, now=now)


@transaction.atomic
def ask_erasure(
    *, subject: Subject, words: bool, wish: str, language: str, by: User | None, now: dt.datetime
) -> DataRequest:
    """Ask to be erased. Asking again while the first request waits returns that one."""
    if not subject:
        raise Refused(_("Buktikan dulu data mana yang milik Anda."))
    retention.lock_for_hold()  # two tabs at once: the second finds the request of the first
    waiting = _waiting(subject)
    if waiting is not None:
        return waiting
    today = clock.local_date(now)
    rule = clocks.rule_for(seeds.KIND, "erase", case_class="", on=today)
    request = DataRequest.objects.create(
        code=ids.new_code("DAT"),
        user=by,
        emails=sorted(subject.emails),
        phones=sorted(subject.phones),
        cases=sorted([kind, pk] for kind, pk in subject.cases),
        words=words,
        wish=clean(wish)[:2000],
        language=language,
        asked_at=now,
        due_on=clocks.days_after(today, rule.amount, rule.unit),
        basis=rule.source,
    )
    _remember("asked", request, by=None, now=now)
    _tell_coordinators(request, now=now)
    return request


def _waiting(subject: Subject) -> DataRequest | None:
    return DataRequest.objects.of(subject).filter(status=Status.RECEIVED).first()


def _tell_coordinators(request: DataRequest, *, now: dt.datetime) -> None:
    rows = Membership.objects.current(on=clock.local_date(now)).filter(
        role=Role.COORDINATOR, organization__is_intake=True
    )
    link = reverse("privacy:request", args=[request.code])
    for row in rows.select_related("user"):
        send(
            event="privacy.asked",
            to=Recipient(user=row.user, language=row.user.language),
            context={
                "code": request.code,
                "date": spoken.long_date(request.due_on),
                "url": settings.PUBLIC_URL + link,
            },
            about=request,
            link=link,
            dedupe_key=f"privacy.asked:{request.pk}:{row.user_id}",
            now=now,
        )


@transaction.atomic
def withdraw(*, code: str, subject: Subject, now: dt.datetime) -> None:
    """The person changes their mind. Raises DataRequest.DoesNotExist for somebody else's request."""
    waiting = _waiting(subject)
    if waiting is None or waiting.code != code:
        raise DataRequest.DoesNotExist
    request = DataRequest.objects.select_for_update().get(pk=waiting.pk)
    request.move_to(Status.WITHDRAWN)
    request.decided_at = now
    request.forget_person()
    request.save()
    _remember("withdrawn", request, by=None, now=now)


@transaction.atomic
def grant(*, code: str, words: bool, explanation: str, by: User, now: dt.datetime) -> DataRequest:
    """Erase, over every registered holder. What a legal hold protects stays, and the request stays open for it.

    `words`: also story, photos and replies. Granting a finished request again changes nothing.
    """
    request = _locked(code, by)
    if request.status == Status.DONE:
        return request
    retention.lock_for_hold()
    result = _erase_everywhere(request.subject, words=words, now=now)
    addresses, less = list(request.emails), request.words and not words
    request.move_to(Status.PARTIAL if result.held or less else Status.DONE)
    request.erased += result.done
    request.held = result.held
    _decided(request, explanation, by=by, now=now)
    if not result.held:
        request.forget_person()
    request.save()
    _remember("erased", request, by=by, now=now, done=result.done, held=result.held)
    _answer(request, addresses, now=now)
    return request


def _erase_everywhere(subject: Subject, *, words: bool, now: dt.datetime) -> Erased:
    held = LegalHold.objects.held(on=clock.local_date(now))
    order = Erasure(subject, words, held, now)
    return total(holder.erase(order) for holder in holders)


@transaction.atomic
def refuse(*, code: str, ground: RefusalGround, explanation: str, by: User, now: dt.datetime) -> DataRequest:
    """Say no, with the article and a sentence the person can understand."""
    request = _locked(code, by)
    if len(clean(explanation)) < 20:
        raise Refused(
            _("Jelaskan dengan kalimat yang dipahami pemohon, sedikitnya 20 huruf."), field="explanation"
        )
    request.move_to(Status.REFUSED)
    request.ground = ground
    addresses = list(request.emails)
    _decided(request, explanation, by=by, now=now)
    request.forget_person()
    request.save()
    _remember("refused", request, by=by, now=now, ground=ground.label)
    _answer(request, addresses, now=now)
    return request


def _locked(code: str, by: User) -> DataRequest:
    """The request for a decision. Raises NotAllowed, DataRequest.DoesNotExist."""
    require(policy.may_decide, by)
    request: DataRequest = DataRequest.objects.visible_to(by).select_for_update(of=("self",)).get(code=code)
    return request


def _decided(request: DataRequest, explanation: str, *, by: User, now: dt.datetime) -> None:
    request.explanation = clean(explanation)[:2000]
    request.decided_by, request.decided_at = by, now


def _answer(request: DataRequest, addresses: list[str], *, now: dt.datetime) -> None:
    """The last letter: its words and its address are wiped once it is sent."""
    for number, email in enumerate(addresses[:1]):
        send(
            event="privacy.answer",
            to=Recipient(user=None, email=email, language=request.language),
            context={
                "code": request.code,
                "status": str(Status(request.status).label),
                "explanation": request.explanation,
                "ground": f"{request.ground.label} ({request.ground.article})" if request.ground else "",
            },
            about=None,
            dedupe_key=f"privacy.answer:{request.pk}:{request.status}:{number}:{now.timestamp():.0f}",
            now=now,
        )


@transaction.atomic
def hold_case(*, code: str, reason: str, until: dt.date | None, by: User, now: dt.datetime) -> LegalHold:
    """Protect one case on the own desk from being anonymised, erased or deleted."""
    require(policy.may_hold_case, by)
    found = ((finder.key, finder.find(by, code)) for finder in case_finders)
    kind, case = next(((key, one) for key, one in found if one), ("", None))
    if case is None:
        raise Refused(_("Nomor ini tidak ditemukan di meja Anda."), field="code")
    held = LegalHold(case_kind=kind, case_id=case.pk, case_code=case.code, restricted=case.secret)
    return _hold(held, reason, until, by=by, now=now)


@transaction.atomic
def hold_person(*, contact: str, reason: str, until: dt.date | None, by: User, now: dt.datetime) -> LegalHold:
    """Protect everything about one person, named by e-mail or phone."""
    require(policy.may_hold_person, by)
    line = clean_line(contact)
    email = line.lower() if "@" in line else ""
    phone = "" if email else phones.normalize(line) or ""
    if not email and not phone:
        raise Refused(_("Tulis surel atau nomor telepon orang itu."), field="contact")
    user = User.objects.filter(email__iexact=email).first() if email else None
    return _hold(LegalHold(user=user, email=email, phone=phone), reason, until, by=by, now=now)


def _hold(hold: LegalHold, reason: str, until: dt.date | None, *, by: User, now: dt.datetime) -> LegalHold:
    if until is not None and until < clock.local_date(now):
        raise Refused(_("Tanggal itu sudah lewat."), field="until")
    retention.lock_for_hold()
    hold.reason, hold.until = clean_line(reason)[:300], until
    hold.made_by, hold.made_at = by, now
    hold.save()
    _remember_hold("held", hold, by=by, now=now)
    return hold


@transaction.atomic
def release(*, hold_id: int, by: User, now: dt.datetime) -> LegalHold:
    """End a hold; who it named is wiped. Releasing twice changes nothing."""
    hold: LegalHold = LegalHold.objects.visible_to(by).select_for_update(of=("self",)).get(pk=hold_id)
    require(policy.may_release, by, hold)
    if hold.released_at is None:
        hold.released_by, hold.released_at = by, now
        hold.email, hold.phone, hold.user = "", "", None
        hold.save()
        _remember_hold("released", hold, by=by, now=now)
    return hold


def _remember_hold(verb: str, hold: LegalHold, *, by: User, now: dt.datetime) -> None:
    audit.record(
        actor=by, verb=f"privacy.{verb}", subject=hold, at=now, restricted=hold.restricted,
        organization=_intake(),
    )  # fmt: skip


@transaction.atomic
def change_rule(
    *, keeper: str, days: int, source: str, confirmed: bool, by: User, now: dt.datetime
) -> RetentionRule:
    """From today on another time; the earlier rule stays as history with its last day."""
    require(policy.may_decide, by)
    today = clock.local_date(now)
    rules = RetentionRule.objects.visible_to(by).select_for_update()
    old = rules.in_force(on=today).filter(keeper=keeper).first()
    before = old.days if old else None
    if old is not None and old.valid_from < today:
        old.valid_to = today - dt.timedelta(days=1)
        old.save(update_fields=["valid_to"])
        old = None
    rule = old or RetentionRule(keeper=keeper, valid_from=today)
    rule.days, rule.source, rule.confirmed = days, clean_line(source)[:200], confirmed
    rule.save()
    _remember("rule_changed", rule, by=by, now=now, keeper=keeper, before=before, after=days)
    return rule
