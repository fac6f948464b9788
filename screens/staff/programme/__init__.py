"""Editing of the programme: dates, series, single sessions, calendar files."""
