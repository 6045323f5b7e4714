"""The demo city's seal: a certificate for trying out, made on this machine."""

from typing import Any

from pendopo.base.letters.signing import certificates
from pendopo.base.organizations.public import identity
from pendopo.kernel import clock


def build(city: Any) -> None:
    """Idempotent: a certificate that is there stays."""
    if certificates.make_if_missing(identity().name, now=clock.now()):
        city.record("segel elektronik uji", 1)
