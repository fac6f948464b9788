"""Version 2: the staff desk: members, PIN throttle, printing, corrections, withdrawn and merged items."""

STATEMENTS = (
    """CREATE TABLE staff (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('helper', 'staff', 'coordinator')),
        language TEXT NOT NULL, pin TEXT NOT NULL, active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)))""",
    """CREATE TABLE badge (
        digest TEXT PRIMARY KEY, staff TEXT NOT NULL REFERENCES staff (id),
        active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))) WITHOUT ROWID""",
    "CREATE UNIQUE INDEX one_badge_each ON badge (staff) WHERE active = 1",
    "CREATE TABLE door (person TEXT PRIMARY KEY, failures INTEGER NOT NULL, wait REAL NOT NULL) WITHOUT ROWID",
    "ALTER TABLE ticket ADD COLUMN ended_at TEXT",
    "CREATE INDEX ticket_by_item ON ticket (item, state)",
    """ALTER TABLE visit ADD COLUMN way TEXT NOT NULL DEFAULT 'kiosk' CHECK (way IN ('kiosk', 'tally', 'paper'))""",
    """CREATE TABLE correction (
        id TEXT PRIMARY KEY, session TEXT NOT NULL REFERENCES session (id), at TEXT NOT NULL, adults INTEGER NOT NULL,
        children INTEGER NOT NULL, reason TEXT NOT NULL, CHECK (adults <> 0 OR children <> 0)) WITHOUT ROWID""",
    "CREATE INDEX correction_by_session ON correction (session)",
    "ALTER TABLE item ADD COLUMN reason TEXT",
    "ALTER TABLE item ADD COLUMN merged_into TEXT REFERENCES item (id)",
    "ALTER TABLE item ADD COLUMN donation TEXT",
    "ALTER TABLE request ADD COLUMN erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1))",
    """CREATE TABLE print_job (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('ticket', 'label')), subject TEXT NOT NULL,
        language TEXT NOT NULL, copy INTEGER NOT NULL CHECK (copy > 0),
        state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unsure', 'dropped')),
        tries INTEGER NOT NULL DEFAULT 0, made_at TEXT NOT NULL, due_at TEXT NOT NULL, error TEXT NOT NULL DEFAULT '')
        WITHOUT ROWID""",
    "CREATE INDEX print_job_due ON print_job (due_at) WHERE state = 'queued'",
    "CREATE INDEX print_job_by_subject ON print_job (kind, subject)",
)
