"""SP4N-LAPOR! by file: the national system's export comes in, ours goes out in the same columns.

The shape follows an official export of 2024 (19 public columns) and the full column list; words that no official
file has shown yet are marked unconfirmed in `columns`.
"""
