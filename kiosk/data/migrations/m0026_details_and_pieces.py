"""Version 26: a description of a series in each language, and partners beside the first; several pieces on one ticket;
sets that are kept together."""

STATEMENTS = (
    "ALTER TABLE gathering ADD COLUMN about TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(about))",
    "ALTER TABLE gathering ADD COLUMN more_partners TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(more_partners))",
    # The ticket of the first piece; no foreign key: with a hub, that of a further piece may come first.
    "ALTER TABLE ticket ADD COLUMN bundle TEXT",
    "ALTER TABLE item ADD COLUMN together INTEGER NOT NULL DEFAULT 0 CHECK (together IN (0, 1))",
    "CREATE INDEX ticket_by_bundle ON ticket (bundle)",
)
