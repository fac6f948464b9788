"""Version 19: what another tablet deleted stays sealed for a while, so that a stolen one deletes nothing for good."""

STATEMENTS = (
    """CREATE TABLE withheld (
        request TEXT NOT NULL REFERENCES request (id), recipient TEXT NOT NULL, box BLOB NOT NULL, device TEXT NOT NULL,
        until TEXT NOT NULL, PRIMARY KEY (request, recipient)) WITHOUT ROWID""",
)
