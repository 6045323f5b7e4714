"""Pendopo: the open hall of a regional government, as software."""
