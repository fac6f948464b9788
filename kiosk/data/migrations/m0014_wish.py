"""Version 14: a wish may say more, sealed like a request."""

STATEMENTS = ("ALTER TABLE wish ADD COLUMN request TEXT REFERENCES request (id)",)
