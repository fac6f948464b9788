"""Version 26: a description of a series in each language, and partners beside the first."""

STATEMENTS = (
    "ALTER TABLE gathering ADD COLUMN about TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(about))",
    "ALTER TABLE gathering ADD COLUMN more_partners TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(more_partners))",
)
