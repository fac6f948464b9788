"""Version 22: whether an item is labelled and when it was last seen; stock counts."""

STATEMENTS = (
    "ALTER TABLE item ADD COLUMN labelled INTEGER NOT NULL DEFAULT 0 CHECK (labelled IN (0, 1))",
    "ALTER TABLE item ADD COLUMN seen_at TEXT",
    """UPDATE item SET labelled = 1 WHERE EXISTS (
        SELECT 1 FROM print_job WHERE kind = 'label' AND subject = item.id AND state = 'sent')""",
    "CREATE TABLE stock_count (id TEXT PRIMARY KEY, begun_at TEXT NOT NULL, ended_at TEXT) WITHOUT ROWID",
)
