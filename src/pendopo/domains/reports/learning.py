"""The door to training that costs nothing until somebody trains.

Training brings scikit-learn, whose import takes longer than all the rest of the product. Serving a model needs
none of it (`textmodel`), so web processes and commands must not load it when they start.
"""

import datetime as dt
from importlib import import_module

from pendopo.domains.reports.models import RoutingModel


def train(*, now: dt.datetime, most: int | None = None) -> RoutingModel:
    """`training.train`, loaded at this moment."""
    model: RoutingModel = import_module("pendopo.domains.reports.training").train(now=now, most=most)
    return model


def train_from(path: str, *, now: dt.datetime) -> tuple[RoutingModel, list[tuple[str, int]]]:
    """`training_file.train_from`: the model, and the names of offices in the file that nobody here bears."""
    model, loaded = import_module("pendopo.domains.reports.training_file").train_from(path, now=now)
    return model, loaded.unmatched
