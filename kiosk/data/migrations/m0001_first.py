"""Version 1: journal, gatherings and visits, goods and tickets, requests for help."""

STATEMENTS = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE journal (
        device TEXT NOT NULL, seq INTEGER NOT NULL CHECK (seq > 0), id TEXT NOT NULL UNIQUE, time TEXT NOT NULL,
        kind TEXT NOT NULL, who TEXT NOT NULL, payload TEXT NOT NULL CHECK (json_valid(payload)),
        prev_hash TEXT NOT NULL, hash TEXT NOT NULL,
        PRIMARY KEY (device, seq)) WITHOUT ROWID""",
    "CREATE TRIGGER journal_stays BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END",
    "CREATE TRIGGER journal_keeps BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END",
    """CREATE TABLE gathering (
        id TEXT PRIMARY KEY, names TEXT NOT NULL, rule TEXT NOT NULL, since TEXT NOT NULL, start TEXT NOT NULL,
        "end" TEXT NOT NULL, place TEXT NOT NULL, art TEXT NOT NULL, cancelled TEXT NOT NULL, extra TEXT NOT NULL,
        active INTEGER NOT NULL CHECK (active IN (0, 1)))""",
    """CREATE TABLE session (
        id TEXT PRIMARY KEY, gathering TEXT NOT NULL REFERENCES gathering (id), day TEXT NOT NULL,
        starts_at TEXT NOT NULL, ends_at TEXT NOT NULL CHECK (ends_at > starts_at), place TEXT NOT NULL)""",
    "CREATE INDEX session_by_day ON session (day)",
    """CREATE TABLE visit (
        id TEXT PRIMARY KEY, session TEXT NOT NULL REFERENCES session (id), at TEXT NOT NULL, language TEXT NOT NULL,
        adults INTEGER NOT NULL CHECK (adults >= 0), children INTEGER NOT NULL CHECK (children >= 0),
        first_visit INTEGER CHECK (first_visit IN (0, 1)), "group" TEXT,
        undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)), CHECK (adults + children > 0)) WITHOUT ROWID""",
    "CREATE INDEX visit_by_session ON visit (session)",
    """CREATE TABLE item (
        id TEXT PRIMARY KEY, label_code TEXT NOT NULL UNIQUE, thing TEXT, names TEXT, category TEXT NOT NULL,
        size TEXT NOT NULL, age_group TEXT NOT NULL CHECK (age_group IN ('', 'adult', 'child', 'baby')),
        condition TEXT NOT NULL CHECK (condition IN ('new', 'good', 'worn', 'needs_repair')), place TEXT NOT NULL,
        quantity INTEGER NOT NULL CHECK (quantity > 0), kg REAL CHECK (kg > 0), arrived_on TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('available', 'reserved', 'given', 'withdrawn')), given_on TEXT,
        number TEXT UNIQUE, CHECK (thing IS NOT NULL OR names IS NOT NULL))""",
    "CREATE INDEX item_by_state ON item (state, arrived_on DESC, id DESC)",
    "CREATE INDEX item_by_category ON item (category, state, arrived_on DESC, id DESC)",
    """CREATE TABLE photo (
        item TEXT NOT NULL REFERENCES item (id), position INTEGER NOT NULL CHECK (position >= 0), hash TEXT NOT NULL,
        PRIMARY KEY (item, position)) WITHOUT ROWID""",
    "CREATE INDEX photo_by_hash ON photo (hash)",
    "CREATE TABLE search_word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE search_trigram USING fts5 (word, content='search_word', content_rowid='id', tokenize='trigram')",
    """CREATE TABLE item_word (
        word INTEGER NOT NULL REFERENCES search_word (id), item TEXT NOT NULL REFERENCES item (id),
        PRIMARY KEY (word, item)) WITHOUT ROWID""",
    "CREATE INDEX item_word_by_item ON item_word (item)",
    """CREATE TABLE ticket (
        id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, item TEXT NOT NULL REFERENCES item (id),
        unit INTEGER NOT NULL CHECK (unit > 0),
        state TEXT NOT NULL CHECK (state IN ('reserved', 'collected', 'expired', 'cancelled', 'conflicted')),
        language TEXT NOT NULL, created_at TEXT NOT NULL, deadline TEXT NOT NULL,
        provisional INTEGER NOT NULL DEFAULT 0 CHECK (provisional IN (0, 1)))""",
    # At most one live claim on each unit, enforced by the database.
    "CREATE UNIQUE INDEX one_claim_a_unit ON ticket (item, unit) WHERE state IN ('reserved', 'collected')",
    "CREATE INDEX ticket_due ON ticket (deadline) WHERE state = 'reserved'",
    """CREATE TRIGGER ticket_has_a_unit BEFORE INSERT ON ticket
        WHEN NEW.unit > (SELECT quantity FROM item WHERE id = NEW.item)
        BEGIN SELECT RAISE(ABORT, 'no such unit'); END""",
    """CREATE TABLE request (
        id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, service TEXT NOT NULL, day TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('new', 'contacted', 'arranged', 'done', 'closed')),
        notice_version TEXT NOT NULL)""",
    """CREATE TABLE envelope (
        request TEXT NOT NULL REFERENCES request (id), recipient TEXT NOT NULL, box BLOB NOT NULL,
        PRIMARY KEY (request, recipient)) WITHOUT ROWID""",
)
