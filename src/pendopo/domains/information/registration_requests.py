"""Requests and objections as citizens file them: verbs of history, notices, personal data."""


def register() -> None:
    """Fill the registries. Called from `registration.register` only."""
