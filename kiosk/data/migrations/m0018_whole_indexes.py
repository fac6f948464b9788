"""Version 18: no partial indexes on tables WITHOUT ROWID. SQLite 3.45.1 (Ubuntu 24.04) crashes in an UPDATE that finds
its rows by such an index, has the indexed condition as a bound parameter, and changes it.

Where the index enforces uniqueness, the table gets rowids; where it only speeds up queries, it covers all rows.
"""

STATEMENTS = (
    "ALTER TABLE badge RENAME TO badge_before",
    """CREATE TABLE badge (
        digest TEXT NOT NULL PRIMARY KEY, staff TEXT NOT NULL REFERENCES staff (id),
        active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)))""",
    "INSERT INTO badge (digest, staff, active) SELECT digest, staff, active FROM badge_before",
    "DROP TABLE badge_before",
    "CREATE UNIQUE INDEX one_badge_each ON badge (staff) WHERE active = 1",
    "ALTER TABLE shift RENAME TO shift_before",
    """CREATE TABLE shift (
        id TEXT NOT NULL PRIMARY KEY, volunteer TEXT NOT NULL REFERENCES volunteer (id), task TEXT NOT NULL,
        of_age INTEGER NOT NULL CHECK (of_age IN (0, 1)), started_at TEXT NOT NULL, ended_at TEXT,
        quarters INTEGER CHECK (quarters >= 0), machine_quarters INTEGER NOT NULL DEFAULT 0 CHECK (machine_quarters >= 0),
        reason TEXT, CHECK ((ended_at IS NULL) = (quarters IS NULL)))""",
    """INSERT INTO shift (id, volunteer, task, of_age, started_at, ended_at, quarters, machine_quarters, reason)
        SELECT id, volunteer, task, of_age, started_at, ended_at, quarters, machine_quarters, reason FROM shift_before""",
    "DROP TABLE shift_before",
    "CREATE UNIQUE INDEX one_open_shift_each ON shift (volunteer) WHERE ended_at IS NULL",
    "CREATE INDEX shift_by_start ON shift (started_at)",
    "DROP INDEX print_job_due",
    "CREATE INDEX print_job_due ON print_job (state, due_at)",
    "DROP INDEX wish_open",
    "CREATE INDEX wish_open ON wish (state, category, made_at)",
    "DROP INDEX session_change_moved_to",
    "CREATE INDEX session_change_moved_to ON session_change (moved_to)",
    "DROP INDEX queue_number_booked",
    "CREATE INDEX queue_number_booked ON queue_number (starts_at)",
)
