"""Languages: catalogues, collation, holidays, keyboards, speech."""
