"""Version 30: the bell with which visitors call staff; a short number of the day for each reservation."""

STATEMENTS = (
    """CREATE TABLE bell (
        id TEXT PRIMARY KEY, language TEXT NOT NULL, made_at TEXT NOT NULL, answered_at TEXT) WITHOUT ROWID""",
    "ALTER TABLE ticket ADD COLUMN number INTEGER NOT NULL DEFAULT 0 CHECK (number >= 0)",
    "CREATE INDEX ticket_made ON ticket (created_at, number)",
)
