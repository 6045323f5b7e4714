"""Who may do what in the information room. Seeing is a query (`visible_to`, `desk_of`); doing is a predicate here."""
