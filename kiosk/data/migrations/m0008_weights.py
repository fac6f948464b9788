"""Version 8: weights, emission factors, and counts imported from earlier years."""

STATEMENTS = (
    """CREATE TABLE weight (
        id TEXT PRIMARY KEY, subject TEXT NOT NULL, at TEXT NOT NULL, pieces INTEGER CHECK (pieces > 0),
        kg REAL CHECK (kg > 0), low REAL, high REAL, source TEXT NOT NULL,
        CHECK ((pieces IS NULL) = (low IS NOT NULL) AND (low IS NULL) = (high IS NULL) AND low <= kg AND kg <= high))
        WITHOUT ROWID""",
    """CREATE TABLE co2e (
        id TEXT PRIMARY KEY, subject TEXT NOT NULL, at TEXT NOT NULL, value REAL NOT NULL CHECK (value >= 0),
        per TEXT NOT NULL CHECK (per IN ('kg', 'piece')), source TEXT NOT NULL, version TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE earlier_count (
        id TEXT PRIMARY KEY, session TEXT NOT NULL REFERENCES session (id), visits INTEGER NOT NULL CHECK (visits >= 0),
        adults INTEGER NOT NULL CHECK (adults >= 0), children INTEGER NOT NULL CHECK (children >= 0),
        first_visits INTEGER NOT NULL CHECK (first_visits >= 0), language TEXT NOT NULL, "group" TEXT NOT NULL,
        source TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX earlier_count_by_session ON earlier_count (session)",
    """CREATE TABLE earlier_goods (
        id TEXT PRIMARY KEY, day TEXT NOT NULL, category TEXT NOT NULL, taken_in INTEGER NOT NULL CHECK (taken_in >= 0),
        given INTEGER NOT NULL CHECK (given >= 0), source TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX earlier_goods_by_day ON earlier_goods (day)",
)
