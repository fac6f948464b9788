"""The hub: a PostgreSQL database that joins several tablets and centres. Tablets speak to it directly; what decides is in
the database (schema/). `admin` makes it and lets tablets in, `link` is a tablet's connection, `outbox` and `inbox` move
the journal up and down, `folding` turns entries of others into rows by the `rules`, `sync` does all of it beside the
screen.
"""
