"""The journal: every change as one entry, chained by hashes."""
