"""Backups: snapshots beside the database, sealed copies in a second place, and the restore from either."""
