"""Keeping the lists: the verbs of history, notices and staff pages of DIP and DIK."""


def register() -> None:
    """Fill the registries. Called from `registration.register` only."""
