"""Requests, objections and disputes on the desk."""


def register() -> None:
    """Fill the registries. Called from `registration.register` only."""
