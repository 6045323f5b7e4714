"""Registers, reports, the public log, the service charter and the figures."""


def register() -> None:
    """Fill the registries. Called from `registration.register` only."""
