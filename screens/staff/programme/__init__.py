"""The programme as staff make it: dates, series, single sessions, calendar files."""
