"""The door of the room: what a room needs to take mails."""

from pendopo.base.mailroom.handlers import Enclosure, Letter, MailHandler, Outcome, handlers
from pendopo.base.mailroom.models import Reason
from pendopo.base.mailroom.policies import may_write_back

__all__ = ["Enclosure", "Letter", "MailHandler", "Outcome", "Reason", "handlers", "may_write_back"]
