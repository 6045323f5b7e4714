"""The door to training that costs nothing until somebody trains.

Training brings scikit-learn, whose import takes longer than all the rest of the product. Serving a model needs
none of it (`textmodel`), so web processes and commands must not load it when they start.
"""

import datetime as dt
from importlib import import_module

from pendopo.domains.reports.models import RoutingModel


def train(*, now: dt.datetime) -> RoutingModel:
    """`training.train`, loaded at this moment."""
    model: RoutingModel = import_module("pendopo.domains.reports.training").train(now=now)
    return model
