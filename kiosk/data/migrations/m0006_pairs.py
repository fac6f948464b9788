"""Version 6: pairs of people who ask and people who help, what came of them; times booked with the coordinator."""

STATEMENTS = (
    """CREATE TABLE pair (
        id TEXT PRIMARY KEY, service TEXT NOT NULL, asker TEXT NOT NULL REFERENCES request (id),
        helper TEXT NOT NULL REFERENCES request (id),
        state TEXT NOT NULL CHECK (state IN ('active', 'aside', 'ended', 'undone')),
        repeat TEXT NOT NULL CHECK (repeat IN ('once', 'weekly', 'winter')), follow_up TEXT, made_on TEXT NOT NULL,
        ended_on TEXT, reason TEXT, CHECK ((state = 'active') = (follow_up IS NOT NULL)),
        CHECK ((state = 'ended') = (reason IS NOT NULL))) WITHOUT ROWID""",
    # The same two are judged once, and nobody is in two pairs at a time: the database says no, not the program.
    "CREATE UNIQUE INDEX one_pair_of_two ON pair (asker, helper) WHERE state <> 'undone'",
    "CREATE UNIQUE INDEX one_pair_an_asker ON pair (asker) WHERE state = 'active'",
    "CREATE UNIQUE INDEX one_pair_a_helper ON pair (helper) WHERE state = 'active'",
    """CREATE TABLE pair_note (
        id TEXT PRIMARY KEY, pair TEXT NOT NULL REFERENCES pair (id), day TEXT NOT NULL,
        quarters INTEGER NOT NULL CHECK (quarters >= 0)) WITHOUT ROWID""",
    "CREATE INDEX pair_note_by_pair ON pair_note (pair, day)",
    "ALTER TABLE queue_number ADD COLUMN starts_at TEXT",
    "CREATE UNIQUE INDEX one_booking_a_time ON queue_number (starts_at) WHERE state <> 'left'",
)
