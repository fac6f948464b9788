"""Version 16: goods of neighbouring centres."""

STATEMENTS = (
    """CREATE TABLE elsewhere (
        id TEXT PRIMARY KEY, number INTEGER NOT NULL, centre TEXT NOT NULL, thing TEXT, names TEXT, category TEXT NOT NULL,
        size TEXT NOT NULL, age_group TEXT NOT NULL, condition TEXT NOT NULL, arrived_on TEXT NOT NULL, photo TEXT)
        WITHOUT ROWID""",
)
