"""Pages of the information room."""
