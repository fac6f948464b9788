"""Languages: catalogues, sorting, holidays, keyboards, speech."""
