"""Version 5: gatherings made at the desk, changes of single sessions, partners."""

STATEMENTS = (
    """CREATE TABLE partner (
        id TEXT PRIMARY KEY, name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('company', 'association', 'school', 'municipality')),
        request TEXT REFERENCES request (id), thanked_on TEXT,
        active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))) WITHOUT ROWID""",
    """ALTER TABLE gathering ADD COLUMN owner TEXT NOT NULL DEFAULT 'settings' CHECK (owner IN ('settings', 'desk'))""",
    "ALTER TABLE gathering ADD COLUMN changes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(changes))",
    "ALTER TABLE gathering ADD COLUMN until TEXT",
    "ALTER TABLE gathering ADD COLUMN photo TEXT",
    "ALTER TABLE gathering ADD COLUMN groups TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(groups))",
    "ALTER TABLE gathering ADD COLUMN partner_id TEXT REFERENCES partner (id)",
    "ALTER TABLE gathering ADD COLUMN uid TEXT",
    "CREATE UNIQUE INDEX gathering_by_uid ON gathering (uid) WHERE uid IS NOT NULL",
    # `day` is the scheduled local date of the session, also if it was moved or cancelled.
    """CREATE TABLE session_change (
        gathering TEXT NOT NULL REFERENCES gathering (id), day TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('cancelled', 'moved', 'held')), reason TEXT NOT NULL DEFAULT '',
        moved_to TEXT, starts_at TEXT, ends_at TEXT, place TEXT,
        CHECK ((kind = 'moved') = (moved_to IS NOT NULL AND starts_at IS NOT NULL AND ends_at > starts_at)),
        PRIMARY KEY (gathering, day)) WITHOUT ROWID""",
    "CREATE INDEX session_change_moved_to ON session_change (moved_to) WHERE kind = 'moved'",
    "ALTER TABLE donation ADD COLUMN partner TEXT REFERENCES partner (id)",
    "ALTER TABLE volunteer ADD COLUMN partner TEXT REFERENCES partner (id)",
)
