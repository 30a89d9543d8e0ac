"""The benchmark of checking claims: statements written from the report alone, true and false by kind."""
