"""Version 6: pairs and their follow-ups; booked times with the coordinator; number of pieces of a donation."""

STATEMENTS = (
    """CREATE TABLE pair (
        id TEXT PRIMARY KEY, service TEXT NOT NULL, asker TEXT NOT NULL REFERENCES request (id),
        helper TEXT NOT NULL REFERENCES request (id),
        state TEXT NOT NULL CHECK (state IN ('active', 'aside', 'ended', 'undone')),
        repeat TEXT NOT NULL CHECK (repeat IN ('once', 'weekly', 'winter')), follow_up TEXT, made_on TEXT NOT NULL,
        ended_on TEXT, reason TEXT, CHECK ((state = 'active') = (follow_up IS NOT NULL)),
        CHECK ((state = 'ended') = (reason IS NOT NULL))) WITHOUT ROWID""",
    # Two offline tablets may pair somebody twice, or book a time twice: both rows are kept and shown to staff.
    "CREATE INDEX pair_by_asker ON pair (asker, helper)",
    "CREATE INDEX pair_by_state ON pair (state, follow_up)",
    """CREATE TABLE pair_note (
        id TEXT PRIMARY KEY, pair TEXT NOT NULL REFERENCES pair (id), day TEXT NOT NULL,
        quarters INTEGER NOT NULL CHECK (quarters >= 0)) WITHOUT ROWID""",
    "CREATE INDEX pair_note_by_pair ON pair_note (pair, day)",
    "ALTER TABLE donation ADD COLUMN pieces INTEGER CHECK (pieces > 0)",
    "ALTER TABLE queue_number ADD COLUMN starts_at TEXT",
    "CREATE INDEX queue_number_booked ON queue_number (starts_at) WHERE starts_at IS NOT NULL",
)
