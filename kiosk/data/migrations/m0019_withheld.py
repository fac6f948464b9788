"""Version 19: envelopes deleted by another tablet are kept for a while, so that a stolen tablet cannot destroy data."""

STATEMENTS = (
    """CREATE TABLE withheld (
        request TEXT NOT NULL REFERENCES request (id), recipient TEXT NOT NULL, box BLOB NOT NULL, device TEXT NOT NULL,
        until TEXT NOT NULL, PRIMARY KEY (request, recipient)) WITHOUT ROWID""",
)
