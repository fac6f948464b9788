"""Version 4: volunteers and their shifts."""

STATEMENTS = (
    """CREATE TABLE volunteer (
        id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, number INTEGER NOT NULL UNIQUE CHECK (number > 0),
        request TEXT NOT NULL REFERENCES request (id), active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)))
        WITHOUT ROWID""",
    """CREATE TABLE shift (
        id TEXT PRIMARY KEY, volunteer TEXT NOT NULL REFERENCES volunteer (id), task TEXT NOT NULL,
        of_age INTEGER NOT NULL CHECK (of_age IN (0, 1)), started_at TEXT NOT NULL, ended_at TEXT,
        quarters INTEGER CHECK (quarters >= 0), machine_quarters INTEGER NOT NULL DEFAULT 0 CHECK (machine_quarters >= 0),
        reason TEXT, CHECK ((ended_at IS NULL) = (quarters IS NULL))) WITHOUT ROWID""",
    "CREATE UNIQUE INDEX one_open_shift_each ON shift (volunteer) WHERE ended_at IS NULL",
    "CREATE INDEX shift_by_start ON shift (started_at)",
)
