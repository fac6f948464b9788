"""Version 30: the bell with which visitors call staff."""

STATEMENTS = (
    """CREATE TABLE bell (
        id TEXT PRIMARY KEY, language TEXT NOT NULL, made_at TEXT NOT NULL, answered_at TEXT) WITHOUT ROWID""",
)
