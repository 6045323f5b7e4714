"""Messages to a browser that asked for them. The push service cannot read them; a lock screen may show them."""

from typing import Any

from django.utils.translation import gettext_lazy

from pendopo.base.notices import push
from pendopo.base.notices.channels import PermanentFailure, Recipient, TemporaryFailure
from pendopo.base.notices.models import PUSH, Notice, PushSubscription
from pendopo.base.organizations.models import Identity
from pendopo.kernel import clock, outbound

TIMEOUT = 10.0  # seconds; the message's row stays locked so long
_GONE = (404, 410)  # RFC 8030, 7.3: the subscription has ended
_NEVER = (400, 401, 403, 413)


class PushAdapter:
    """Encrypts for the browser, signs with the installation's key, hands over to the browser's push service."""

    channel = PUSH
    label = gettext_lazy("ponsel")

    def address_of(self, to: Recipient) -> str:
        return to.push

    def deliver(self, notice: Notice) -> None:
        row = PushSubscription.objects.filter(token=notice.address).first()
        if row is None:  # its owner stopped it while the message waited
            raise PermanentFailure("Unsubscribed")
        try:
            answer = outbound.post(
                row.endpoint,
                body=push.encrypted(row, _message(notice)),
                headers=push.headers(row, topic=notice.token.hex, now=clock.now()),
                timeout=TIMEOUT,
            )
        except outbound.OutboundRefused:
            raise PermanentFailure("OutboundRefused") from None
        except outbound.OutboundFailed as failed:
            raise TemporaryFailure(f"OutboundFailed {failed}"[:60]) from None
        _judge(row, answer.status)


def _judge(row: PushSubscription, status: int) -> None:
    if 200 <= status < 300:
        return
    if status in _GONE:
        row.delete()
        raise PermanentFailure(f"Gone {status}")
    raise (PermanentFailure if status in _NEVER else TemporaryFailure)(f"Push {status}")


def _message(notice: Notice) -> dict[str, Any]:
    name = Identity.objects.values_list("display_name", flat=True).first() or "Pendopo"
    return {
        "title": notice.subject,
        "body": f"{notice.body}\n{name}",
        "url": notice.link,
        "lang": notice.language,
        "tag": notice.token.hex,
    }
