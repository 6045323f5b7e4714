"""Addresses shown so that their owner knows them and nobody else learns them."""


def masked(address: str) -> str:
    """ "budi@contoh.go.id" becomes "b…@contoh.go.id", "+628123456789" becomes "…789"."""
    name, at, domain = address.rpartition("@")
    if at:
        return f"{name[:1]}…@{domain}"
    return f"…{address[-3:]}" if len(address) > 6 else "…"
