"""Where a request comes from, as far as we may believe it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - a placeholder, nothing listens on it


def client_ip(request: HttpRequest) -> str:
    """The address of the visitor.

    Each of our own proxies (settings.TRUSTED_PROXY_COUNT, 0 by default) appended one entry to
    X-Forwarded-For, so only that many entries from the right are true; the rest anybody can write.
    """
    proxies = int(getattr(settings, "TRUSTED_PROXY_COUNT", 0))
    told = request.META.get("REMOTE_ADDR", "")
    if proxies > 0:
        chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(chain) >= proxies and chain[-proxies]:
            told = chain[-proxies]
    try:
        return str(ipaddress.ip_address(told.partition("%")[0]))
    except ValueError:
        return UNKNOWN


def network_of(address: str) -> str:
    """The /24 (IPv4) or /48 (IPv6) around an address: one household or office, not one phone."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))


def visitor_network(request: HttpRequest) -> str:
    """`network_of(client_ip(request))`, the usual part of a limit's key."""
    return network_of(client_ip(request))
