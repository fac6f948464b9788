"""Version 24: sealed phone numbers of wishes, seats and appointments; calls made; sealed case notes."""

STATEMENTS = (
    "ALTER TABLE wish ADD COLUMN contact TEXT REFERENCES request (id)",
    "ALTER TABLE seat ADD COLUMN contact TEXT REFERENCES request (id)",
    "ALTER TABLE queue_number ADD COLUMN contact TEXT REFERENCES request (id)",
    "CREATE TABLE call (id TEXT PRIMARY KEY, made_at TEXT) WITHOUT ROWID",
    """CREATE TABLE case_note (
        id TEXT PRIMARY KEY, request TEXT NOT NULL REFERENCES request (id), about TEXT NOT NULL, made_at TEXT NOT NULL)
        WITHOUT ROWID""",
    "CREATE INDEX case_note_about ON case_note (about)",
)
