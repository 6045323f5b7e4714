"""Pendopo: the open hall of a regional government, as software."""

__version__ = "0.1.0"
