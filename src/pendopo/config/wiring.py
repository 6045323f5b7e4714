"""Which room reacts to which fact. Each reaction runs as its own job, born in the transaction of the fact."""

from pendopo.kernel.events import Reaction

REACTIONS: list[tuple[type, Reaction]] = []
