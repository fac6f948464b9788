"""Version 23: the state "missed" of an appointment; an index to find open queue numbers of earlier days."""

STATEMENTS = (
    "ALTER TABLE queue_number RENAME TO queue_number_before",
    """CREATE TABLE queue_number (
        id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, day TEXT NOT NULL, number INTEGER NOT NULL CHECK (number > 0),
        topic TEXT NOT NULL, language TEXT NOT NULL, interpreter INTEGER NOT NULL CHECK (interpreter IN (0, 1)),
        state TEXT NOT NULL CHECK (state IN ('waiting', 'called', 'done', 'skipped', 'left', 'missed')),
        made_at TEXT NOT NULL, called_at TEXT, ended_at TEXT, starts_at TEXT, UNIQUE (day, number)) WITHOUT ROWID""",
    """INSERT INTO queue_number (id, code, day, number, topic, language, interpreter, state, made_at, called_at, ended_at,
            starts_at)
        SELECT id, code, day, number, topic, language, interpreter, state, made_at, called_at, ended_at, starts_at
        FROM queue_number_before""",
    "DROP TABLE queue_number_before",
    "CREATE INDEX queue_number_booked ON queue_number (starts_at)",
    "CREATE INDEX queue_number_open ON queue_number (state, day)",
)
