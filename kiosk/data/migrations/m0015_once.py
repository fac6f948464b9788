"""Version 15: an entry is valid once; a duplicate that the hub rejected stays in its own chain."""

from .m0010_hub import STATEMENTS as HUB

STATEMENTS = (
    "ALTER TABLE journal RENAME TO journal_before",
    """CREATE TABLE journal (
        device TEXT NOT NULL, seq INTEGER NOT NULL CHECK (seq > 0), id TEXT NOT NULL, time TEXT NOT NULL,
        kind TEXT NOT NULL, who TEXT NOT NULL, payload TEXT NOT NULL CHECK (json_valid(payload)),
        prev_hash TEXT NOT NULL, hash TEXT NOT NULL,
        PRIMARY KEY (device, seq)) WITHOUT ROWID""",
    "INSERT INTO journal SELECT * FROM journal_before",
    "DROP TABLE journal_before",
    "CREATE INDEX journal_by_id ON journal (id)",
    HUB[0],
    "CREATE TRIGGER journal_stays BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END",
    "CREATE TRIGGER journal_keeps BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END",
    """CREATE TRIGGER journal_once BEFORE INSERT ON journal
        WHEN NOT EXISTS (SELECT 1 FROM refused WHERE device = NEW.device AND seq = NEW.seq)
            AND EXISTS (SELECT 1 FROM journal AS other WHERE other.id = NEW.id AND NOT EXISTS (
                SELECT 1 FROM refused WHERE refused.device = other.device AND refused.seq = other.seq))
        BEGIN SELECT RAISE(ABORT, 'this entry is here already'); END""",
)
