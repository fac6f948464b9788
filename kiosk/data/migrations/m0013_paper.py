"""Version 13: print jobs for every kind of slip, not only tickets and labels."""

STATEMENTS = (
    "ALTER TABLE print_job RENAME TO print_job_before",
    """CREATE TABLE print_job (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL
            CHECK (kind IN ('ticket', 'label', 'donation', 'wish', 'seat', 'queue', 'request')), subject TEXT NOT NULL,
        language TEXT NOT NULL, copy INTEGER NOT NULL CHECK (copy > 0),
        state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'unsure', 'dropped')),
        tries INTEGER NOT NULL DEFAULT 0, made_at TEXT NOT NULL, due_at TEXT NOT NULL, error TEXT NOT NULL DEFAULT '')
        WITHOUT ROWID""",
    """INSERT INTO print_job (id, kind, subject, language, copy, state, tries, made_at, due_at, error)
        SELECT id, kind, subject, language, copy, state, tries, made_at, due_at, error FROM print_job_before""",
    "DROP TABLE print_job_before",
    "CREATE INDEX print_job_due ON print_job (due_at) WHERE state = 'queued'",
    "CREATE INDEX print_job_by_subject ON print_job (kind, subject)",
)
