"""The open catalogue: menu, search, figures, harvest."""


def register() -> None:
    """Fill the registries. Called from `registration.register` only."""
