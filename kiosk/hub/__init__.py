"""The hub: a PostgreSQL database that joins several tablets and centres. Tablets connect to it directly; its rules are
in the database (schema/). `migrations` creates and updates it, `admin` enrols tablets, `connection` is a tablet's
connection, `push` and `pull` move the journal up and down, `projection` turns entries of other tablets into rows by the
`projection_rules`, and `sync` runs all of it on a thread.
"""
