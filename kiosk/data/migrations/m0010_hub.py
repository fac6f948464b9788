"""Version 10: several tablets: index of entries by subject, entries refused by the hub, units handed over twice."""

STATEMENTS = (
    """CREATE INDEX journal_by_subject ON journal
        (json_extract(payload, '$.' || substr(kind || '.', 1, instr(kind || '.', '.') - 1)))""",
    "ALTER TABLE ticket ADD COLUMN given_twice INTEGER NOT NULL DEFAULT 0 CHECK (given_twice IN (0, 1))",
    """CREATE TABLE refused (
        device TEXT NOT NULL, seq INTEGER NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (device, seq)) WITHOUT ROWID""",
    "CREATE TABLE unfolded (kind TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (kind, subject)) WITHOUT ROWID",
)
