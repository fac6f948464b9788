"""Version 31: the centre's own categories of things. Each is a part of a category that every program knows, under which
reports, weights and other centres count its things. The reports' ledger, which is built anew, tells them apart."""

STATEMENTS = (
    """CREATE TABLE own_category (
        id TEXT PRIMARY KEY, names TEXT NOT NULL CHECK (json_valid(names)), part_of TEXT NOT NULL, art TEXT NOT NULL,
        photo TEXT, place REAL NOT NULL, active INTEGER NOT NULL CHECK (active IN (0, 1))) WITHOUT ROWID""",
    # No foreign keys: with a hub, a thing may come before its category.
    "ALTER TABLE item ADD COLUMN own_category TEXT",
    "ALTER TABLE wish ADD COLUMN own_category TEXT",
    # What the donor chose: keys of categories and ids of own ones; empty for what was announced before.
    "ALTER TABLE donation ADD COLUMN chosen TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(chosen))",
    "DROP TABLE ledger_goods",
    """CREATE TABLE ledger_goods (
        day TEXT NOT NULL, device INTEGER NOT NULL, seq INTEGER NOT NULL, part INTEGER NOT NULL, move TEXT NOT NULL,
        category TEXT NOT NULL, thing TEXT NOT NULL, own TEXT NOT NULL, pieces INTEGER NOT NULL,
        weighed INTEGER NOT NULL, grams INTEGER NOT NULL, PRIMARY KEY (day, device, seq, part)) WITHOUT ROWID""",
    "CREATE INDEX item_by_own_category ON item (own_category, state, arrived_on, id)",
)
