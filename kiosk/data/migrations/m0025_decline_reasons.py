"""Version 25: the centre's own reasons to decline a donation, with where to take it instead."""

STATEMENTS = (
    """CREATE TABLE decline_reason (
        id TEXT PRIMARY KEY, names TEXT NOT NULL, instead TEXT NOT NULL, active INTEGER NOT NULL CHECK (active IN (0, 1)))
        WITHOUT ROWID""",
)
