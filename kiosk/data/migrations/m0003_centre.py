"""Version 3: guidance by number, donations announced, wishes, seats at gatherings."""

STATEMENTS = (
    """CREATE TABLE queue_number (
        id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, day TEXT NOT NULL, number INTEGER NOT NULL CHECK (number > 0),
        topic TEXT NOT NULL, language TEXT NOT NULL, interpreter INTEGER NOT NULL CHECK (interpreter IN (0, 1)),
        state TEXT NOT NULL CHECK (state IN ('waiting', 'called', 'done', 'skipped', 'left')),
        made_at TEXT NOT NULL, called_at TEXT, ended_at TEXT, UNIQUE (day, number)) WITHOUT ROWID""",
    """CREATE TABLE donation (
        id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, categories TEXT NOT NULL CHECK (json_valid(categories)),
        amount TEXT NOT NULL, fetch INTEGER NOT NULL CHECK (fetch IN (0, 1)), request TEXT REFERENCES request (id),
        state TEXT NOT NULL CHECK (state IN ('announced', 'accepted', 'declined', 'taken_in', 'cancelled')),
        reason TEXT, made_at TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX donation_by_state ON donation (state, made_at)",
    """CREATE TABLE wish (
        id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, category TEXT NOT NULL, thing TEXT, size TEXT NOT NULL,
        age_group TEXT NOT NULL, language TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'held', 'fulfilled', 'cancelled', 'expired')),
        ticket TEXT REFERENCES ticket (id), made_at TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX wish_open ON wish (category, made_at) WHERE state = 'open'",
    """CREATE TABLE wish_offer (
        wish TEXT NOT NULL REFERENCES wish (id), item TEXT NOT NULL REFERENCES item (id),
        PRIMARY KEY (wish, item)) WITHOUT ROWID""",
    """CREATE TABLE seat (
        id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, session TEXT NOT NULL, people INTEGER NOT NULL CHECK (people > 0),
        language TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('booked', 'waiting', 'cancelled', 'arrived')),
        made_at TEXT NOT NULL) WITHOUT ROWID""",
    "ALTER TABLE gathering ADD COLUMN seats INTEGER NOT NULL DEFAULT 0 CHECK (seats >= 0)",
    "ALTER TABLE gathering ADD COLUMN partner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE gathering ADD COLUMN languages TEXT NOT NULL DEFAULT '[]'",
    "CREATE INDEX seat_by_session ON seat (session, state, made_at)",
)
