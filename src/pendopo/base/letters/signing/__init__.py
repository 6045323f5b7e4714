"""Ways of signing a PDF behind one interface (`ways.Signer`), and what is needed to know before choosing one."""

from django.conf import settings


def bsre_ready() -> bool:
    """Whether the state's signing service is set up, without loading its client."""
    return bool(settings.BSRE_URL and settings.BSRE_USER)
