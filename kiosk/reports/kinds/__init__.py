"""A module a kind of report."""
