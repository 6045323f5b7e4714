"""Rules and grounds for tests, as every installation has them."""

from pendopo.base.privacy import seeds


def prepare() -> None:
    """Retention rules, request clocks and grounds of refusal."""
    seeds.load()
