"""Version 14: sealed details of a wish."""

STATEMENTS = ("ALTER TABLE wish ADD COLUMN request TEXT REFERENCES request (id)",)
