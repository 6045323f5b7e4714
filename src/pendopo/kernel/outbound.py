"""Calls to addresses that other people gave us: webhooks, push services. All such an address can do wrong is met here.

A stranger's URL may point at our own network (server-side request forgery), answer a name look-up differently the
second time (DNS rebinding), send the call on to somewhere else, answer for ever or with a gigabyte. So: https only,
the name is looked up once and every address it gives must be public, the connection goes to exactly that address,
no redirect is followed, the whole call has one time limit, and only a few kilobytes of the answer are read.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp
import certifi
from aiohttp.abc import AbstractResolver, ResolveResult
from django.conf import settings

_ANSWER_BYTES = 16_384
_LONGEST_URL = 2_048
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class OutboundRefused(ValueError):
    """We do not call this address at all: not https, not public, not understandable. Trying again will not help."""


class OutboundFailed(Exception):
    """The call did not get through: name, connection, certificate or time limit. Trying again may help."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said: HTTP status and the first 16 KB of its body."""

    status: int
    body: bytes
    retry_after: str = ""

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300


def check(url: str) -> None:
    """Raise `OutboundRefused` when `url` can be seen to be wrong without asking the network. For forms."""
    if len(url) > _LONGEST_URL or not url.isascii() or any(ord(sign) <= 32 for sign in url):
        raise OutboundRefused("alamat terlalu panjang atau memuat tanda yang tidak dikenal")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise OutboundRefused("alamat tidak terbaca") from None
    if not host or parts.username is not None or parts.password is not None:
        raise OutboundRefused("alamat harus berupa https://nama-situs/… tanpa nama pengguna")
    trusted = host in settings.OUTBOUND_TRUSTED_HOSTS
    if parts.scheme != "https" and not (parts.scheme == "http" and trusted):
        raise OutboundRefused("alamat harus dimulai dengan https://")
    # Numbers skip the name look-up below, in every spelling a C library understands ("127.1", "0x7f000001").
    if not trusted and host.rpartition(".")[2][:1].isdigit() and not _public(host):
        raise OutboundRefused("alamat ini ada di jaringan dalam")
    if not trusted and ":" in host and not _public(host):
        raise OutboundRefused("alamat ini ada di jaringan dalam")


def post(url: str, *, body: bytes, headers: Mapping[str, str], timeout: float = 10.0) -> Answer:
    """POST `body` to a stranger's `url`; name look-up, connection and answer together take at most `timeout` seconds.

    Raises OutboundRefused for an address we never call, OutboundFailed when it could not be reached in time.
    A redirect comes back as an `Answer` with its 3xx status; it is never followed. Not inside a running event loop.
    """
    check(url)
    try:
        return asyncio.run(_post(url, body, headers, timeout))
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise OutboundFailed(type(error).__name__) from error


async def _post(url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer:
    async with (
        _session(timeout) as session,
        session.post(url, data=body, headers=headers, allow_redirects=False) as answer,
    ):
        kept = bytearray()
        while len(kept) < _ANSWER_BYTES and (piece := await answer.content.read(_ANSWER_BYTES - len(kept))):
            kept += piece
        return Answer(answer.status, bytes(kept), answer.headers.get("Retry-After", "")[:64])


def fetch(url: str, *, most: int, timeout: float = 20.0) -> bytes:
    """The body behind a stranger's `url`, under the same guard.

    Raises OutboundRefused, also for more than `most` bytes, and OutboundFailed for every answer but 2xx.
    """
    check(url)
    try:
        return asyncio.run(_fetch(url, most, timeout))
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise OutboundFailed(type(error).__name__) from error


async def _fetch(url: str, most: int, timeout: float) -> bytes:
    async with _session(timeout) as session, session.get(url, allow_redirects=False) as answer:
        if not 200 <= answer.status < 300:
            raise OutboundFailed(f"jawaban {answer.status}")
        kept = bytearray()
        while piece := await answer.content.read(65_536):
            kept += piece
            if len(kept) > most:
                raise OutboundRefused("isinya terlalu besar")
        return bytes(kept)


def _session(timeout: float) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        resolver=_PublicOnly(), use_dns_cache=False, ssl=ssl.create_default_context(cafile=certifi.where())
    )
    return aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=timeout),
        auto_decompress=False,
        trust_env=False,
        headers={"User-Agent": "Pendopo"},
    )


class _PublicOnly(AbstractResolver):
    """The connection goes to what this answers, so a name that answers differently the next time gains nothing."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await asyncio.get_running_loop().getaddrinfo(
            host, port, type=socket.SOCK_STREAM, family=family
        )
        trusted = host in settings.OUTBOUND_TRUSTED_HOSTS
        if not trusted and not all(_public(str(entry[4][0])) for entry in found):
            raise OutboundRefused("alamat ini ada di jaringan dalam")
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=kind,
                proto=protocol,
                flags=int(socket.AI_NUMERICHOST | socket.AI_NUMERICSERV),
            )
            for kind, _, protocol, _, address in found
        ]

    async def close(self) -> None:
        """Nothing is kept open between look-ups."""


def _public(text: str) -> bool:
    """Whether an address belongs to the open internet; one that wraps another is judged by what it wraps."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if wrapped is None and address in _NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return _public(str(wrapped))
    return address.is_global and not address.is_multicast
