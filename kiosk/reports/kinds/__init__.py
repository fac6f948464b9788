"""A module for each kind of report."""
